/** How far do the metrics agree, and what do they notice? @module */

import type { Letter } from "../../corpus/letter.ts";
import { experiment } from "../../experiment/experiment.ts";
import type { Scores } from "../../metrics/metric.ts";
import type { Amount } from "./perturb/change.ts";
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

/** Done once in a letter, one word for one word; the letter tells the same. The test is against this one. */
export const harmlessEdit = "reworded";

/** The same with a number in figures, which is one word piece for one: whatever stands behind it keeps its place in the encoder. */
export const evenHarmlessEdit = "in figures";

/** How many percent of the places where it can be done it is done at; 0 is one place alone. */
export const percents = [0, 5, 10, 20, 40] as const;

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
    edit: [...gradedEdits, ...sharpEdits, harmlessEdit, evenHarmlessEdit],
    percent: percents,
    seed: [42, 43],
  },
  without: [
    { edit: gradedEdits, percent: [0] },
    { edit: [...sharpEdits, harmlessEdit, evenHarmlessEdit], percent: [5, 10, 20, 40] },
  ],
  quick: { letters: 24, factors: { percent: [0, 5, 20, 40], seed: [42] } },
  compare: "edit",
  run: async ({ corpus, edit, percent, seed }, { mask, fill, score }) => {
    if (edit !== filled) {
      const candidates = perturbed(corpus, { kind: edit, amount: amountOf(percent), seed });
      const metrics = [...similarityMetrics, ...textMetrics];
      return overAll(corpus, await score(corpus, candidates, metrics), `no place to be ${edit}`);
    }
    const masked = mask(corpus, { strategy: "random", ratio: percent / 100, seed });
    const candidates = await fill(masked, { model });
    return await score(corpus, candidates, [...similarityMetrics, ...textMetrics]);
  },
  claims: [],
});

/**
 * How much is changed at a level of `percent`.
 *
 * @example
 * ```ts
 * import { amountOf } from "./metrics.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([0, 40].map(amountOf), ["one", 0.4]);
 * ```
 */
export function amountOf(percent: number): Amount {
  return percent === 0 ? "one" : percent / 100;
}

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
