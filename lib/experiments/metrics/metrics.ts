/** How far do the metrics agree, and what do they notice? @module */

import type { Letter } from "../../corpus/letter.ts";
import { experiment } from "../../experiment/experiment.ts";
import type { Scores } from "../../metrics/metric.ts";
import { perturbed } from "./perturb/perturbed.ts";

/** Those that compare with the original letter: 1, or 100, for the letter itself. */
export const similarityMetrics = [
  "rouge1",
  "rouge2",
  "rougeL",
  "bleu",
  "chrf",
  "meteor",
  "bertscore",
] as const;

/** Those that read one text alone. */
export const textMetrics = ["flesch-reading-ease", "dale-chall", "subjectivity", "word-entropy", "mattr"];

/** Words masked and written anew by a model: what the metrics are there to judge. */
export const filled = "filled";

/** Done to a share of a letter's words. */
export const gradedEdits = [filled, "masked", "deleted", "swapped", "negated", "re-cased"] as const;

/** Done once in a letter, one word for one word; each changes what the letter tells. */
export const sharpEdits = ["negation flipped", "dose changed", "side changed"] as const;

/** Done once in a letter, one word for one word; the letter tells the same. */
export const harmlessEdit = "reworded";

/** The shares, and one place alone. */
export const amounts = ["one", 0.05, 0.1, 0.2, 0.4] as const;

/** Which fills the blanks. */
const model = "encoder-clinical";

/**
 * Letters are changed in ways whose effect on the meaning is known, and every metric compares them with what they were. What is
 * decided by it is declared in `primary_claim.ts`.
 */
export const metricsExperiment = experiment({
  name: "metrics",
  module: import.meta.url,
  question: "How far do the metrics agree, and what do they notice?",
  factors: {
    edit: [...gradedEdits, ...sharpEdits, harmlessEdit],
    amount: amounts,
    seed: [42, 43, 44],
  },
  without: [
    { edit: gradedEdits, amount: ["one"] },
    { edit: [...sharpEdits, harmlessEdit], amount: [0.05, 0.1, 0.2, 0.4] },
  ],
  quick: { letters: 24, factors: { seed: [42] } },
  compare: "edit",
  run: async ({ corpus, edit, amount, seed }, { mask, fill, score }) => {
    if (edit !== filled) {
      const candidates = perturbed(corpus, { kind: edit, amount, seed });
      const metrics = [...similarityMetrics, ...textMetrics];
      return overAll(corpus, await score(corpus, candidates, metrics), `no place to be ${edit}`);
    }
    if (amount === "one") throw new Error("filled: one word alone is not filled. Leave the cell out.");
    const masked = mask(corpus, { strategy: "random", ratio: amount, seed });
    const candidates = await fill(masked, { model });
    return await score(corpus, candidates, [...similarityMetrics, ...textMetrics]);
  },
  claims: [],
});

/**
 * Scores of some letters as scores of all of them, the others unscored for a reason.
 *
 * @example
 * ```ts
 * import { overAll } from "./metrics.ts";
 * import { deepEqual } from "node:assert/strict";
 * const corpus = ["a", "b"].map((id) => ({ id, text: "", spans: [], meta: {} }));
 * const scores = [{ metric: "rougeL", signature: "", ids: ["b"], values: Float64Array.of(1) }];
 * const [all] = overAll(corpus, scores, "no dose");
 * deepEqual([all?.ids, [...all?.values ?? []], [...all?.unscored ?? []]], [["a", "b"], [NaN, 1], [[0, "no dose"]]]);
 * ```
 */
export function overAll(corpus: readonly Letter[], scores: readonly Scores[], reason: string): Scores[] {
  return scores.map(({ metric, signature, ids, values, unscored }) => {
    const places = new Map(ids.map((id, i) => [id, i]));
    const why = new Map(corpus.flatMap(({ id }, i) => {
      const place = places.get(id);
      const said = place === undefined ? reason : unscored?.get(place);
      return said === undefined ? [] : [[i, said] as const];
    }));
    return {
      ...{ metric, signature, ids: corpus.map(({ id }) => id) },
      values: Float64Array.from(corpus, ({ id }) => values[places.get(id) ?? -1] ?? NaN),
      ...why.size > 0 && { unscored: why },
    };
  });
}
