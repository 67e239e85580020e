/** Filling blanks with a masked language model, all in one pass. @module */
import type { MaskedLetter } from "../mask/mask.ts";
import { isAlphabetic } from "../text/alphabetic.ts";
import type { Fill, Filler } from "./filler.ts";
import type { MaskedLanguageModel } from "./masked_language_model.ts";
import { matchCase } from "./match_case.ts";
import { inBatches, type LetterWindow, windowsOf } from "./windows.ts";

/** How an encoder is run, which does not change what it writes. */
export interface EncoderOptions {
  /** The most tokens given to the model at once, padding included; a single longer window still goes. Left out: 4,096. */
  readonly tokensPerBatch?: number;
}

/**
 * Fills as Synthetic4Health does with encoder-only models (arXiv 2409.09501): one mask a word, every mask of a window in one pass,
 * arg-max; but the arg-max is over whole words of letters, so that no fill is a word's tail, a number or a mark. What the free
 * arg-max would have been is kept in `raw`.
 *
 * A window holds as many whole sentences as the model takes. Windows of like length go to the model together, which saves padding.
 *
 * @throws Error when `tokensPerBatch` is no positive whole number, one word is longer than the model's input, or the model gives
 * another number of answers than it was asked for.
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { encoder } from "./encoder.ts";
 * import { equal } from "node:assert/strict";
 * const model = {
 *   ...{ name: "always-well", maxLength: 8, maskId: 0, clsId: 1, sepId: 2, padId: 3 },
 *   pieces: () => [4],
 *   piece: () => "well",
 *   best: (windows: readonly { masked: readonly number[] }[]) =>
 *     Promise.resolve(windows.map(({ masked }) => masked.map(() => ({ raw: 4, word: 4 })))),
 * };
 * const letter = { id: "a", text: "Feels fine today.", spans: [], meta: {} };
 * const [fills] = await encoder(model).fill(mask([letter], { strategy: "random", ratio: 1, seed: 42 }));
 * equal(fills?.map(({ text }) => text).join(" "), "Well well well");
 * ```
 */
export function encoder(model: MaskedLanguageModel, { tokensPerBatch = 4096 }: EncoderOptions = {}): Filler {
  if (!Number.isInteger(tokensPerBatch) || tokensPerBatch < 1) {
    throw new Error(`tokensPerBatch ${tokensPerBatch}: choose a whole number of 1 or more.`);
  }
  return {
    name: model.name,
    async fill(letters, progress) {
      const pieces = remembered((word) => model.pieces(word));
      const windows = letters.flatMap((letter, index) => windowsOf(letter, index, model, pieces));
      const left = letters.map(() => 0); // windows still to do, by letter
      for (const { letter } of windows) left[letter] = (left[letter] ?? 0) + 1;
      let done = left.filter((count) => count === 0).length;
      const fills = letters.map((): Fill[] => []);
      for (const batch of inBatches(windows, tokensPerBatch)) {
        const answers = await model.best(batch);
        if (answers.length !== batch.length) {
          throw mismatch(model.name, "windows", answers.length, batch.length);
        }
        for (const [row, window] of batch.entries()) {
          const best = answers[row] ?? [];
          if (best.length !== window.masked.length) {
            throw mismatch(model.name, "masks", best.length, window.masked.length);
          }
          const masked = letters[window.letter];
          for (const [i, { raw, word }] of best.entries()) {
            fills[window.letter]?.push(fillOf(masked, window, i, model.piece(raw), model.piece(word)));
          }
          const rest = (left[window.letter] ?? 0) - 1;
          left[window.letter] = rest;
          if (rest === 0) done++;
        }
        progress?.(done, letters.length);
      }
      return fills.map((ofLetter) => ofLetter.sort((a, b) => a.word - b.word));
    },
  };
}

function fillOf(
  masked: MaskedLetter | undefined,
  window: LetterWindow,
  i: number,
  raw: string,
  text: string,
): Fill {
  const word = window.words[i] ?? -1;
  return { word, text: matchCase(text, masked?.words[word]?.text ?? ""), raw, valid: isAlphabetic(raw) };
}

function mismatch(name: string, what: string, given: number, asked: number): Error {
  return new Error(
    `model ${name} answered for ${given} ${what}, asked were ${asked}. Mend the model's best().`,
  );
}

function remembered(pieces: (word: string) => number[]): (word: string) => number[] {
  const known = new Map<string, number[]>();
  return (word) => {
    let found = known.get(word);
    if (found === undefined) known.set(word, found = pieces(word));
    return found;
  };
}
