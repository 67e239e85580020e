/** A running Deno kernel, spoken to over ZeroMQ in Jupyter's protocol. @module */

import { Dealer, Subscriber } from "zeromq";
import { type Connection, decode, encode, freeConnection, type Message } from "./connection.ts";
import { flushCode, flushMime, kernelSetup } from "./kernel_setup.ts";

/** A kernel that is up. */
export interface Kernel {
  /**
   * Runs code and hands every message it causes to `onMessage`, in order, those that arrive after "idle" included.
   *
   * @returns the reply: `{ status: "ok" }`, or `{ status: "error", ename, evalue, traceback }`
   * @throws {Error} when the kernel dies, with its exit code and the last of what it wrote to stderr
   */
  execute(code: string, onMessage: (message: Message) => void): Promise<Message["content"]>;
  /** Ends the kernel, by force after a second or when `now` is set, and removes its connection file. */
  stop(now?: boolean): Promise<void>;
}

/** How long a kernel may take to answer at first, in milliseconds; 500 is usual. */
const startTimeout = 60_000;

/** How often a start is tried: each but the last may fail because another program took one of the ports. */
const startAttempts = 3;

/**
 * Starts `deno jupyter` with the running Deno and waits until it answers.
 *
 * The kernel is a process of its own with every permission, whatever this process has: that is how `deno jupyter`
 * works. This process needs `--allow-run` for the Deno executable, `--allow-net=127.0.0.1`, `--allow-ffi` for ZeroMQ,
 * `--allow-env`, `--allow-read` and `--allow-write` for the temporary folder.
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
    const kernel = await spawn(folder);
    try {
      await within(startTimeout, kernel.ready());
      return kernel;
    } catch (error) {
      await kernel.stop(true);
      if (attempt === startAttempts) throw error;
    }
  }
}

async function spawn(folder: string): Promise<Kernel & { ready(): Promise<void> }> {
  const connection = freeConnection();
  const { key } = connection;
  const private_ = await Deno.makeTempDir({ prefix: "palimpsest-kernel-" });
  const file = `${private_}/connection.json`;
  await Deno.writeTextFile(file, JSON.stringify(connection), { mode: 0o600 });
  const process = new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--kernel", "--conn", file],
    cwd: folder,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" }, // plain text in outputs, and no request of its own
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    detached: true, // Ctrl-C is for the runner, which saves what there is before it ends the kernel
  }).spawn();
  const lastWords = tail(process.stderr);
  const { shell, control, iopub } = connect(connection);

  const waiting = new Map<string, (reply: Message) => void>();
  let listener: (message: Message) => void = () => {};
  // A message that can't be read ends the wait of whoever waits, instead of being dropped.
  const broken = Promise.withResolvers<never>();
  const ended = process.status.then(async ({ code, signal }): Promise<never> => {
    const words = (await lastWords).trim();
    const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
    throw new Error(`the kernel ended ${how}${words ? `; its last words: ${words}` : ""}`);
  });
  for (const failing of [broken.promise, ended]) failing.catch(() => {}); // reported by whoever waits on them
  const pump = async (socket: Dealer | Subscriber, onMessage: (message: Message) => void) => {
    try {
      for await (const frames of socket) onMessage(decode(key, frames));
    } catch (error) {
      broken.reject(error);
    }
  };
  const pumps = [
    pump(shell, (message) => waiting.get(message.parent ?? "")?.(message)),
    pump(iopub, (message) => listener(message)),
  ];

  let requests = 0;
  const request = async (type: string, content: Record<string, unknown>): Promise<Message["content"]> => {
    const id = `request-${++requests}`;
    const { promise, resolve } = Promise.withResolvers<Message>();
    waiting.set(id, resolve);
    try {
      await shell.send(encode(key, id, type, content));
      return (await Promise.race([promise, ended, broken.promise])).content;
    } finally {
      waiting.delete(id);
    }
  };
  const run = (code: string, own: boolean) =>
    request("execute_request", {
      code,
      silent: own,
      store_history: !own,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });

  /** Sends the token behind all outputs and resolves when it has come back both ways. */
  const flush = async (token: string, onMessage: (message: Message) => void) => {
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
    const reply = run(flushCode(token), true);
    await Promise.race([Promise.all([printed.promise, displayed.promise, reply]), ended, broken.promise]);
    listener = () => {};
  };

  return {
    async ready() {
      await request("kernel_info_request", {});
      await run(kernelSetup, true);
      // A subscriber that joins late misses messages: flush until the first token gets through.
      for (let joined = false; !joined;) {
        const late = new Promise<false>((resolve) => setTimeout(resolve, 200, false));
        joined = await Promise.race([flush(crypto.randomUUID(), () => {}).then(() => true), late]);
      }
    },
    async execute(code, onMessage) {
      listener = onMessage;
      const reply = await run(code, false);
      await flush(crypto.randomUUID(), onMessage);
      return reply;
    },
    async stop(now = false) {
      if (!now) await control.send(encode(key, "shutdown", "shutdown_request", { restart: false }));
      const force = setTimeout(() => kill(process), now ? 0 : 1000);
      await process.status;
      clearTimeout(force);
      for (const socket of [shell, control, iopub]) socket.close();
      await Promise.all(pumps);
      await Deno.remove(private_, { recursive: true });
    },
  };
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`the kernel did not answer within ${milliseconds / 1000} s.`)),
    milliseconds,
  );
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function connect({ ip, shell_port, control_port, iopub_port }: Connection) {
  const shell = new Dealer({ linger: 0 });
  const control = new Dealer({ linger: 0 });
  const iopub = new Subscriber({ linger: 0 });
  shell.connect(`tcp://${ip}:${shell_port}`);
  control.connect(`tcp://${ip}:${control_port}`);
  iopub.connect(`tcp://${ip}:${iopub_port}`);
  iopub.subscribe();
  return { shell, control, iopub };
}

function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    const endedByItself = error instanceof TypeError || error instanceof Deno.errors.NotFound;
    if (!endedByItself) throw error;
  }
}

function isFlush(data: unknown, token: string): boolean {
  return typeof data === "object" && data !== null &&
    Object.entries(data).some(([mime, value]) => mime === flushMime && value === token);
}

/** The last lines of a stream, on one line, without Deno's own warnings: what a dying kernel had to say. */
async function tail(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) text = (text + chunk).slice(-4000);
  return text.split("\n").filter((line) => line.trim() && !line.includes("is unstable")).slice(-3).join(" ");
}
