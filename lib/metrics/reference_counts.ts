/** How many references letters have, as signatures say it. @module */

import { type Pair, referencesOf } from "./metric.ts";

/**
 * The number of references of every pair, `var` where they differ; 1 where there are no pairs yet.
 *
 * @example
 * ```ts
 * import { referenceCounts } from "./reference_counts.ts";
 * import { equal } from "node:assert/strict";
 * equal(referenceCounts([{ id: "1", reference: ["no pain", "painless"], candidate: "pain" }]), "2");
 * ```
 */
export function referenceCounts(pairs: readonly Pair[]): string {
  const counts = new Set(pairs.map((pair) => referencesOf(pair).length));
  return counts.size > 1 ? "var" : String([...counts][0] ?? 1);
}
