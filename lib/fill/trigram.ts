/** A language model of the last century, as a baseline. @module */
import type { Letter } from "../corpus/letter.ts";
import type { MaskedLetter } from "../mask/mask.ts";
import { crossFit } from "./cross_fit.ts";
import type { Fill, Filler } from "./filler.ts";
import { matchCase } from "./match_case.ts";
import { contextOf, lineEnd, lineStarts, TrigramModel } from "./trigram_model.ts";

/**
 * Fills blanks from left to right with the guesses of a {@linkcode TrigramModel} of the letters in other folds than the letter's own.
 * A blank on the left counts as what was filled in; a blank on the right is not looked at. Lines are filled independently.
 *
 * @throws Error as {@linkcode crossFit} does, and when the training letters hold no word.
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { trigram } from "./trigram.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["Plan was made.", "She was well. He was well."].map((text, i) => (
 *   { id: `${i}`, text, spans: [], meta: { fold: `${i}` } }
 * ));
 * const [fills] = await trigram(corpus).fill(mask(corpus, { strategy: "random", ratio: 1, seed: 42 }));
 * equal(fills?.map(({ text }) => text).join(" "), "She was well");
 * ```
 */
export function trigram(corpus: readonly Letter[]): Filler {
  const model = crossFit(corpus, (letters) => new TrigramModel(letters));
  return {
    name: "trigram",
    fill: (masked, progress) =>
      Promise.try(() =>
        masked.map((letter, done) => {
          const fills = fillLetter(letter, model(letter.letter));
          progress?.(done + 1, masked.length);
          return fills;
        })
      ),
  };
}

function fillLetter({ letter, words, masked }: MaskedLetter, model: TrigramModel): Fill[] {
  const blanks = new Set(masked);
  const starts = lineStarts(letter.text, words);
  const fills: Fill[] = [];
  let [a, b] = [lineEnd, lineEnd];
  for (const [index, { text: original }] of words.entries()) {
    if (starts[index]) [a, b] = [lineEnd, lineEnd];
    let context = contextOf(original);
    if (blanks.has(index)) {
      const next = starts[index + 1] ? undefined : words[index + 1];
      const right = next === undefined ? lineEnd : blanks.has(index + 1) ? undefined : contextOf(next.text);
      const raw = model.guess(a, b, right);
      fills.push({ word: index, text: matchCase(raw, original), raw, valid: true });
      context = raw;
    }
    [a, b] = [b, context];
  }
  return fills;
}
