/** Two corpora's letters, paired. @module */

import type { Letter } from "../corpus/letter.ts";
import { placedLetters } from "./placed_letters.ts";
import type { Reading } from "./reading_options.ts";

/** A letter as it is annotated on either side. */
export interface LetterPair {
  readonly letter: Letter;
  readonly other: Letter;
}

/**
 * Reads the same letters twice, annotated by gold and by what is to be scored, and pairs them by their ids; columns of tags without
 * ids are called by their file, so there the number decides.
 *
 * @returns in the order of the gold letters' ids
 * @throws {Error} as readers do; naming file and line where one side lacks a letter, or texts differ
 *
 * @example
 * ```ts
 * import { pairedLetters } from "./paired_letters.ts";
 * import { rejects } from "node:assert/strict";
 * const [gold, predicted] = [await Deno.makeTempFile({ suffix: ".jsonl" }), await Deno.makeTempFile({ suffix: ".jsonl" })];
 * await Deno.writeTextFile(gold, '{"id":"a","text":"On aspirin."}\n');
 * await Deno.writeTextFile(predicted, '{"id":"a","text":"On heparin."}\n');
 * await rejects(
 *   pairedLetters(gold, predicted, { overlapping: "refuse", discontinuous: "refuse" }),
 *   { message: `${predicted}:1: its text differs from that of ${gold}:1 at code unit 3. Annotate the same text.` },
 * );
 * ```
 */
export async function pairedLetters(gold: string, predicted: string, flags: Reading): Promise<LetterPair[]> {
  const [left, right] = [await placedLetters(gold, flags), await placedLetters(predicted, flags)];
  const ids = new Set(right.letters.map(({ id }) => id));
  const byNumber = !left.letters.some(({ id }) => ids.has(id));
  const key = (id: string, path: string) =>
    byNumber && id.startsWith(`${stem(path)}-`) ? id.slice(stem(path).length) : id;
  const others = new Map(right.letters.map((letter) => [key(letter.id, predicted), letter]));
  const pairs = left.letters.map((letter) => {
    const other = others.get(key(letter.id, gold));
    if (other === undefined) throw absent(left.placeOf(letter.id), predicted);
    others.delete(key(letter.id, gold));
    if (letter.text === other.text) return { letter, other };
    const [there, here] = [left.placeOf(letter.id), right.placeOf(other.id)];
    const at = firstDifference(letter.text, other.text);
    throw new Error(
      `${here}: its text differs from that of ${there} at code unit ${at}. Annotate the same text.`,
    );
  });
  for (const { id } of others.values()) throw absent(right.placeOf(id), gold);
  return pairs;
}

/**
 * The error where a letter has no counterpart.
 *
 * @example
 * ```ts
 * import { absent } from "./paired_letters.ts";
 * import { equal } from "node:assert/strict";
 * equal(absent("a.jsonl:3", "b.jsonl").message, "a.jsonl:3: no letter of its id in b.jsonl. Annotate the same letters.");
 * ```
 */
export function absent(place: string, path: string): Error {
  return new Error(`${place}: no letter of its id in ${path}. Annotate the same letters.`);
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.gz$/, "").replace(/\.[^.]*$/, "");
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
