/** A process that works beside a benchmark, the two taking turns. @module */

/**
 * A running program, PyTorch's side or one of ours, that prints a line of JSON for each line on its stdin; and one before,
 * where it has something to say.
 *
 * @example
 * ```ts
 * import { pythonWith } from "./python.ts";
 * import { Peer } from "./peer.ts";
 * import { deepEqual } from "node:assert/strict";
 * const python = await pythonWith();
 * if (python !== undefined) {
 *   const script = await Deno.makeTempFile({ suffix: ".py" });
 *   await Deno.writeTextFile(script, "import sys\nfor line in sys.stdin: print(line, end='', flush=True)");
 *   const peer = new Peer(python, script);
 *   deepEqual(await peer.ask("[1]"), [1]);
 *   await peer.close();
 * }
 * ```
 */
export class Peer {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #said: Promise<string>;
  #rest = "";

  constructor(program: string, ...args: readonly string[]) {
    const options = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
    this.#child = new Deno.Command(program, { args: [...args], ...options }).spawn();
    this.#writer = this.#child.stdin.getWriter();
    this.#lines = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    this.#said = lastLine(this.#child.stderr);
  }

  /** The next line that the script prints. */
  async answer(): Promise<unknown> {
    while (!this.#rest.includes("\n")) {
      const { done, value } = await this.#lines.read();
      if (done) {
        throw new Error(`the program beside stopped in mid-run: ${await this.#said || "it did not say why"}`);
      }
      this.#rest += value;
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return JSON.parse(line);
  }

  async ask(line: string): Promise<unknown> {
    await this.#writer.write(new TextEncoder().encode(`${line}\n`));
    return await this.answer();
  }

  async close(): Promise<void> {
    await this.#writer.close().catch(() => {}); // closed already where the script stopped
    await this.#lines.cancel();
    await this.#child.status;
  }
}

/** The last line that is not empty: where Python says what went wrong. */
async function lastLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let last = "";
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    last = lines.findLast((line) => line.trim() !== "") ?? last;
  }
  return rest.trim() === "" ? last : rest;
}
