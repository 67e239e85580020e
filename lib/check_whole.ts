/** A check that many options need. @module */

/**
 * Checks that an option is a whole number.
 *
 * @throws {Error} in one line with the option, its value and what may be chosen
 *
 * @example
 * ```ts
 * import { checkWhole } from "./check_whole.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => checkWhole("workers", 0), { message: "workers 0: choose a whole number of 1 or more." });
 * ```
 */
export function checkWhole(option: string, value: number, least = 1): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new Error(`${option} ${value}: choose a whole number of ${least} or more.`);
}
