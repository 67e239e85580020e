/** How often a model wrote back the very word that was masked. @module */

import { fillRates } from "./fill_rates.ts";
import type { Metric, ScoredFill } from "./metric.ts";

/**
 * The share of fills that equal the masked word but for case (compared in Unicode lower case, after NFC).
 *
 * @throws {Error} when there is no fill
 *
 * @example
 * ```ts
 * import { copyRate } from "./copy_rate.ts";
 * import { equal } from "node:assert/strict";
 * equal(copyRate([{ original: "Pain", text: "pain" }, { original: "mild", text: "severe" }]), 0.5);
 * ```
 */
export function copyRate(fills: readonly Pick<ScoredFill, "original" | "text">[]): number {
  if (fills.length === 0) throw new Error("copy rate: no fill. Give at least one.");
  const folded = (word: string) => word.normalize("NFC").toLowerCase();
  return fills.filter((fill) => folded(fill.original) === folded(fill.text)).length / fills.length;
}

/**
 * `copyRate` of each letter; lower is better, since a copied word is one that did not change. A letter without masked words
 * has none.
 *
 * @example
 * ```ts
 * import { copyRateMetric } from "./copy_rate.ts";
 * import { equal } from "node:assert/strict";
 * equal(copyRateMetric.signature({}), "copy-rate|case:folded|v2");
 * ```
 */
export const copyRateMetric: Metric = {
  name: "copy-rate",
  title: "Copied words",
  higherIsBetter: false,
  range: [0, 1],
  signature: () => "copy-rate|case:folded|v2",
  score: (pairs) => fillRates(pairs, "copy-rate", copyRate),
};
