/** Entropy: how evenly a text uses its words or characters. @module */

/**
 * The Shannon entropy, in bits, of the distribution of items: -Σ p log2 p, where p is an item's share of all. 0 for items
 * that are all the same, log2 of their number for items that are all different.
 *
 * Source: C. E. Shannon, "A mathematical theory of communication", Bell System Technical Journal 27, 1948.
 *
 * @throws {Error} when there is no item
 *
 * @example
 * ```ts
 * import { entropy } from "./entropy.ts";
 * import { equal } from "node:assert/strict";
 * equal(entropy(["no", "pain", "no", "gain"]), 1.5);
 * equal(entropy("aabb"), 1);
 * ```
 */
export function entropy(items: Iterable<string>): number {
  const counts = new Map<string, number>();
  let total = 0;
  for (const item of items) {
    counts.set(item, (counts.get(item) ?? 0) + 1);
    total++;
  }
  if (total === 0) throw new Error("entropy: no item. Give at least one.");
  let sum = 0;
  for (const count of counts.values()) sum += count * Math.log2(count);
  // Σ p log2 p = (Σ c log2 c) / n - log2 n; rounding must not give less than 0.
  return Math.max(0, Math.log2(total) - sum / total);
}
