/** Writing a fill as the word it replaces was written. @module */

/**
 * The fill in the case of the original: small letters, a capital first, or all capitals (of two letters at least). Where the original
 * follows none of these, as in `mRNA`, and in scripts without case, the fill stays as it is. No locale plays a part.
 *
 * @example
 * ```ts
 * import { matchCase } from "./match_case.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["well", "Well", "WELL"].map((original) => matchCase("stable", original)), ["stable", "Stable", "STABLE"]);
 * ```
 */
export function matchCase(fill: string, original: string): string {
  const [lower, upper] = [original.toLowerCase(), original.toUpperCase()];
  if (lower === upper) return fill;
  if (original === lower) return fill.toLowerCase();
  if (original === capitalised(original)) return capitalised(fill);
  if (original === upper) return fill.toUpperCase();
  return fill;
}

function capitalised(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("").toLowerCase();
}
