/** Commands that read letters, change them and write them, a batch at a time. @module */

import { resolve } from "node:path";
import { z } from "zod";
import config from "../../deno.json" with { type: "json" };
import { stemOf } from "../corpus/format.ts";
import { formatAt, formatNamed } from "../corpus/formats.ts";
import type { Letter } from "../corpus/letter.ts";
import { draftsAt } from "../corpus/letters.ts";
import { Output } from "../corpus/output.ts";
import { sifted } from "../corpus/sift.ts";
import type { Problem } from "../corpus/validate.ts";
import { outputFormat, outputPlace } from "../corpus/write_letters.ts";
import { interruptible } from "../interrupt.ts";
import { sha256 } from "../sha256.ts";
import { type Reading, readOptions } from "./reading_options.ts";
import { writeOptions, type Writing } from "./writing_options.ts";

/** What becomes of the letters on their way. */
export interface LetterStream {
  /** Changes a batch. */
  change(letters: readonly Letter[]): Promise<readonly Letter[]> | readonly Letter[];
  /** Letters a batch: what one call of `change` takes. */
  readonly batch: number;
  /** What decides the change beside the letters: a run goes on only where an interrupted one had the same. */
  readonly identity: unknown;
  /** Whether also what says nothing of a letter goes from BRAT to BRAT. */
  readonly lossless?: true;
}

const noteSchema = z.object({
  identity: z.string(),
  read: z.int(),
  written: z.int(),
  bad: z.int(),
  encoder: z.string(),
});

const checkpointEvery = 250; // milliseconds
const worthKeeping = 10_000; // milliseconds of work that a bad letter must not undo
const lineEvery = 30_000; // milliseconds between lines in a log
const grace = 1000; // milliseconds in which a batch may end when its user stops the run

/**
 * Streams letters from one path to another. What is written lies beside the output (`.NAME.partial`) until it is whole; a run that was
 * interrupted goes on from its last checkpoint, at most a quarter of a second or a batch before, when it is run again with the same input and options.
 *
 * @throws Error in one line, at the first letter that is not in order (unless they are to be left out), where it can't be written,
 * and where it is stopped
 */
export async function streamLetters(
  from: string,
  to: string,
  flags: Reading & Writing,
  open: () => Promise<LetterStream & Partial<AsyncDisposable>> | (LetterStream & Partial<AsyncDisposable>),
): Promise<void> {
  await interruptible(async (signal) => {
    const stopped = Promise.withResolvers<never>();
    const run = new Run(from, to, flags, signal);
    let timer: ReturnType<typeof setTimeout> | undefined;
    signal.addEventListener("abort", () => {
      timer = setTimeout(async () => stopped.reject(await run.stop()), grace);
    }, { once: true });
    try {
      await Promise.race([run.whole(open), stopped.promise]);
    } finally {
      clearTimeout(timer);
    }
  });
}

class Run {
  readonly #from: string;
  readonly #to: string;
  readonly #flags: Reading & Writing;
  readonly #signal: AbortSignal;
  #output: Output | undefined;
  #read = 0;
  #written = 0;
  #bad = 0;
  readonly #ticker = new Ticker();

  constructor(from: string, to: string, flags: Reading & Writing, signal: AbortSignal) {
    this.#from = from;
    this.#to = to;
    this.#flags = flags;
    this.#signal = signal;
  }

  /** What to say when it is stopped; keeps what can be gone on from. */
  async stop(): Promise<Error> {
    this.#output?.close();
    const last = this.#output?.last;
    if (!last) {
      await this.#output?.remove();
      return new Error("stopped before anything was written. Run it again.");
    }
    const { written } = noteSchema.parse(last.note);
    return new Error(`stopped; ${letters(written)} are kept beside ${this.#to}. Run it again to go on.`);
  }

  async whole(
    open: () => Promise<LetterStream & Partial<AsyncDisposable>> | (LetterStream & Partial<AsyncDisposable>),
  ) {
    const began = performance.now();
    const stream = await open();
    try {
      await this.#copy(stream);
    } catch (error) {
      if (this.#signal.aborted) throw await this.stop();
      const output = this.#output;
      if (output?.last && performance.now() - began > worthKeeping) output.close();
      else await output?.remove();
      throw error;
    } finally {
      this.#ticker.end();
      await stream[Symbol.asyncDispose]?.();
    }
  }

  async #copy(stream: LetterStream): Promise<void> {
    const reading = readOptions(this.#flags);
    const writing = writeOptions(this.#flags);
    const format = outputFormat(this.#to, writing.format);
    const input = reading.format === undefined
      ? await formatAt(this.#from, reading)
      : formatNamed(reading.format);
    const encoder = format.encoder(
      { tokens: input.name === "iob" ? "blanks" : "words", ...writing },
      stemOf(this.#to),
    );
    const lossless = stream.lossless === true &&
      [input, format].every(({ name }) => name === "brat" || name === "meddocan");
    const drafts = await draftsAt(this.#from, { ...reading, format: input.name, lossless });
    const identity = sha256(JSON.stringify([
      ...[config.version, resolve(this.#from), await stampOf(this.#from), reading, writing, stream.identity],
      this.#flags.annotations === undefined ? "" : await stampOf(this.#flags.annotations),
    ]));
    const output = this.#output = await Output.open(outputPlace(this.#to, format, writing), (note) => {
      const { success, data } = noteSchema.safeParse(note);
      return !this.#flags.fresh && success && data.identity === identity;
    });
    let skip = 0;
    if (output.last) {
      const note = noteSchema.parse(output.last.note);
      encoder.state = note.encoder;
      this.#read = skip = note.read;
      this.#written = note.written;
      this.#bad = note.bad;
      console.error(`going on after ${letters(this.#written)} of an interrupted run (--fresh begins anew)`);
    }
    const bad = (problems: readonly Problem[]) => {
      this.#bad++;
      for (const { at, message } of problems) console.error(`left out: ${at}: ${message}`);
    };
    const sifting = {
      ...reading,
      skip,
      onRead: () => void this.#read++,
      ...this.#flags.skipBad && { onBad: bad },
    };
    let batch: Letter[] = [];
    let saved = -Infinity; // the first batch is safe at once
    const write = async () => {
      for (const letter of await stream.change(batch)) {
        const chunks = this.#encoded(() => encoder.encode(letter), bad);
        for (const chunk of chunks) await output.add(chunk);
        if (chunks.length > 0) this.#written++;
      }
      batch = [];
      const due = this.#signal.aborted || performance.now() - saved > checkpointEvery;
      if (due) {
        await output.checkpoint(
          { identity, read: this.#read, written: this.#written, bad: this.#bad, encoder: encoder.state },
        );
        saved = performance.now();
        this.#ticker.show(this.#written);
      }
      if (this.#signal.aborted) throw await this.stop();
    };
    for await (const letter of sifted(drafts, sifting)) {
      batch.push(letter);
      if (batch.length >= stream.batch) await write();
    }
    if (batch.length > 0) await write();
    if (this.#bad > 0) console.error(`${this.#bad} of ${letters(this.#bad + this.#written)} left out`);
    if (this.#written === 0) throw new Error(`${this.#from}: no letter is in order. Nothing was written.`);
    for (const chunk of encoder.end?.() ?? []) await output.add(chunk);
    await output.finish();
  }

  /** What is to be written of a letter; nothing where the format can't hold it and such letters are left out. */
  #encoded<T>(encode: () => T[], bad: (problems: readonly Problem[]) => void): T[] {
    try {
      return encode();
    } catch (error) {
      if (!this.#flags.skipBad || !(error instanceof Error)) throw error;
      bad([{ at: this.#to, message: error.message }]);
      return [];
    }
  }
}

/** Says on stderr how many letters are written: in place on a terminal, elsewhere in a line now and then. */
class Ticker {
  readonly #inPlace = Deno.stderr.isTerminal();
  #shown = performance.now();
  #open = false;

  show(written: number): void {
    if (this.#inPlace) {
      Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${letters(written)} written`));
      this.#open = true;
    } else if (performance.now() - this.#shown > lineEvery) {
      this.#shown = performance.now();
      console.error(`${letters(written)} written`);
    }
  }

  end(): void {
    if (this.#open) Deno.stderr.writeSync(new TextEncoder().encode("\n"));
  }
}

/** What changes when a file, or a folder's list of files, changes. */
async function stampOf(path: string): Promise<string> {
  const { size, mtime, isFile } = await Deno.stat(path);
  return `${isFile ? size : ""} ${mtime?.getTime()}`;
}

function letters(count: number): string {
  return `${count} letter${count === 1 ? "" : "s"}`;
}
