/** Fidelity letter by letter: how near is each synthetic letter to the real one that it was made from? @module */

import { scoreWithJudge } from "../metrics/judge.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { Measure, Section } from "./card.ts";
import { type CausalModel, NO_MODEL } from "./causal_model.ts";
import { meanReading, noReading, OVER_LETTERS } from "./estimates.ts";
import type { Candidate, Material } from "./material.ts";
import { measured, sectionOf } from "./measures.ts";
import type { ReportCardOptions } from "./options.ts";

/**
 * Why the letters of a corpus can't be compared with the real ones of their ids, where they can't.
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { whyUnpaired } from "./pairs.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `Letter ${id}.`, spans: [], meta: {} }));
 * const others = letters.map((letter, i) => ({ ...letter, id: `${i}` }));
 * const { synthetic: [same, other], language } = materialOf(letters, [{ name: "same", letters }, { name: "other", letters: others }], { seed: 42 });
 * equal(whyUnpaired(same!, language), undefined);
 * equal(whyUnpaired(other!, language), "fewer than two of its 4 letters have the id of a real one");
 * ```
 */
export function whyUnpaired({ pairs, letters, language }: Candidate, real: string): string | undefined {
  if (pairs.length < 2) return `fewer than two of its ${letters.length} letters have the id of a real one`;
  return language === real ? undefined : `its letters are ${language}, the real ones ${real}`;
}

/**
 * Scores each synthetic letter against the real one of its id. The holdout's letters, which were made from none, stand against real
 * ones at random: how near two letters about different people are.
 *
 * @throws {Error} for a metric that is not known, or a model that can't be opened
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { pairsSection } from "./pairs.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `Letter ${id}.`, spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const { measures } = await pairsSection(material, { metrics: ["rougeL"] });
 * equal(measures[0]?.synthetic[0]?.value, 1);
 * ```
 */
export async function pairsSection(
  material: Material,
  options: ReportCardOptions,
  causal: CausalModel = NO_MODEL,
): Promise<Section> {
  const { language, holdout, synthetic } = material;
  const { embeddings = true, judge, models, threads, long, precision, maskedLM } = options;
  const metrics = options.metrics ??
    [language === "en" ? "rougeL" : "rougeL-unicode", "bleu", "chrf", ...embeddings ? ["bertscore"] : []];
  const paired = [holdout, ...synthetic].filter((one) => whyUnpaired(one, language) === undefined);
  const pairs = paired.flatMap(({ name, pairs }) =>
    pairs.map(({ real, synthetic }) => ({
      id: JSON.stringify([name, synthetic.id]),
      reference: real.text,
      candidate: synthetic.text,
    }))
  );
  const scores = paired.length === 1 ? [] : await scoreWithJudge(pairs, metrics, {
    ...judge && { judge },
    ...models !== undefined && { models },
    ...threads !== undefined && { threads },
    ...long && { long },
    ...precision && { precision },
    ..."model" in causal && { causalLM: causal.model },
    ...maskedLM !== undefined && { maskedLM },
  });
  const measures: Measure[] = [];
  for (const [i, { metric, signature, values }] of scores.entries()) {
    const { title, higherIsBetter = true } = metricNamed(metric);
    let from = 0;
    const columns = new Map(
      paired.map(({ name, pairs }) => [name, values.subarray(from, from += pairs.length)]),
    );
    measures.push(
      await measured(material, {
        name: metric,
        title,
        better: higherIsBetter ? "higher" : "lower",
        signature: `${signature}|${OVER_LETTERS}`,
        ...(i === 0 || metric.startsWith("bertscore")) && { drawn: true },
      }, (candidate) => {
        const reason = whyUnpaired(candidate, language);
        return reason === undefined
          ? meanReading(candidate.name, columns.get(candidate.name) ?? [])
          : noReading(candidate.name, reason);
      }),
    );
  }
  const leftOut = scores.length > 0 ? [] : synthetic.map((candidate) => ({
    what: candidate.name,
    why: whyUnpaired(candidate, language) ?? "no metric was asked for",
  }));
  return sectionOf(
    {
      name: "pairs",
      title: "Fidelity, letter by letter",
      about:
        "Each synthetic letter against the real letter of its id. The real holdout has no such partner: its letters stand " +
        "against real ones at random, which tells how near two letters about different people are. A letter far above that tells of " +
        "the letter it was made from.",
    },
    measures,
    { leftOut },
  );
}
