/** The letters of a kind: originals, and what is made of them. @module */

import type { Letter } from "../../corpus/letter.ts";
import type { Steps } from "../../experiment/steps.ts";
import { filledLetters } from "../../fill/fill.ts";
import type { MaskedLetter } from "../../mask/mask.ts";
import { rewrite } from "../../mask/rewrite.ts";
import { random } from "../../random.ts";
import type { Making } from "./trainings.ts";

/** The share of the words of a class that is masked: what the paper took for its experiment on taggers. */
export const RATIO = 0.3;

const SEED = 42;

/**
 * All letters as a kind of making has them, each with the id of its original, and its spans at their new offsets. Which words are masked
 * follows from the strategy and the draw alone, so that blanks, dropped words and fills are of the same words.
 *
 * @throws {Error} as masking and filling do
 *
 * @example See downstream_ner_test.ts.
 */
export async function lettersOf(
  making: Making,
  corpus: readonly Letter[],
  { mask, fill, unfilled }: Pick<Steps, "mask" | "fill" | "unfilled">,
): Promise<Letter[]> {
  if (making.how === "original") return [...corpus];
  const { model, strategy, draw } = making.how === "filled"
    ? making
    : { model: "encoder-clinical", strategy: "random", draw: 0 };
  const masked = mask(corpus, { ...maskOptions(strategy), seed: SEED + draw });
  if (making.how === "masked") return unfilled(masked);
  if (making.how === "dropped") return masked.map((one) => bare(withoutMasked(one)));
  const filled = await fill(masked, { model });
  if (making.how === "filled") return filled.map(bare);
  const dealt = filled.map(({ id, fills }) => {
    const words = random(`${SEED}/shuffled/${id}`).shuffle(fills.map(({ text }) => text));
    return fills.map((one, i) => ({ ...one, text: words[i] ?? one.text }));
  });
  return filledLetters(masked, dealt).map(bare);
}

function maskOptions(strategy: string) {
  switch (strategy) {
    case "random":
    case "stopwords":
    case "nouns":
    case "verbs":
      return { strategy, ratio: RATIO } as const;
    default:
      throw new Error(`no strategy "${strategy}" here. There are random, stopwords, nouns, verbs.`);
  }
}

function bare({ id, text, spans, meta }: Letter): Letter {
  return { id, text, spans, meta };
}

/**
 * The letter without its masked words.
 *
 * @example
 * ```ts
 * import { mask } from "../../mask/mask.ts";
 * import { withoutMasked } from "./kinds.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "Takes aspirin.", spans: [{ start: 6, end: 13, label: "DRUG" }], meta: {} };
 * const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
 * equal(masked && withoutMasked(masked).spans[0]?.start, 1);
 * ```
 */
export function withoutMasked(masked: MaskedLetter): Letter {
  return rewrite(masked, () => "");
}
