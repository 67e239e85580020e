/** The filters of sampled texts. @module */

import { copies } from "./filters/copies.ts";
import type { Filter } from "./filters/filter.ts";
import { length } from "./filters/length.ts";
import { repetition } from "./filters/repetition.ts";
import { unfinished } from "./filters/unfinished.ts";

/** All filters, in the order in which they are asked: a text counts for the first that leaves it out. */
export const FILTERS: readonly Filter[] = [length, unfinished, repetition, copies];

/**
 * The filters of these names, in the order in which they are asked.
 *
 * @throws {Error} naming the one that is not known
 *
 * @example
 * ```ts
 * import { filtersNamed } from "./filters.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * deepEqual(filtersNamed(["copies", "length"]).map(({ name }) => name), ["length", "copies"]);
 * throws(() => filtersNamed(["lenght"]), /unknown filter "lenght"/);
 * ```
 */
export function filtersNamed(names: readonly string[]): Filter[] {
  const known = FILTERS.map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new Error(`unknown filter "${wrong}". Known: ${known.join(", ")}.`);
  }
  return FILTERS.filter(({ name }) => names.includes(name));
}
