/** Letters together with where each was read, for messages. @module */

import { compilerLine } from "../corpus/check.ts";
import type { Letter } from "../corpus/letter.ts";
import { draftsAt } from "../corpus/letters.ts";
import { collected } from "../corpus/sift.ts";
import type { Draft } from "../corpus/validate.ts";
import { type Reading, readOptions } from "./reading_options.ts";

/** A corpus in memory. */
export interface PlacedLetters {
  /** Sorted by id. */
  readonly letters: readonly Letter[];
  /** Where the letter of an id was read: `"letters.jsonl:3"`; the corpus's path for an id that it has not. */
  placeOf(id: string): string;
}

/**
 * Reads the letters at a path; with `--skip-bad` the problems of letters that are left out go to stderr.
 *
 * @throws {Error} as the reader in charge does
 *
 * @example
 * ```ts
 * import { placedLetters } from "./placed_letters.ts";
 * import { equal } from "node:assert/strict";
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * await Deno.writeTextFile(file, '\n{"id":"a","text":"On aspirin."}\n');
 * const { letters, placeOf } = await placedLetters(file, { overlapping: "refuse", discontinuous: "refuse" });
 * equal(letters.length, 1);
 * equal(placeOf("a"), `${file}:2`);
 * await Deno.remove(file);
 * ```
 */
export async function placedLetters(path: string, flags: Reading): Promise<PlacedLetters> {
  const options = readOptions(flags);
  const places = new Map<string, string>();
  const letters = await collected(noted(await draftsAt(path, options), places), {
    ...options,
    ...flags.skipBad && {
      onBad: (problems) => problems.forEach((problem) => console.error(compilerLine(problem))),
    },
  });
  if (letters.length === 0) {
    throw new Error(`${path}: no letter in it. Name letters, or read without --skip-bad.`);
  }
  return { letters, placeOf: (id) => places.get(id) ?? path };
}

async function* noted(drafts: AsyncIterable<Draft>, places: Map<string, string>): AsyncGenerator<Draft> {
  for await (const draft of drafts) {
    places.set(draft.id, draft.at);
    yield draft;
  }
}
