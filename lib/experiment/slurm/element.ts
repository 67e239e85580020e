/**
 * One element of an array job: runs its chunk of cells, and writes an answer a line beside the job. Started by Slurm as
 * `element.ts FOLDER NUMBER`.
 *
 * @module
 */

import { z } from "zod";
import { openWork } from "../worker.ts";
import { cellSchema, jobSchema } from "../worker_messages.ts";

/** What lies in `job.json`. */
export const arraySchema = jobSchema.extend({ chunks: z.array(z.array(cellSchema)) });

async function run(folder: string, number: number): Promise<void> {
  const { chunks, ...job } = arraySchema.parse(JSON.parse(await Deno.readTextFile(`${folder}/job.json`)));
  const work = await openWork(job);
  using answers = await Deno.open(`${folder}/answers-${number}.jsonl`, { append: true, create: true });
  for (const cell of chunks[number] ?? []) {
    const answer = await work.answer(cell);
    await answers.write(new TextEncoder().encode(`${JSON.stringify({ cell, answer })}\n`));
  }
  await work.close();
}

if (import.meta.main) await run(Deno.args[0] ?? "", Number(Deno.args[1]));
