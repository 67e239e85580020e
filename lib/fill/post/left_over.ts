/** Blanks that a model left, filled. @module */

import { splice } from "../../corpus/splice.ts";
import type { MaskedLetter } from "../../mask/mask.ts";
import { isAlphabetic } from "../../text/alphabetic.ts";
import { type Filler, LEFT_BLANK } from "../filler.ts";
import { matchCase } from "../match_case.ts";
import { type FillsOf, isLeft, type PostStep } from "./step.ts";

/**
 * Fills what was left with another filler, which sees what the first has written; left out: with the word that the letter itself has
 * most often among those that are not masked (of equals the first by code unit).
 *
 * @throws Error as the filler does
 *
 * @example
 * ```ts
 * import { mask } from "../../mask/mask.ts";
 * import { leftOver } from "./left_over.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "The cat, the dog: gone", spans: [], meta: {} };
 * const masked = mask([letter], { strategy: "random", ratio: 0, seed: 42 }).map((one) => ({ ...one, masked: [6] }));
 * const fills = [{ word: 6, text: "___", raw: "", valid: false, left: true as const }];
 * deepEqual(await leftOver().apply(masked.map((masked) => ({ masked, fills }))), [new Map([[6, "the"]])]);
 * ```
 */
export function leftOver(filler?: Filler): PostStep {
  return {
    name: "left-over",
    async apply(letters) {
      const open = letters.map((one) => ({ ...one, left: one.fills.filter(isLeft).map(({ word }) => word) }));
      if (filler === undefined) {
        return open.map(({ masked, left }) => {
          const usual = left.length > 0 ? usualWord(masked) : "";
          return new Map(left.map((word) => [word, matchCase(usual, masked.words[word]?.text ?? "")]));
        });
      }
      const asked = open.filter(({ left }) => left.length > 0);
      const filled = await filler.fill(asked.map((one) => withFills(one, one.left)));
      const texts = new Map(asked.map(({ masked }, i) => [masked, filled[i] ?? []]));
      return open.map(({ masked }) =>
        new Map((texts.get(masked) ?? []).map(({ word, text }) => [word, text]))
      );
    },
  };
}

function usualWord({ words, masked, letter }: MaskedLetter): string {
  const blanks = new Set(masked);
  const counts = new Map<string, number>();
  for (const [i, { text }] of words.entries()) {
    const small = text.toLowerCase();
    if (!blanks.has(i) && isAlphabetic(small)) counts.set(small, (counts.get(small) ?? 0) + 1);
  }
  let [best, most] = ["", 0];
  for (const [word, count] of counts) {
    if (count > most || (count === most && word < best)) [best, most] = [word, count];
  }
  if (most > 0) return best;
  throw new Error(
    `letter ${letter.id}: no word is left to fill ${LEFT_BLANK} with. Name a model that fills it.`,
  );
}

/** The letter with what was written, of which what was left is masked. */
function withFills({ masked, fills }: FillsOf, left: readonly number[]): MaskedLetter {
  const texts = new Map(fills.map((fill) => [fill.word, isLeft(fill) ? LEFT_BLANK : fill.text]));
  let shift = 0;
  const words = masked.words.map((word, i) => {
    const text = texts.get(i) ?? word.text;
    const start = word.start + shift;
    shift += text.length - (word.end - word.start);
    return { ...word, start, end: start + text.length, text };
  });
  const replacements = masked.masked.flatMap((i) => {
    const word = masked.words[i];
    return word ? [{ start: word.start, end: word.end, text: texts.get(i) ?? word.text }] : [];
  });
  return { ...masked, letter: splice({ ...masked.letter, spans: [] }, replacements), words, masked: left };
}
