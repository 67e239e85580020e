/**
 * The process that runs cells for another one: a job as the first line on stdin, then a cell a line; an answer a line on
 * stdout. It ends when stdin does, so that none outlives the run it belongs to.
 *
 * @module
 */

import { TextLineStream } from "./lines.ts";
import { cellRunner } from "./cell_runner.ts";
import type { Experiment, Factors, Level } from "./experiment.ts";
import { type Answer, cellSchema, type Job, jobSchema } from "./worker_messages.ts";

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

/**
 * A runner of the cells of a job, which answers for each as the run that sent it is told.
 *
 * @throws {Error} where the job's module exports no such experiment
 *
 * @example
 * ```ts
 * import { tiny, tinyCorpus } from "./tiny_experiment.ts";
 * import { openWork } from "./worker.ts";
 * import { equal } from "node:assert/strict";
 * const job = { module: tiny.module ?? "", name: "tiny", letters: [...tinyCorpus], runs: await Deno.makeTempDir() };
 * const work = await openWork(job);
 * equal("done" in await work.answer({ model: "trigram", ratio: 0.3, seed: 1 }), true);
 * await work.close();
 * ```
 */
export async function openWork({ module, name, letters, runs, models, threads }: Job) {
  const runner = cellRunner(await exportedExperiment(module, name), {
    ...{ corpus: letters, runs },
    ...models !== undefined && { models },
    ...threads !== undefined && { threads },
  });
  return {
    async answer(cell: Readonly<Record<string, Level>>): Promise<Answer> {
      const { computed, damaged } = runner.counts;
      try {
        const { seconds, megabytes } = await runner.run(cell);
        const { counts } = runner;
        return {
          ...{ done: true, seconds, megabytes },
          ...{ computed: counts.computed - computed, damaged: counts.damaged - damaged },
        };
      } catch (error) {
        return { failed: error instanceof Error ? error.message : String(error) };
      }
    },
    close: () => runner.close(),
  };
}

async function work(): Promise<void> {
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  let open: Awaited<ReturnType<typeof openWork>> | undefined;
  for await (const line of lines) {
    const message: unknown = JSON.parse(line);
    if (open) console.log(JSON.stringify(await open.answer(cellSchema.parse(message))));
    else open = await openWork(jobSchema.parse(message));
  }
  await open?.close();
}

if (import.meta.main) await work();
