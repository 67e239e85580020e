/** Perplexity and pseudo-perplexity of letters. @module */

import { checkWhole } from "../../check_whole.ts";
import type { Metric, Resources } from "../metric.ts";
import type { LanguageModel } from "./language_model.ts";

/** A model that reads from left to right, or one that sees both sides of a gap. */
export type LanguageModelKind = "causal" | "masked";

/** How perplexity is told. */
export interface PerplexityOptions {
  /** The mean loss of a piece, −ln p, in place of e to it: ratios of perplexities become differences. */
  readonly nats?: boolean;
  /** Of masked models, which judge one piece at a time: only each so many-th piece; default 1, all. */
  readonly every?: number;
}

const KINDS = {
  causal: { name: "perplexity", title: "perplexity", of: ({ causalLM }: Resources) => causalLM },
  masked: {
    name: "pseudo-perplexity",
    title: "pseudo-perplexity",
    of: ({ maskedLM }: Resources) => maskedLM,
  },
} as const;

/**
 * The perplexity of a text whose pieces have the given losses: e to their mean, the number of pieces among which the model is
 * as unsure, on average, as if all were alike.
 *
 * @param losses −ln p of each piece
 * @throws {Error} where there is none
 *
 * @example
 * ```ts
 * import { perplexityOf } from "./perplexity.ts";
 * import { equal } from "node:assert/strict";
 * equal(perplexityOf([Math.log(4), Math.log(9)]).toFixed(12), "6.000000000000");
 * ```
 */
export function perplexityOf(losses: ArrayLike<number>): number {
  if (losses.length === 0) throw new Error("perplexity: no piece. Give a text that the model can judge.");
  return Math.exp(meanOf(losses));
}

function meanOf(losses: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < losses.length; i++) sum += losses[i] ?? NaN;
  return sum / losses.length;
}

/**
 * Perplexity of the candidate as a metric: `perplexity` with a causal language model, `pseudo-perplexity` with a masked one. A
 * letter without a piece to judge has no value. The number of all letters together counts each piece once.
 *
 * @throws {Error} when `every` is no whole number of 1 or more
 *
 * @example
 * ```ts
 * import { perplexityMetric } from "./perplexity.ts";
 * import { equal } from "node:assert/strict";
 * const causalLM = { signature: "coin", losses: (text: string) => Promise.resolve(new Float64Array(text.length).fill(Math.log(2))) };
 * const pairs = ["ab", ""].map((candidate, i) => ({ id: `${i}`, reference: "", candidate }));
 * const { values, unscored } = await perplexityMetric("causal").score(pairs, { causalLM });
 * equal(values[0], 2);
 * equal(unscored?.get(1), "fewer than two pieces");
 * ```
 */
export function perplexityMetric(kind: LanguageModelKind, options: PerplexityOptions = {}): Metric {
  const { nats: inNats = false, every = 1 } = options;
  const { name: family, title, of } = KINDS[kind];
  checkWhole(`${family}: every`, every);
  const words = [...every > 1 ? [`every=${every}`] : [], ...inNats ? ["nats"] : []];
  const name = [family, ...words].join("-");
  const told = (meanLoss: number) => inNats ? meanLoss : Math.exp(meanLoss);
  const modelOf = (resources: Resources): LanguageModel => {
    const model = of(resources);
    if (model !== undefined) return model;
    throw new Error(`${name}: needs a ${kind} language model, got none. Name the folder of one.`);
  };
  const signatureOf = (resources: Resources) =>
    [family, `model:${modelOf(resources).signature}`, ...words.map((word) => word.replace("=", ":")), "v1"]
      .join("|");
  return {
    name,
    title: [inNats ? `${title}, nats a piece` : title, ...every > 1 ? [`every ${every}th piece`] : []].join(
      ", ",
    ),
    higherIsBetter: false,
    needsLanguageModel: kind,
    range: [inNats ? 0 : 1, Infinity],
    signature: signatureOf,
    async score(pairs, resources) {
      const model = modelOf(resources);
      const values = new Float64Array(pairs.length).fill(NaN);
      const unscored = new Map<number, string>();
      let [nats, pieces] = [0, 0];
      for (const [i, { candidate }] of pairs.entries()) {
        const losses = await model.losses(candidate, every);
        if (losses.length === 0) {
          unscored.set(i, kind === "causal" ? "fewer than two pieces" : "no piece");
          continue;
        }
        values[i] = told(meanOf(losses));
        nats = losses.reduce((sum, loss) => sum + loss, nats);
        pieces += losses.length;
      }
      return {
        values,
        ...unscored.size > 0 && { unscored },
        ...pieces > 0 && {
          corpus: { value: told(nats / pieces), signature: `${signatureOf(resources)}|corpus` },
        },
      };
    },
  };
}
