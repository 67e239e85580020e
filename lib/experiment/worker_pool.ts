/** Cells side by side, each worker a process of its own. @module */

import { fileURLToPath } from "node:url";
import { project } from "../project.ts";
import type { Level } from "./experiment.ts";
import { TextLineStream } from "./lines.ts";
import { type Answer, answerSchema, type Job } from "./worker_messages.ts";

/** What a run is told of its workers. */
export interface PoolEvents<C> {
  /** A worker has taken a cell up. */
  readonly onStart?: (cell: C) => void;
  /** A cell is done, or has failed. */
  readonly onAnswer: (cell: C, answer: Answer) => void;
}

/**
 * Runs cells in so many processes, each of which takes the next cell when it is done with one. A process that dies takes its cell
 * with it, which counts as failed, and a new process goes on with the rest.
 *
 * The processes may read and write files and load the engine, and nothing else: no network, no other program.
 *
 * @param signal ends the processes; what they have stored stays
 * @throws the signal's reason, when it was aborted
 *
 * @example
 * ```ts ignore
 * await runInWorkers({ module, name, letters, runs }, cells, 2, { onAnswer: (cell, answer) => console.log(cell, answer) });
 * ```
 */
export async function runInWorkers<C extends Readonly<Record<string, Level>>>(
  job: Job,
  cells: readonly C[],
  workers: number,
  { onStart, onAnswer }: PoolEvents<C>,
  signal?: AbortSignal,
): Promise<void> {
  const queue = [...cells];
  const work = async () => {
    while (queue.length > 0 && !signal?.aborted) {
      const worker = startWorker(job);
      const stop = () => worker.kill();
      signal?.addEventListener("abort", stop);
      try {
        for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
          onStart?.(cell);
          const answer = await worker.run(cell);
          if (signal?.aborted) return;
          onAnswer(cell, answer ?? { failed: await worker.ending() });
          if (!answer) break;
        }
      } finally {
        signal?.removeEventListener("abort", stop);
        await worker.end();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, cells.length) }, work));
  signal?.throwIfAborted();
}

function startWorker(job: Job) {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-ffi"],
      `--config=${project.root}/deno.json`,
      fileURLToPath(new URL("./worker.ts", import.meta.url)),
    ],
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const input = process.stdin.getWriter();
  const encoder = new TextEncoder();
  // A process that has died says so by its answers' end; the broken pipe adds nothing.
  const send = (message: unknown) =>
    input.write(encoder.encode(`${JSON.stringify(message)}\n`)).catch(() => {});
  const answers = process.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())[
    Symbol.asyncIterator
  ]();
  const said = lastLine(process.stderr);
  const sent = send(job);
  return {
    /** The cell's answer; `undefined` where the process ends without one. */
    async run(cell: Readonly<Record<string, Level>>): Promise<Answer | undefined> {
      await sent;
      await send(cell);
      const { done, value } = await answers.next();
      return done ? undefined : answerSchema.parse(JSON.parse(value));
    },
    /** Why the process ended. */
    async ending(): Promise<string> {
      const { code, signal } = await process.status;
      const line = await said;
      if (signal === "SIGKILL") {
        return "its process was killed, most likely for want of memory. Use fewer workers.";
      }
      return `its process ended with ${signal ?? `exit code ${code}`}${line === "" ? "" : `: ${line}`}.`;
    },
    kill: () => process.kill("SIGKILL"),
    async end(): Promise<void> {
      await input.close().catch(() => {}); // of a process that has died
      await answers.return?.();
      await said;
      await process.status;
    },
  };
}

/** The last line with anything in it that a process says. */
async function lastLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let last = "";
  for await (const line of stream.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())) {
    if (line.trim() !== "") last = line.trim();
  }
  return last;
}
