/** A running Deno kernel, spoken to in Jupyter's protocol. @module */

import { decode, encode, type Message } from "./connection.ts";
import { spawnKernel } from "./kernel_process.ts";
import { flushCode, flushMime, kernelSetup } from "./kernel_setup.ts";
import { connectZmtp, type ZmtpSocket } from "./zmtp.ts";

/** A kernel that is up. */
export interface Kernel {
  /**
   * Runs code and hands every message it causes to `onMessage`, in order, those that arrive after "idle" included.
   *
   * @returns the reply: `{ status: "ok" }`, or `{ status: "error", ename, evalue, traceback }`
   * @throws {Error} when the kernel dies, with its exit code and the last of what it wrote to stderr
   */
  execute(code: string, onMessage: (message: Message) => void): Promise<Message["content"]>;
  /** Ends the kernel: at once when `now` is set, else as soon as it can, by force after a second. */
  stop(now?: boolean): Promise<void>;
}

/** How long a kernel may take to answer at first, in milliseconds; 200 is usual. */
const startTimeout = 60_000;

/** How often a start is tried: each but the last may fail because another program took one of the ports. */
const startAttempts = 3;

/**
 * Starts `deno jupyter` with the running Deno and waits until it answers.
 *
 * The kernel is a process of its own with every permission, whatever this process has: that is how `deno jupyter`
 * works. This process needs `--allow-run` for the Deno executable, `--allow-net=127.0.0.1`, and `--allow-read` and
 * `--allow-write` for the temporary folder.
 *
 * @param folder where relative imports and paths of the code start, and where deno.json is looked for upwards
 * @throws {Error} when the kernel ends before it answers
 *
 * @example
 * ```ts
 * import { startKernel } from "./kernel.ts";
 * import { equal } from "node:assert/strict";
 * const kernel = await startKernel(".");
 * const texts: unknown[] = [];
 * await kernel.execute("console.log(1 + 1)", ({ type, content }) => type === "stream" && texts.push(content.text));
 * await kernel.stop();
 * equal(texts.join(""), "2\n");
 * ```
 */
export async function startKernel(folder: string): Promise<Kernel> {
  for (let attempt = 1;; attempt++) {
    try {
      return await start(folder);
    } catch (error) {
      if (attempt === startAttempts) throw error;
    }
  }
}

async function start(folder: string): Promise<Kernel> {
  const process = await spawnKernel(folder);
  const { key, shell_port, control_port, iopub_port } = process.connection;
  const timeout = AbortSignal.timeout(startTimeout);
  const sockets: ZmtpSocket[] = [];
  const socket = async (port: number, type: "DEALER" | "SUB") => {
    const socket = await Promise.race([connectZmtp(port, type, timeout), process.ended]);
    sockets.push(socket);
    return socket;
  };
  const stop = async (after: number) => {
    await process.stop(after);
    for (const socket of sockets) socket.close();
  };
  try {
    const iopub = await socket(iopub_port, "SUB");
    const shell = await socket(shell_port, "DEALER");
    const control = await socket(control_port, "DEALER");
    const client = speak(shell, iopub, key, process.ended);
    await client.join(timeout);
    return {
      execute: client.execute,
      async stop(now = false) {
        if (!now) await control.send(encode(key, "shutdown", "shutdown_request", { restart: false }));
        await stop(now ? 0 : 1000);
      },
    };
  } catch (error) {
    await stop(0);
    throw error;
  } finally {
    await process.forget();
  }
}

/** Requests and their outputs on a kernel's sockets. */
function speak(shell: ZmtpSocket, iopub: ZmtpSocket, key: string, ended: Promise<never>) {
  const waiting = new Map<string, (reply: Message) => void>();
  let listener: (message: Message) => void = () => {};
  // A message that can't be read ends the wait of whoever waits, instead of being dropped.
  const broken = Promise.withResolvers<never>();
  const pump = async (socket: ZmtpSocket, onMessage: (message: Message) => void) => {
    try {
      for await (const frames of socket.messages()) onMessage(decode(key, frames));
    } catch (error) {
      broken.reject(error);
    }
  };
  const pumps = [
    pump(shell, (message) => waiting.get(message.parent ?? "")?.(message)),
    pump(iopub, (message) => listener(message)),
  ];
  // What a kernel sent before it died is still taken in.
  const died = ended.catch((error) => Promise.all(pumps).then(() => Promise.reject(error)));
  const failure = Promise.race([died, broken.promise]);
  failure.catch(() => {}); // reported by whoever waits on it

  let requests = 0;
  const run = async (code: string, silent: boolean): Promise<Message["content"]> => {
    const id = `request-${++requests}`;
    const { promise, resolve } = Promise.withResolvers<Message>();
    waiting.set(id, resolve);
    try {
      const request = { code, silent, store_history: !silent, allow_stdin: false, stop_on_error: true };
      await shell.send(encode(key, id, "execute_request", { ...request, user_expressions: {} }));
      return (await Promise.race([promise, failure])).content;
    } finally {
      waiting.delete(id);
    }
  };

  /** Sends a token behind all outputs and resolves when it has come back both by print and by display. */
  const flush = async (onMessage: (message: Message) => void) => {
    const token = crypto.randomUUID();
    const printed = Promise.withResolvers<void>();
    const displayed = Promise.withResolvers<void>();
    listener = (message) => {
      const { type, content } = message;
      if (type === "display_data" && isFlush(content.data, token)) displayed.resolve();
      else if (type === "stream" && typeof content.text === "string" && content.text.includes(token)) {
        const text = content.text.replace(`${token}\n`, "");
        if (text) onMessage({ ...message, content: { ...content, text } });
        printed.resolve();
      } else onMessage(message);
    };
    const all = Promise.all([printed.promise, displayed.promise, run(flushCode(token), true)]);
    await Promise.race([all, failure]);
  };

  return {
    /** Makes the kernel ready, and waits until its outputs arrive here: one who subscribes late misses the first. */
    async join(timeout: AbortSignal) {
      await run(kernelSetup, true);
      for (let joined = false; !joined;) {
        if (timeout.aborted) throw new Error(`the kernel did not answer within ${startTimeout / 1000} s.`);
        const late = new Promise<false>((resolve) => setTimeout(resolve, 200, false));
        joined = await Promise.race([flush(() => {}).then(() => true), late]);
      }
    },
    async execute(code: string, onMessage: (message: Message) => void) {
      listener = onMessage;
      const reply = await run(code, false);
      await flush(onMessage);
      return reply;
    },
  };
}

function isFlush(data: unknown, token: string): boolean {
  return typeof data === "object" && data !== null &&
    Object.entries(data).some(([mime, value]) => mime === flushMime && value === token);
}
