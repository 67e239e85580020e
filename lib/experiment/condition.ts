/** Parts of a grid. @module */

import type { Level } from "./experiment.ts";

/** Which cells are meant: those with these levels. */
export type Condition = Readonly<Record<string, Level | undefined>>;

/**
 * A condition in words.
 *
 * @example
 * ```ts
 * import { inWords } from "./condition.ts";
 * import { equal } from "node:assert/strict";
 * equal(inWords({ model: "trigram", ratio: 0.5 }), "model trigram, ratio 0.5");
 * ```
 */
export function inWords(condition: Condition): string {
  return Object.entries(condition).map(([factor, level]) => `${factor} ${level}`).join(", ");
}

/**
 * A condition as an option of the command line.
 *
 * @example
 * ```ts
 * import { asOption } from "./condition.ts";
 * import { equal } from "node:assert/strict";
 * equal(asOption({ model: "masked text", ratio: 0.5 }), "'model=masked text,ratio=0.5'");
 * ```
 */
export function asOption(condition: Condition): string {
  const option = Object.entries(condition).map(([factor, level]) => `${factor}=${level}`).join(",");
  return /^[\w.,=:+-]*$/.test(option) ? option : `'${option}'`;
}
