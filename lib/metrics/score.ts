/** Scoring a corpus: one value a letter a metric. @module */

import type { Metric, Pair, Resources, Scores } from "./metric.ts";
import { metricNamed } from "./registry.ts";

/**
 * The chosen metrics of each letter, in the order asked for. Nothing is averaged here: intervals and tests need the
 * values of the letters.
 *
 * @param metrics Names from the registry, or metrics made with options of their own.
 * @throws {Error} for an unknown name, two letters of one id, or a metric that lacks what it needs.
 *
 * @example
 * ```ts
 * import { score } from "./score.ts";
 * import { equal } from "node:assert/strict";
 * const pairs = [{ id: "cardio-07", reference: "no chest pain", candidate: "no back pain" }];
 * const [rougeL] = await score(pairs, ["rougeL"]);
 * equal(rougeL?.values[0], 2 / 3);
 * equal(rougeL?.signature, "rougeL|stem:no|tok:rouge_score|v1");
 * ```
 */
export async function score(
  pairs: readonly Pair[],
  metrics: readonly (string | Metric)[],
  resources: Resources = {},
): Promise<Scores[]> {
  const ids = pairs.map((pair) => pair.id);
  if (new Set(ids).size < ids.length) {
    const twice = ids.find((id, i) => ids.indexOf(id) < i);
    throw new Error(`score: letter id ${twice} comes twice. Score one seed or variant at a time.`);
  }
  const chosen = metrics.map((metric) => typeof metric === "string" ? metricNamed(metric) : metric);
  const scores: Scores[] = [];
  for (const metric of chosen) {
    const signature = metric.signature(resources, pairs);
    scores.push({ metric: metric.name, signature, ids, ...await metric.score(pairs, resources) });
  }
  return scores;
}
