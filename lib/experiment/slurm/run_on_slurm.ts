/** Cells on a Slurm cluster. @module */

import { fileURLToPath } from "node:url";
import { z } from "zod";
import { project } from "../../project.ts";
import { writeFiles } from "../../write_file.ts";
import { canonical } from "../hash.ts";
import type { Level } from "../experiment.ts";
import { answerSchema, cellSchema, type Job } from "../worker_messages.ts";
import type { PoolEvents } from "../worker_pool.ts";
import { type ArrayJob, chunksOf, type SlurmOptions, slurmScript } from "./script.ts";

/** So often a cell is sent out again whose job ended without a word of it: its node was lost, or its time was up. */
const MOST_ROUNDS = 3;

/** Milliseconds between two looks at the queue. */
const LOOK_EVERY = 1000;

/** A controller that is being restarted does not answer for a while. */
const MOST_FAILURES = 120;

const lineSchema = z.object({ cell: cellSchema, answer: answerSchema });

/** Where and how cells are run. */
export interface SlurmRun<C> extends SlurmOptions {
  /** What a cell costs, in seconds, where that is known. */
  readonly cost: (cell: C) => number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs cells as array jobs of Slurm (`sbatch`), short cells together. Their results go into the store, which must lie where all
 * nodes see it, as must the project and the models; letters are written beside it, in `slurm/` of the store, and removed at the
 * end. Cells of jobs that were lost are sent out again, twice at most.
 *
 * @throws {Error} one line, when there is no Slurm here or it refuses the job
 * @throws the signal's reason, when it was aborted; the jobs are cancelled
 *
 * @example
 * ```ts ignore
 * await runOnSlurm(job, cells, { partition: "cpu", cost: () => 60 }, { onAnswer: (cell, answer) => console.log(cell, answer) });
 * ```
 */
export async function runOnSlurm<C extends Readonly<Record<string, Level>>>(
  job: Job,
  cells: readonly C[],
  { cost, signal, ...options }: SlurmRun<C>,
  { onStart, onAnswer }: PoolEvents<C>,
): Promise<void> {
  const waiting = new Map(cells.map((cell) => [canonical({ ...cell }), cell]));
  for (let round = 1; round <= MOST_ROUNDS && waiting.size > 0; round++) {
    const folder = `${job.runs}/slurm/${crypto.randomUUID().slice(0, 8)}`;
    // In later rounds each cell has a job of its own: one that breaks its process takes no other along.
    const chunks = chunksOf([...waiting.values()], cost, round === 1 ? options.minutes ?? 10 : 0);
    await writeFiles({
      [`${folder}/job.json`]: JSON.stringify({ ...job, chunks }),
      [`${folder}/job.sh`]: slurmScript(arrayJob(job, folder, chunks.length), options),
    });
    try {
      const id = await submit(`${folder}/job.sh`);
      for (const cell of waiting.values()) onStart?.(cell);
      const read = reader(folder, chunks.length, (key, answer) => {
        const cell = waiting.get(key);
        if (!cell || !waiting.delete(key)) return;
        onAnswer(cell, answer);
      });
      await ended(id, read, signal);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  for (const cell of waiting.values()) {
    onAnswer(cell, {
      failed:
        `its job ended ${MOST_ROUNDS} times without a word of it: a lost node, or too little time or memory. ` +
        "Give more of them.",
    });
  }
}

/**
 * The array job that would run cells, for a dry run.
 *
 * @example
 * ```ts
 * import { arrayJob } from "./run_on_slurm.ts";
 * import { equal } from "node:assert/strict";
 * const job = { module: "file:///ratios.ts", name: "ratios", letters: [], runs: "/shared/runs" };
 * equal(arrayJob(job, "/shared/runs/slurm/1", 3).elements, 3);
 * ```
 */
export function arrayJob({ name }: Job, folder: string, elements: number): ArrayJob {
  const element = fileURLToPath(new URL("./element.ts", import.meta.url));
  const command = [
    Deno.execPath(),
    ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-ffi"],
    `--config=${project.root}/deno.json`,
    element,
    folder,
  ];
  return { name, folder, elements, command };
}

async function submit(script: string): Promise<string> {
  const { success, stdout, stderr } = await command("sbatch", ["--parsable", script]);
  if (!success) {
    throw new Error(`sbatch refuses the job: ${oneLine(stderr)}. Look at partition, time and memory.`);
  }
  return stdout.trim().split(";")[0] ?? "";
}

/** Resolves when no element of a job is in the queue any more. */
async function ended(id: string, read: () => Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  for (let failures = 0;;) {
    if (signal?.aborted) {
      await command("scancel", [id]);
      throw signal.reason;
    }
    const { success, stdout, stderr } = await command("squeue", [
      "--noheader",
      "--format=%T",
      `--jobs=${id}`,
    ]);
    await read();
    const gone = !success && /invalid job id/i.test(stderr); // a job that ended long ago is not known any more
    if (gone || (success && stdout.trim() === "")) break;
    failures = success ? 0 : failures + 1;
    if (failures > MOST_FAILURES) {
      throw new Error(`squeue does not answer: ${oneLine(stderr)}. Job ${id} may still run.`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  await read();
}

/** A function that tells of all answers that have come since it was last called. */
function reader(
  folder: string,
  elements: number,
  tell: (key: string, answer: z.output<typeof answerSchema>) => void,
): () => Promise<void> {
  const seen = new Map<number, number>();
  return async () => {
    for (let element = 0; element < elements; element++) {
      const lines = await linesOf(`${folder}/answers-${element}.jsonl`);
      for (const line of lines.slice(seen.get(element) ?? 0)) {
        const { cell, answer } = lineSchema.parse(JSON.parse(line));
        tell(canonical(cell), answer);
      }
      seen.set(element, lines.length);
    }
  };
}

/** The lines that are complete. */
async function linesOf(path: string): Promise<string[]> {
  try {
    return (await Deno.readTextFile(path)).split("\n").slice(0, -1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function command(name: string, args: readonly string[]) {
  try {
    const { success, stdout, stderr } = await new Deno.Command(name, { args: [...args] }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { success, stdout: decode(stdout), stderr: decode(stderr) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`${name}: not there. Run where Slurm's commands are installed, or leave --slurm out.`, {
      cause: error,
    });
  }
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\b\w+: error: /g, "").replaceAll(/\s*\n\s*/g, "; ").replace(/\.$/, "");
}
