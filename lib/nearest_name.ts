/** What a user may have meant. @module */

/**
 * The known name that takes the fewest insertions, deletions and replacements of characters to become, case left aside; of
 * several the first.
 *
 * Source: R. A. Wagner, M. J. Fischer, "The string-to-string correction problem", Journal of the ACM 21(1), 1974.
 *
 * @throws {Error} when no name is known
 *
 * @example
 * ```ts
 * import { nearestName } from "./nearest_name.ts";
 * import { equal } from "node:assert/strict";
 * equal(nearestName("Rouge-L", ["rouge1", "rougeL", "bleu"]), "rougeL");
 * ```
 */
export function nearestName(name: string, known: readonly string[]): string {
  const [first, ...others] = known.map((one) => ({
    one,
    away: edits(name.toLowerCase(), one.toLowerCase()),
  }));
  if (first === undefined) throw new Error(`no name is near "${name}": none is known.`);
  return others.reduce((best, other) => other.away < best.away ? other : best, first).one;
}

/**
 * Checks a name.
 *
 * @throws Error with the nearest name and all there are
 *
 * @example
 * ```ts
 * import { knownName } from "./nearest_name.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => knownName("filter", "coppy", ["copy", "phi"]), { message: 'unknown filter "coppy". Did you mean "copy"? Known are copy, phi.' });
 * ```
 */
export function knownName(what: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new Error(
    `unknown ${what} "${name}". Did you mean "${nearestName(name, names)}"? Known are ${names.join(", ")}.`,
  );
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      // A row is one longer than b.
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!; // the last of a row
}
