/** Choosing the words of letters that a model shall write anew. @module */
import type { Letter } from "../corpus/letter.ts";
import { words as wordsOf } from "../text/words.ts";
import { contextOf } from "./context.ts";
import type { MaskedLetter } from "./masked_letter.ts";
import { checkOptions, type MaskOptions } from "./options.ts";
import { phiOfWords } from "./phi_words.ts";
import { cutsPair, type PieceMask, piecesOf } from "./pieces.ts";
import { protector } from "./protect/protect.ts";
import { choose } from "./strategies/choose.ts";
import { wordFrequencies } from "./strategies/rarest.ts";

export type { MaskedLetter } from "./masked_letter.ts";
export { type MaskOptions, type StrategyName, strategyNames } from "./options.ts";

/** Masks one letter. */
export type Masker = (letter: Letter) => MaskedLetter;

/**
 * Masks `floor(n × ratio)` of the `n` words of each letter that are not protected and are of the strategy's kind.
 *
 * Which ones depends on the seed and the letter's id alone (with `rarest` and no frequencies given, on all letters). With the other
 * options equal, the words masked at a ratio are among those masked at any higher one, so that runs along the ratio differ in nothing
 * else; `authors` is the exception, as the paper's authors draw.
 *
 * @throws Error when a strategy, class, rule or language is unknown, a ratio is not within [0, 1], another option is missing or bad, or a
 *   span of a letter cuts a surrogate pair
 *
 * @example
 * ```ts
 * import { mask } from "./mask.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "He was well on the ward.", spans: [], meta: {} };
 * const [masked] = mask([letter], { strategy: "random", ratio: 0.5, seed: 42 });
 * equal(masked?.masked.length, 3);
 * const [hybrid] = mask([letter], { strategy: "hybrid", ratios: { nouns: 1, stopwords: 0.5 }, seed: 42 });
 * equal(hybrid?.masked.length, 3); // "ward" and two of "He", "was", "on", "the"
 * ```
 */
export function mask(letters: readonly Letter[], options: MaskOptions): MaskedLetter[] {
  const known = options.strategy === "rarest" && options.frequencies === undefined
    ? { ...options, frequencies: wordFrequencies(letters) }
    : options;
  return letters.map(masker(known));
}

/**
 * What masks letters one by one, as they come from a stream. The options are checked here, once.
 *
 * @throws Error as `mask()`; and where `rarest` is not told the words' frequencies, which one letter does not tell
 *
 * @example
 * ```ts
 * import { masker } from "./mask.ts";
 * import { equal } from "node:assert/strict";
 * const stopwords = masker({ strategy: "stopwords", ratio: 1, seed: 42 });
 * equal(stopwords({ id: "a", text: "Paciente con dolor de rodilla", spans: [], meta: {} }).masked.length, 2);
 * ```
 */
export function masker(options: MaskOptions): Masker {
  checkOptions(options);
  if (options.strategy === "rarest" && options.frequencies === undefined) {
    throw new Error(`strategy "rarest" needs the words' frequencies. Count them with wordFrequencies().`);
  }
  const protects = protector(options);
  const findPhi = phiOfWords(options.phi);
  return (letter) => {
    checkSpans(letter);
    const words = wordsOf(letter.text);
    const phi = findPhi?.(letter, words);
    const rules = protects(letter, words);
    const heldBy = phi === undefined
      ? rules
      : rules.map((held, index) => phi[index] === undefined ? held : []);
    const always = phi === undefined ? [] : indicesOf(phi, (kind) => kind !== undefined);
    const maskable = indicesOf(heldBy, (held, index) => held.length === 0 && phi?.[index] === undefined);
    const drawn: PieceMask[] = [];
    const chosen = new Uint8Array(words.length);
    for (const index of choose(contextOf(letter, words, maskable, options, drawn), options)) {
      chosen[index] = 1;
    }
    for (const index of always) chosen[index] = 1;
    const masked = indicesOf(chosen, (one) => one === 1);
    const masks = masksOf({ words, masked }, always, drawn, options);
    return {
      letter,
      words,
      protectedBy: heldBy.map((held) => held[0]),
      heldBy,
      ...phi && { phi },
      masked,
      ...masks && { masks },
    };
  };
}

/** The masks where they are pieces: those drawn singly and all of the words masked in any case, or all of the masked words. */
function masksOf(
  { words, masked }: Pick<MaskedLetter, "words" | "masked">,
  always: readonly number[],
  drawn: readonly PieceMask[],
  options: MaskOptions,
): PieceMask[] | undefined {
  if (options.pieces === undefined) return undefined;
  if ("unit" in options && options.unit === "piece") {
    return [...drawn, ...piecesOf(always, words, options.pieces)].sort((a, b) => a.start - b.start);
  }
  return options.count === "piece" ? piecesOf(masked, words, options.pieces) : undefined;
}

function indicesOf<T>(values: ArrayLike<T>, test: (value: T, index: number) => boolean): number[] {
  const found: number[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value !== undefined && test(value, index)) found.push(index);
  }
  return found;
}

function checkSpans({ id, text, spans }: Letter): void {
  for (const { start, end, label } of spans) {
    if (!cutsPair(text, start) && !cutsPair(text, end)) continue;
    throw new Error(
      `letter ${id}: span ${label} [${start}, ${end}) cuts a surrogate pair. Give its offsets in UTF-16 code units.`,
    );
  }
}
