/** The name that somebody probably meant. @module */

/**
 * The name at the least edit distance (insertions, deletions and substitutions of code units); the first of several.
 *
 * @example
 * ```ts
 * import { nearestName } from "./nearest_name.ts";
 * import { equal } from "node:assert/strict";
 * equal(nearestName("tokens", ["seqeval", "token"]), "token");
 * ```
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const distances = names.map((other) => editDistance(name, other));
  return names[distances.indexOf(Math.min(...distances))];
}

function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1); // rows have b.length + 1 places
      row.push(Math.min(change, above[j]! + 1, row[j - 1]! + 1)); // as above
    }
    above = row;
  }
  return above[b.length]!; // as above
}
