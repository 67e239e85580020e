/** How often a model wrote back the very word that was masked. @module */

import { fillsOf, type Metric, type ScoredFill } from "./metric.ts";

/**
 * The share of fills that equal the masked word but for case (compared in Unicode lower case, after NFC).
 * 0 for a letter without fills.
 *
 * @example
 * ```ts
 * import { copyRate } from "./copy_rate.ts";
 * import { equal } from "node:assert/strict";
 * equal(copyRate([{ original: "Pain", text: "pain" }, { original: "mild", text: "severe" }]), 0.5);
 * ```
 */
export function copyRate(fills: readonly Pick<ScoredFill, "original" | "text">[]): number {
  const folded = (word: string) => word.normalize("NFC").toLowerCase();
  return fills.filter((fill) => folded(fill.original) === folded(fill.text)).length /
    Math.max(fills.length, 1);
}

/** `copyRate` of each letter; lower is better, since a copied word is one that did not change. */
export const copyRateMetric: Metric = {
  name: "copy-rate",
  title: "Copied words",
  higherIsBetter: false,
  range: [0, 1],
  signature: () => "copy-rate|case:folded|v1",
  score: (pairs) => ({ values: Float64Array.from(pairs, (pair) => copyRate(fillsOf(pair, "copy-rate"))) }),
};
