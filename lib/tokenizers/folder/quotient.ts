/** Numbers as Python's tokenizers read them from JSON. @module */

/**
 * A number as serde_json reads its shortest decimal form: all digits as one whole number, divided by a power of ten. Beyond 15 digits both
 * are rounded, so that the result can be the next number to the one that was written. Two ways to cut a word that have the same pieces in
 * another order differ by as little, and which of them wins hangs on it.
 *
 * @example
 * ```ts
 * import { readAsQuotient } from "./quotient.ts";
 * import { equal } from "node:assert/strict";
 * equal(readAsQuotient(-8.25), -8.25);
 * equal(readAsQuotient(-2.8183477528793914), -2.818347752879391); // the next number
 * ```
 */
export function readAsQuotient(value: number): number {
  const [, sign = "", whole = "0", fraction = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(`${value}`) ?? [];
  const exponent = Number(power) - fraction.length;
  const digits = Number(whole + fraction);
  const size = exponent < 0 ? digits / Number(`1e${-exponent}`) : digits * Number(`1e${exponent}`);
  return sign === "-" ? -size : size;
}
