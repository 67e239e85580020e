/** Choosing by chance. @module */

import type { Random } from "../../random.ts";

/**
 * One of a list.
 *
 * @throws {Error} where the list is empty
 *
 * @example
 * ```ts
 * import { random } from "../../random.ts";
 * import { pick } from "./choice.ts";
 * import { equal } from "node:assert/strict";
 * equal(pick(random(1), ["only"]), "only");
 * ```
 */
export function pick<T>(chance: Random, list: readonly T[]): T {
  const one = list[chance.below(list.length)];
  if (one === undefined) throw new Error("nothing to choose from: the list is empty. Add to it.");
  return one;
}

/** One of some, each as likely as its weight says. */
export function weighted<T>(chance: Random, choices: readonly (readonly [weight: number, value: T])[]): T {
  let left = chance.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of choices) if ((left -= weight) < 0) return value;
  return pick(chance, choices)[1];
}

/**
 * A form filled by chance: `9` is a digit, `8` one from 1 to 9, `A` a capital, `a` a small letter, `X` a capital or a digit; other characters stay,
 * and so does what stands in quotation marks.
 *
 * @example
 * ```ts
 * import { random } from "../../random.ts";
 * import { formed } from "./choice.ts";
 * import { match } from "node:assert/strict";
 * match(formed(random(1), '"MR"-8999A'), /^MR-[1-9]\d{3}[A-Z]$/);
 * ```
 */
export function formed(chance: Random, form: string): string {
  return form.replace(/"([^"]*)"|[98AaX]/g, (mark, kept?: string) => {
    if (kept !== undefined) return kept;
    if (mark === "9") return String(chance.below(10));
    if (mark === "8") return String(1 + chance.below(9));
    if (mark === "a") return pick(chance, [..."abcdefghijklmnopqrstuvwxyz"]);
    if (mark === "A") return pick(chance, CAPITALS);
    return chance.next() < 0.5 ? pick(chance, CAPITALS) : String(chance.below(10));
  });
}

const CAPITALS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
