/** Options that are numbers. @module */

import { InvalidArgumentError } from "commander";

/** What an option's number may be; both ends belong to it. */
export interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

/**
 * What reads the argument of an option that takes a whole number, written in digits; the sign may stand before them where numbers
 * below 0 are allowed.
 *
 * @param bounds by default 0 or more; without a lower bound where `least` is -Infinity
 * @returns for commander, which tells the user what it throws: InvalidArgumentError, and exit code 2
 *
 * @example
 * ```ts
 * import { wholeNumber } from "./number_options.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(wholeNumber()("12"), 12);
 * throws(() => wholeNumber({ least: 1 })("0"), /Choose a whole number of 1 or more\./);
 * throws(() => wholeNumber({ least: 1, most: 255 })("256"), /Choose a whole number from 1 to 255\./);
 * ```
 */
export function wholeNumber({ least = 0, most = Infinity }: Bounds = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const whole = /^\s*[+-]?\d+\s*$/.test(text) && Number.isSafeInteger(value);
    if (whole && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Choose a whole number${within(least, most)}.`);
  };
}

/**
 * The same for a share, which may have a fraction.
 *
 * @param bounds by default from 0 to 1
 *
 * @example
 * ```ts
 * import { share } from "./number_options.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(share()("0.25"), 0.25);
 * throws(() => share({ most: 0.9 })("1"), /Choose a number from 0 to 0\.9\./);
 * throws(() => share()(""), /Choose a number from 0 to 1\./);
 * ```
 */
export function share({ least = 0, most = 1 }: Bounds = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Choose a number${within(least, most)}.`);
  };
}

/**
 * The same for a number above 0, which may have a fraction.
 *
 * @param bounds `most` is the greatest; by default there is none
 *
 * @example
 * ```ts
 * import { positive } from "./number_options.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(positive()("1.5"), 1.5);
 * throws(() => positive({ most: 1 })("0"), /Choose a number above 0, at most 1\./);
 * ```
 */
export function positive({ most = Infinity }: Pick<Bounds, "most"> = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value > 0 && value <= most && Number.isFinite(value)) return value;
    throw new InvalidArgumentError(
      `Choose a number above 0${Number.isFinite(most) ? `, at most ${most}` : ""}.`,
    );
  };
}

function within(least: number, most: number): string {
  if (Number.isFinite(most)) return ` from ${least} to ${most}`;
  return Number.isFinite(least) ? ` of ${least} or more` : "";
}
