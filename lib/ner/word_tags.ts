/** Between spans of a letter and a tag a word. @module */

import type { Letter, Span } from "../corpus/letter.ts";
import { decodeTags, type TagScheme } from "../corpus/tag_scheme.ts";
import { spansOver } from "../metrics/spans/spans_over.ts";
import type { Word } from "../text/words.ts";

/** The schemes that taggers learn. */
export type TaggerScheme = Extract<TagScheme, "iob2" | "bilou">;

const LETTERS: Readonly<Record<TaggerScheme, readonly string[]>> = {
  iob2: ["B", "I"],
  bilou: ["B", "I", "L", "U"],
};

/**
 * The tags for labels: `O`, then `B-` and `I-` of each label (IOB2), or `B-`, `I-`, `L-` and `U-` (BILOU; Ratinov & Roth 2009), labels
 * sorted by code unit.
 *
 * @example
 * ```ts
 * import { tagsFor } from "./word_tags.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(tagsFor(["TEST", "DRUG"]), ["O", "B-DRUG", "I-DRUG", "B-TEST", "I-TEST"]);
 * ```
 */
export function tagsFor(labels: Iterable<string>, scheme: TaggerScheme = "iob2"): string[] {
  return [
    "O",
    ...[...new Set(labels)].sort().flatMap((label) => LETTERS[scheme].map((letter) => `${letter}-${label}`)),
  ];
}

/**
 * The scheme of a set of tags: BILOU where one begins with L or U, else IOB2.
 *
 * @example
 * ```ts
 * import { schemeOf } from "./word_tags.ts";
 * import { equal } from "node:assert/strict";
 * equal(schemeOf(["O", "U-DRUG"]), "bilou");
 * ```
 */
export function schemeOf(tags: readonly string[]): TaggerScheme {
  return tags.some((tag) => /^[LU]-/.test(tag)) ? "bilou" : "iob2";
}

/** The tags without which one cannot stand in a sequence. */
const NEEDS: Readonly<Record<TaggerScheme, Readonly<Record<string, readonly string[]>>>> = {
  iob2: { B: [], I: ["B"] },
  bilou: { B: ["L"], I: ["B", "L"], L: ["B"], U: [] },
};

/**
 * A tag that cannot be in the set of a tagger: one of no scheme, one that is there twice, or one whose label lacks the tag that it must follow or
 * be followed by; or the first one where there is no `O`.
 *
 * @example
 * ```ts
 * import { wrongTag } from "./word_tags.ts";
 * import { equal } from "node:assert/strict";
 * equal(wrongTag(["O", "B-DRUG", "I-DRUG"]), undefined);
 * equal(wrongTag(["O", "I-DRUG"]), "I-DRUG");
 * ```
 */
export function wrongTag(tags: readonly string[]): string | undefined {
  const needs = NEEDS[schemeOf(tags)];
  return tags.find((tag, place) => {
    if (tags.indexOf(tag) < place) return true;
    if (tag === "O") return false;
    if (!/^.-./.test(tag)) return true;
    return !needs[tag.charAt(0)]?.every((letter) => tags.includes(`${letter}${tag.slice(1)}`));
  }) ?? (tags.length > 0 && !tags.includes("O") ? tags[0] : undefined);
}

/**
 * The tag of every word, IOB2 unless another scheme is asked for (Tjong Kim Sang & Veenstra 1999). A word belongs to the span that it overlaps, to the first
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
export function wordTags(
  { id, spans }: Pick<Letter, "id" | "spans">,
  words: readonly Word[],
  scheme: TaggerScheme = "iob2",
): string[] {
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
  const own = words.map(({ start, end }) => over(start, end)[0]);
  return own.map((span, word) => {
    if (!span) return "O";
    const [first, last] = [own[word - 1] !== span, own[word + 1] !== span];
    if (scheme === "iob2" || !last) return `${first ? "B" : "I"}-${span.label}`;
    return `${first ? "U" : "L"}-${span.label}`;
  });
}

/**
 * The spans that tags write, from the first character of the first word to the last of the last, in UTF-16 code units.
 *
 * @param tags one a word
 * @param scheme of the tags. Default IOB2.
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
export function spansOf(
  tags: readonly string[],
  words: readonly Word[],
  scheme: TaggerScheme = "iob2",
): Span[] {
  return decodeTags(tags, scheme).map(({ start, end, label }) => {
    const [first, last] = [words[start], words[end - 1]];
    if (!first || !last) throw new Error(`${tags.length} tags for ${words.length} words. Give one a word.`);
    return { start: first.start, end: last.end, label };
  });
}
