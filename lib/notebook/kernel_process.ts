/** The process of a Deno kernel. @module */

import { pagesBringPlotly } from "../report/plotly.ts";
import { type Connection, freeConnection } from "./connection.ts";

/** A kernel's process. */
export interface KernelProcess {
  readonly connection: Connection;
  /** Never resolves; rejects when the process ends, with its exit code and the last of what it wrote to stderr. */
  readonly ended: Promise<never>;
  /** Removes the connection file: the kernel has read it when it first answers, and nobody else should. */
  forget(): Promise<void>;
  /** Kills the process if it has not ended after so many milliseconds. */
  stop(after: number): Promise<void>;
}

/**
 * Starts `deno jupyter` with the running Deno. The connection file is for this user's eyes only: whoever has its key
 * can run code in the kernel.
 *
 * @param folder where relative imports and paths of the code start
 *
 * @example
 * ```ts
 * import { spawnKernel } from "./kernel_process.ts";
 * import { rejects } from "node:assert/strict";
 * const kernel = await spawnKernel(".");
 * await kernel.stop(0);
 * await rejects(kernel.ended, /the kernel ended by SIGKILL/);
 * await kernel.forget();
 * ```
 */
export async function spawnKernel(folder: string): Promise<KernelProcess> {
  const connection = freeConnection();
  const temporary = await Deno.makeTempDir({ prefix: "palimpsest-kernel-" });
  const file = `${temporary}/connection.json`;
  await Deno.writeTextFile(file, JSON.stringify(connection), { mode: 0o600 });
  const process = new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--kernel", "--conn", file],
    cwd: folder,
    // Plain text in outputs, no request of its own, and no library that the page brings anyway.
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", [pagesBringPlotly]: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    detached: true, // Ctrl-C is for the runner, which saves what there is before it ends the kernel
  }).spawn();
  const lastWords = tail(process.stderr);
  const ended = process.status.then(async ({ code, signal }): Promise<never> => {
    const words = await lastWords;
    const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
    throw new Error(`the kernel ended ${how}${words ? `; its last words: ${words}` : ""}`);
  });
  ended.catch(() => {}); // reported by whoever waits on it
  return {
    connection,
    ended,
    forget: () => Deno.remove(temporary, { recursive: true }),
    async stop(after) {
      const force = setTimeout(() => kill(process), after);
      await process.status;
      clearTimeout(force);
      await lastWords;
    },
  };
}

function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    const endedByItself = error instanceof TypeError || error instanceof Deno.errors.NotFound;
    if (!endedByItself) throw error;
  }
}

/** The last lines of a stream, on one line, without Deno's own warning: what a dying kernel had to say. */
async function tail(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) text = (text + decoder.decode(chunk, { stream: true })).slice(-4000);
  return text.split("\n").filter((line) => line.trim() && !line.includes("is unstable")).slice(-3).join(" ");
}
