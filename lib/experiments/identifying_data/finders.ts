/** The finders that are measured, by name. @module */

import { nearestName } from "../../nearest_name.ts";
import { type LettersFinder, openPhiFinder } from "../../phi/finders.ts";
import { FINDERS, type FinderSort } from "../../phi/tagger.ts";

/** The finders whose losses are measured. With `data/models/phi-english` trained, all of `FINDERS` can be. */
export const measuredFinders = ["rules"] as const satisfies readonly FinderSort[];

/**
 * A finder's name, checked.
 *
 * @throws {Error} with the nearest name, when there is none of that name
 *
 * @example
 * ```ts
 * import { finderSort } from "./finders.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => finderSort("rule"), /unknown finder "rule"\. The nearest is rules/);
 * ```
 */
export function finderSort(name: string): FinderSort {
  const found = FINDERS.find((one) => one === name);
  if (found) return found;
  throw new Error(`unknown finder "${name}". The nearest is ${nearestName(name, FINDERS)}.`);
}

/**
 * Opens a finder by its name; every age counts, as the gold spans mark them all.
 *
 * @throws {Error} as {@linkcode finderSort}; and where the tagger is not there
 *
 * @example
 * ```ts
 * import { finderNamed } from "./finders.ts";
 * import { equal } from "node:assert/strict";
 * await using finder = await finderNamed("rules");
 * equal(finder.name, "palimpsest-rules-1, all ages");
 * ```
 */
export async function finderNamed(name: string): Promise<LettersFinder> {
  return await openPhiFinder({ finder: finderSort(name), ages: "all" });
}
