/**
 * One element of an array job: runs its chunk of cells, and writes an answer a line beside the job. Started by Slurm as
 * `element.ts FOLDER NUMBER`.
 *
 * @module
 */

import { z } from "zod";
import { cellRunner } from "../cell_runner.ts";
import { exportedExperiment } from "../worker.ts";
import { type Answer, cellSchema, jobSchema } from "../worker_messages.ts";

/** What lies in `job.json`. */
export const arraySchema = jobSchema.extend({ chunks: z.array(z.array(cellSchema)) });

async function run(folder: string, number: number): Promise<void> {
  const text = await Deno.readTextFile(`${folder}/job.json`);
  const { module, name, letters, runs, models, threads, chunks } = arraySchema.parse(JSON.parse(text));
  const runner = cellRunner(await exportedExperiment(module, name), {
    ...{ corpus: letters, runs },
    ...models !== undefined && { models },
    ...threads !== undefined && { threads },
  });
  using answers = await Deno.open(`${folder}/answers-${number}.jsonl`, { append: true, create: true });
  for (const cell of chunks[number] ?? []) {
    const { computed, damaged } = runner.counts;
    const answer = await runner.run(cell).then(
      (): Answer => ({
        done: true,
        computed: runner.counts.computed - computed,
        damaged: runner.counts.damaged - damaged,
      }),
      (error): Answer => ({ failed: error instanceof Error ? error.message : String(error) }),
    );
    await answers.write(new TextEncoder().encode(`${JSON.stringify({ cell, answer })}\n`));
  }
  await runner.close();
}

if (import.meta.main) await run(Deno.args[0] ?? "", Number(Deno.args[1]));
