/**
 * The process that runs cells for another one: a job as the first line on stdin, then a cell a line; an answer a line on
 * stdout. It ends when stdin does, so that none outlives the run it belongs to.
 *
 * @module
 */

import { TextLineStream } from "./lines.ts";
import { cellRunner } from "./cell_runner.ts";
import type { Experiment, Factors } from "./experiment.ts";
import { type Answer, cellSchema, jobSchema } from "./worker_messages.ts";

/**
 * The experiment of a name that a module exports.
 *
 * @param module address, as `import.meta.url` gives it
 * @throws {Error} when the module exports none of that name
 *
 * @example
 * ```ts
 * import { exportedExperiment } from "./worker.ts";
 * import { rejects } from "node:assert/strict";
 * await rejects(exportedExperiment(import.meta.resolve("./cells.ts"), "ratios"), /exports no experiment ratios/);
 * ```
 */
export async function exportedExperiment(module: string, name: string): Promise<Experiment<Factors>> {
  const exported: Record<string, unknown> = await import(module);
  const found = Object.values(exported).find((value): value is Experiment<Factors> =>
    typeof value === "object" && value !== null && "name" in value && value.name === name && "run" in value
  );
  if (found) return found;
  throw new Error(
    `${module}: exports no experiment ${name}. Export it, and give it module: import.meta.url.`,
  );
}

async function work(): Promise<void> {
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  let runner: ReturnType<typeof cellRunner> | undefined;
  for await (const line of lines) {
    if (!runner) {
      const { module, name, letters, runs, models, threads } = jobSchema.parse(JSON.parse(line));
      runner = cellRunner(await exportedExperiment(module, name), {
        ...{ corpus: letters, runs },
        ...models !== undefined && { models },
        ...threads !== undefined && { threads },
      });
      continue;
    }
    const { computed, damaged } = runner.counts;
    const answer = await runner.run(cellSchema.parse(JSON.parse(line))).then(
      (): Answer => ({
        done: true,
        computed: runner!.counts.computed - computed, // assigned by the first line
        damaged: runner!.counts.damaged - damaged,
      }),
      (error): Answer => ({ failed: error instanceof Error ? error.message : String(error) }),
    );
    console.log(JSON.stringify(answer));
  }
  await runner?.close();
}

if (import.meta.main) await work();
