/** The history of a review, on the disk. @module */

import { join } from "node:path";
import { writeErrorLine } from "../../write_file.ts";
import { type Entry, entrySchema } from "./entry.ts";
import { ReviewedLetter } from "./reviewed_letter.ts";

/** What the review's file is called. */
const FILE = "history.jsonl";

/**
 * A review in a folder: `history.jsonl`, a line a change, added to and never rewritten. Several servers may share it: each reads what
 * the others added before it answers.
 *
 * @example
 * ```ts
 * import { ReviewHistory } from "./history.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const history = await ReviewHistory.open(folder);
 * await history.add("letters", "a", () => ({ reviewer: "Ann", done: true }));
 * equal((await (await ReviewHistory.open(folder)).letter("letters", "a")).isDone("Ann"), true);
 * ```
 */
export class ReviewHistory {
  readonly #path: string;
  #letters = new Map<string, ReviewedLetter>();
  #damaged: number[] = [];
  #lines = 0;
  /** Bytes of whole lines that were read, and those of a last line without its end. */
  #read = 0;
  #rest = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(readonly folder: string) {
    this.#path = join(folder, FILE);
  }

  /** Opens a review, or begins one; throws where the folder can't be written to. */
  static async open(folder: string): Promise<ReviewHistory> {
    const history = new ReviewHistory(folder);
    try {
      await Deno.mkdir(folder, { recursive: true });
      await Deno.writeTextFile(history.#path, "", { append: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotCapable)) {
        throw new Error(writeErrorLine(history.#path, error), { cause: error });
      }
      throw new Error(
        `${folder}: this command may write below .cache/explorer alone. ` +
          `Name a folder there, or run: deno task palimpsest explore --review ${folder}`,
        { cause: error },
      );
    }
    await history.#inTurn(() => history.#catchUp());
    return history;
  }

  /** A letter as the history has it now. */
  letter(corpus: string, id: string): Promise<ReviewedLetter> {
    return this.#inTurn(async () => {
      await this.#catchUp();
      return this.#letter(corpus, id);
    });
  }

  /** Letters of a corpus as the history has them now, by id; those that it says nothing of are not there. */
  letters(corpus: string, ids: Iterable<string>): Promise<ReadonlyMap<string, ReviewedLetter>> {
    return this.#inTurn(async () => {
      await this.#catchUp();
      const found = new Map<string, ReviewedLetter>();
      for (const id of ids) {
        const letter = this.#letters.get(placeOf(corpus, id));
        if (letter) found.set(id, letter);
      }
      return found;
    });
  }

  /** What a user should know of the file. */
  get notes(): string[] {
    const [first] = this.#damaged;
    return [
      ...first === undefined ? [] : [
        `${this.#path}:${first}: ${
          this.#damaged.length === 1 ? "this line is" : `${this.#damaged.length} lines are`
        } ` +
        "damaged or of a newer version, and left aside.",
      ],
      ...this.#rest === 0 ? [] : [`${this.#path}: the last line was cut off, and is left aside.`],
    ];
  }

  /** Adds what `say` makes of the letter as it is now; where that throws, nothing is added. */
  add(corpus: string, id: string, say: (letter: ReviewedLetter) => Said): Promise<ReviewedLetter> {
    return this.#inTurn(async () => {
      await this.#catchUp();
      const said = say(this.#letter(corpus, id));
      const entry = entrySchema.parse({ at: new Date().toISOString(), corpus, letter: id, ...said });
      const line = `${this.#rest === 0 ? "" : "\n"}${JSON.stringify(entry)}\n`; // a line that was cut off stays one
      try {
        await Deno.writeTextFile(this.#path, line, { append: true });
      } catch (error) {
        throw new Error(writeErrorLine(this.#path, error), { cause: error });
      }
      await this.#catchUp();
      return this.#letter(corpus, id);
    });
  }

  #inTurn<T>(next: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(next);
    this.#queue = done.catch(() => {}); // whoever asked is told
    return done;
  }

  #letter(corpus: string, id: string): ReviewedLetter {
    return this.#letters.get(placeOf(corpus, id)) ?? new ReviewedLetter();
  }

  /** Reads what was added since it was last read; a file that was put in its place is read anew. */
  async #catchUp(): Promise<void> {
    using file = await Deno.open(this.#path);
    const { size } = await file.stat();
    if (size === this.#read + this.#rest) return;
    if (size < this.#read + this.#rest) {
      this.#letters = new Map();
      this.#damaged = [];
      this.#lines = this.#read = 0;
    }
    await file.seek(this.#read, Deno.SeekMode.Start);
    const bytes = await new Response(file.readable).bytes();
    const whole = bytes.lastIndexOf(10) + 1; // "\n"
    this.#read += whole;
    this.#rest = bytes.length - whole;
    const lines = new TextDecoder().decode(bytes.subarray(0, whole)).split("\n").slice(0, -1);
    for (const line of lines) this.#take(line);
  }

  #take(line: string): void {
    this.#lines++;
    if (line === "") return;
    const entry = parsed(line);
    if (!entry) {
      this.#damaged.push(this.#lines);
      return;
    }
    const place = placeOf(entry.corpus, entry.letter);
    const letter = this.#letters.get(place) ?? new ReviewedLetter();
    this.#letters.set(place, letter);
    letter.add(entry);
  }
}

type WithoutHead<T> = T extends Entry ? Omit<T, "at" | "corpus" | "letter"> : never;

/** A line but for when and where it was said. */
export type Said = WithoutHead<Entry>;

function placeOf(corpus: string, id: string): string {
  return JSON.stringify([corpus, id]);
}

function parsed(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // told as damaged
  }
}
