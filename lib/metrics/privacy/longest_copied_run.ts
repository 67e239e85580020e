/** The longest run of words that a letter copies from the training text. @module */

import type { Letter } from "../../corpus/letter.ts";
import { CopiedText } from "./copied_text.ts";
import { WordReader } from "./word_reader.ts";

/** A run of words that stands in two letters, with its place in both, `[start, end)` in UTF-16 code units. */
export interface CopiedRun {
  /** The synthetic letter. */
  readonly id: string;
  /** How many words; 0 where the letter shares none with the training text, which leaves out what follows. */
  readonly words: number;
  readonly place?: readonly [start: number, end: number];
  readonly source?: { readonly id: string; readonly place: readonly [start: number, end: number] };
}

/** What texts this takes of letters. */
export type Text = Pick<Letter, "id" | "text">;

/**
 * For each synthetic letter, the longest run of words that also stands in a letter of the training text; of several the
 * first. Words are those of {@linkcode WordReader}: capitals, punctuation and line breaks make no difference.
 *
 * @param copied of the texts of both, in the same order
 * @throws {Error} when it was made of other texts
 *
 * @example
 * ```ts
 * import { CopiedText } from "./copied_text.ts";
 * import { longestCopiedRuns } from "./longest_copied_run.ts";
 * import { deepEqual } from "node:assert/strict";
 * const train = [{ id: "t", text: "Seen by Dr. Osei on Monday." }];
 * const synthetic = [{ id: "s", text: "She saw Dr Osei, on Friday." }];
 * const copied = new CopiedText(train.map(({ text }) => text), synthetic.map(({ text }) => text));
 * deepEqual(longestCopiedRuns(copied, train, synthetic), [
 *   { id: "s", words: 3, place: [8, 19], source: { id: "t", place: [8, 19] } },
 * ]);
 * ```
 */
export function longestCopiedRuns(
  copied: CopiedText,
  train: readonly Text[],
  synthetic: readonly Text[],
): CopiedRun[] {
  const { lengths, ends, from } = copied.synthetic;
  const trainEnds = copied.train.ends;
  if (ends.length !== synthetic.length || trainEnds.length !== train.length) {
    throw new Error(
      `longestCopiedRuns: ${train.length} and ${synthetic.length} letters for an index of ${trainEnds.length} and ` +
        `${ends.length}. Give the letters that it was made of.`,
    );
  }
  let start = from;
  return synthetic.map(({ id, text }, letter) => {
    const end = ends[letter]!; // as many as letters
    let best = start;
    for (let at = start; at < end; at++) if (lengths[at - from]! > lengths[best - from]!) best = at;
    const [words, first, source] = [lengths[best - from] ?? 0, best - start, copied.sources[best] ?? -1];
    start = end + 1;
    if (words === 0) return { id, words };
    const of = firstAbove(trainEnds, source);
    const before = of === 0 ? 0 : trainEnds[of - 1]! + 1; // of ≥ 1
    const origin = train[of]!; // the source is a place of the training text
    return {
      id,
      words,
      place: placeOf(text, first, words),
      source: { id: origin.id, place: placeOf(origin.text, source - before, words) },
    };
  });
}

/** The first of ascending numbers that is above another. */
function firstAbove(numbers: Int32Array, least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! > least) high = middle; // middle < length
    else low = middle + 1;
  }
  return low;
}

/** Offsets are not kept with the index: they would take as much room as it does. */
function placeOf(text: string, first: number, words: number): [start: number, end: number] {
  let [word, from, to] = [0, 0, 0];
  new WordReader().read(text, (_, start, end) => {
    if (word === first) from = start;
    if (word === first + words - 1) to = end;
    word++;
  });
  return [from, to];
}
