/** Writing something in place of the masked words. @module */
import type { Letter } from "../corpus/letter.ts";
import { splice } from "../corpus/splice.ts";
import type { Word } from "../text/words.ts";
import type { MaskedLetter } from "./masked_letter.ts";

/**
 * The letter with every masked word replaced, spacing kept, spans at their new offsets. A span that holds a masked word (which only
 * happens when gold entities were not protected) is dropped: the annotation no longer says what stands there.
 *
 * @example
 * ```ts
 * import { mask } from "./mask.ts";
 * import { rewrite } from "./rewrite.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "He was well.", spans: [], meta: {} };
 * const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
 * equal(masked && rewrite(masked, ({ text }) => "x".repeat(text.length)).text, "xx xxx xxxx.");
 * ```
 */
export function rewrite(
  { letter, words, masked }: Pick<MaskedLetter, "letter" | "words" | "masked">,
  write: (word: Word, index: number) => string,
): Letter {
  const replacements = masked.flatMap((index) => {
    const word = words[index];
    return word ? [{ start: word.start, end: word.end, text: write(word, index) }] : [];
  });
  let next = 0; // spans and replacements are both in order
  const spans = letter.spans.filter(({ start, end }) => {
    while ((replacements[next]?.end ?? Infinity) <= start) next++;
    return (replacements[next]?.start ?? Infinity) >= end;
  });
  return splice({ ...letter, spans }, replacements);
}

/**
 * The letter with a mask in place of each masked word, or of each masked piece, such as a reader or a language model sees it.
 *
 * @example
 * ```ts
 * import { mask } from "./mask.ts";
 * import { maskedLetter } from "./rewrite.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "He takes aspirin.", spans: [{ start: 9, end: 16, label: "DRUG" }], meta: {} };
 * const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
 * equal(masked && maskedLetter(masked, "[MASK]").text, "[MASK] [MASK] aspirin.");
 * ```
 */
export function maskedLetter(masked: MaskedLetter, token: string): Letter {
  const { letter, words, masks } = masked;
  if (masks === undefined) return rewrite(masked, () => token);
  const pieces = new Map<number, typeof masks[number][]>();
  for (const mask of masks) pieces.set(mask.word, [...pieces.get(mask.word) ?? [], mask]);
  return rewrite({ letter, words, masked: masked.masked }, (word, index) => {
    let [text, end] = ["", word.start];
    for (const piece of pieces.get(index) ?? []) {
      text += letter.text.slice(end, piece.start) + token;
      end = piece.end;
    }
    return text + letter.text.slice(end, word.end);
  });
}
