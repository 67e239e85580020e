/** The least a model must beat: the same word everywhere. @module */
import type { Letter } from "../corpus/letter.ts";
import { isAlphabetic } from "../text/alphabetic.ts";
import { words } from "../text/words.ts";
import { crossFit } from "./cross_fit.ts";
import type { Filler } from "./filler.ts";
import { matchCase } from "./match_case.ts";

/**
 * Fills every blank with the most frequent alphabetic word, whatever its case, of the letters in other folds than the letter's own;
 * of words as frequent, the first by code unit.
 *
 * @throws Error as {@linkcode crossFit} does, and when the training letters hold no word.
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { frequentWord } from "./frequent_word.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["Well now.", "The cat saw the dog."].map((text, i) => ({ id: `${i}`, text, spans: [], meta: { fold: `${i}` } }));
 * const [fills] = await frequentWord(corpus).fill(mask(corpus, { strategy: "random", ratio: 1, seed: 42 }));
 * equal(fills?.map(({ text }) => text).join(" "), "The the");
 * ```
 */
export function frequentWord(corpus: readonly Letter[]): Filler {
  const model = crossFit(corpus, mostFrequent);
  return {
    name: "frequent-word",
    fill: (masked, progress) =>
      Promise.try(() =>
        masked.map(({ letter, words, masked: indices }, done) => {
          const raw = model(letter);
          const fills = indices.map((word) => ({
            word,
            text: matchCase(raw, words[word]?.text ?? ""),
            raw,
            valid: true,
          }));
          progress?.(done + 1, masked.length);
          return fills;
        })
      ),
  };
}

function mostFrequent(letters: readonly Letter[]): string {
  const counts = new Map<string, number>();
  for (const { text } of letters.flatMap(({ text }) => words(text))) {
    const word = text.toLowerCase();
    if (isAlphabetic(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  let best: string | undefined;
  for (const [word, count] of counts) {
    const most = counts.get(best ?? "") ?? 0;
    if (best === undefined || count > most || (count === most && word < best)) best = word;
  }
  if (best === undefined) {
    throw new Error("the training letters hold no alphabetic word. Train on other letters.");
  }
  return best;
}
