/** Between spans of a letter and a tag a word. @module */

import type { Letter, Span } from "../corpus/letter.ts";
import { decodeTags } from "../metrics/spans/tag_scheme.ts";
import { spansOver } from "../metrics/spans/spans_over.ts";
import type { Word } from "../text/words.ts";

/**
 * The IOB2 tags for labels: `O`, then `B-` and `I-` of each label, labels sorted by code unit.
 *
 * @example
 * ```ts
 * import { tagsFor } from "./word_tags.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(tagsFor(["TEST", "DRUG"]), ["O", "B-DRUG", "I-DRUG", "B-TEST", "I-TEST"]);
 * ```
 */
export function tagsFor(labels: Iterable<string>): string[] {
  return ["O", ...[...new Set(labels)].sort().flatMap((label) => [`B-${label}`, `I-${label}`])];
}

/**
 * The IOB2 tag of every word (Tjong Kim Sang & Veenstra 1999). A word belongs to the span that it overlaps, to the first
 * where there are two: "68F" is one word, its age and its sex are not told apart.
 *
 * @param words of the letter, in order
 * @throws {Error} where two spans overlap, which tags cannot write
 *
 * @example
 * ```ts
 * import { words } from "../text/words.ts";
 * import { wordTags } from "./word_tags.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "No chest pain.", spans: [{ start: 3, end: 13, label: "PROBLEM" }], meta: {} };
 * deepEqual(wordTags(letter, words(letter.text)), ["O", "B-PROBLEM", "I-PROBLEM", "O"]);
 * ```
 */
export function wordTags({ id, spans }: Pick<Letter, "id" | "spans">, words: readonly Word[]): string[] {
  const over = spansOver(spans);
  const sorted = spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
  for (const [i, { start, end }] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before && before.end > start) {
      throw new Error(
        `letter ${id}: spans [${before.start}, ${before.end}) and [${start}, ${end}) overlap. Keep one: a word has one tag.`,
      );
    }
  }
  let previous: Span | undefined;
  return words.map(({ start, end }) => {
    const [span] = over(start, end);
    const tag = span ? `${span === previous ? "I" : "B"}-${span.label}` : "O";
    previous = span;
    return tag;
  });
}

/**
 * The spans that tags write, from the first character of the first word to the last of the last, in UTF-16 code units.
 *
 * @param tags one a word, of the scheme IOB2
 * @throws {Error} where the scheme forbids a tag
 *
 * @example
 * ```ts
 * import { words } from "../text/words.ts";
 * import { spansOf } from "./word_tags.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(spansOf(["O", "B-PROBLEM", "I-PROBLEM"], words("No chest pain")), [
 *   { start: 3, end: 13, label: "PROBLEM" },
 * ]);
 * ```
 */
export function spansOf(tags: readonly string[], words: readonly Word[]): Span[] {
  return decodeTags(tags, "iob2").map(({ start, end, label }) => {
    const [first, last] = [words[start], words[end - 1]];
    if (!first || !last) throw new Error(`${tags.length} tags for ${words.length} words. Give one a word.`);
    return { start: first.start, end: last.end, label };
  });
}

/**
 * The tags with the greatest sum of scores of those that IOB2 allows, where `I-` follows `B-` or `I-` of its label only
 * (Viterbi's algorithm).
 *
 * @param scores of every tag at every word, row after row; any constant may be added to a row
 *
 * @example
 * ```ts
 * import { bestTags } from "./word_tags.ts";
 * import { deepEqual } from "node:assert/strict";
 * // Each row's highest score would read O, I-X.
 * deepEqual(bestTags(Float32Array.of(2, 1.5, 0, 0, 0, 3), ["O", "B-X", "I-X"]), ["B-X", "I-X"]);
 * ```
 */
export function bestTags(scores: Float32Array, tags: readonly string[]): string[] {
  const count = tags.length;
  const length = scores.length / count;
  /** What an inside tag may follow; undefined for the others, which may follow anything. */
  const follows = tags.map((tag) =>
    tag.startsWith("I-")
      ? [...tags.keys()].filter((i) => tags[i] === tag || tags[i] === `B-${tag.slice(2)}`)
      : undefined
  );
  const from = new Int32Array(scores.length); // the best tag before each tag
  let sums = Float64Array.from(tags, (_, tag) => follows[tag] ? -Infinity : scores[tag] ?? -Infinity);
  for (let word = 1; word < length; word++) {
    const best = greatest(sums);
    const next = new Float64Array(count);
    for (const [tag, allowed] of follows.entries()) {
      const before = allowed ? greatest(sums, allowed) : best;
      from[word * count + tag] = before;
      next[tag] = (sums[before] ?? -Infinity) + (scores[word * count + tag] ?? -Infinity);
    }
    sums = next;
  }
  const found: string[] = [];
  for (let word = length - 1, tag = greatest(sums); word >= 0; word--) {
    found.push(tags[tag] ?? "O");
    tag = from[word * count + tag] ?? 0;
  }
  return found.reverse();
}

function greatest(values: Float64Array, among: Iterable<number> = values.keys()): number {
  let best: number | undefined;
  for (const i of among) if (best === undefined || (values[i] ?? NaN) > (values[best] ?? NaN)) best = i;
  return best ?? 0;
}
