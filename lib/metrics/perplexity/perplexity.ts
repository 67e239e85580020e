/** Perplexity and pseudo-perplexity of letters. @module */

import type { Metric, Resources } from "../metric.ts";
import type { LanguageModel } from "./language_model.ts";

/** A model that reads from left to right, or one that sees both sides of a gap. */
export type LanguageModelKind = "causal" | "masked";

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
  let sum = 0;
  for (let i = 0; i < losses.length; i++) sum += losses[i] ?? NaN;
  return Math.exp(sum / losses.length);
}

/**
 * Perplexity of the candidate as a metric: `perplexity` with a causal language model, `pseudo-perplexity` with a masked one. A
 * letter without a piece to judge has no value. The number of all letters together counts each piece once.
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
export function perplexityMetric(kind: LanguageModelKind): Metric {
  const { name, title, of } = KINDS[kind];
  const modelOf = (resources: Resources): LanguageModel => {
    const model = of(resources);
    if (model !== undefined) return model;
    throw new Error(`${name}: needs a ${kind} language model, got none. Name the folder of one.`);
  };
  const signatureOf = (resources: Resources) => `${name}|model:${modelOf(resources).signature}|v1`;
  return {
    name,
    title,
    higherIsBetter: false,
    needsLanguageModel: kind,
    range: [1, Infinity],
    signature: signatureOf,
    async score(pairs, resources) {
      const model = modelOf(resources);
      const values = new Float64Array(pairs.length).fill(NaN);
      const unscored = new Map<number, string>();
      let [nats, pieces] = [0, 0];
      for (const [i, { candidate }] of pairs.entries()) {
        const losses = await model.losses(candidate);
        if (losses.length === 0) {
          unscored.set(i, kind === "causal" ? "fewer than two pieces" : "no piece");
          continue;
        }
        values[i] = perplexityOf(losses);
        nats = losses.reduce((sum, loss) => sum + loss, nats);
        pieces += losses.length;
      }
      return {
        values,
        ...unscored.size > 0 && { unscored },
        ...pieces > 0 && {
          corpus: { value: Math.exp(nats / pieces), signature: `${signatureOf(resources)}|corpus` },
        },
      };
    },
  };
}
