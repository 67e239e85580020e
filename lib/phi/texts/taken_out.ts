/** Texts that somebody has de-identified before. @module */

import type { Random } from "../../random.ts";
import { pick } from "./choice.ts";
import type { Segment } from "./segments.ts";

const MARKS = ["---", "---", "-----", "XXX", "[***]", "[REDACTED]", "<NAME>"];
const SHARE = 0.8; // nobody finds everything

/**
 * The text with marks in place of most of what identifies, one sort of mark a text: nobody is there any more, and what stands around a
 * mark names nobody either.
 *
 * @example
 * ```ts
 * import { random } from "../../random.ts";
 * import { takenOut } from "./taken_out.ts";
 * import { match } from "node:assert/strict";
 * const some = Array.from({ length: 9 }, () => ({ text: "Ann", label: "PATIENT" as const }));
 * match(JSON.stringify(takenOut(some, random("a"))), /\{"text":"[^A]/);
 * ```
 */
export function takenOut(segments: readonly Segment[], chance: Random): Segment[] {
  const mark = pick(chance, MARKS);
  return segments.map((segment) =>
    segment.label !== undefined && chance.next() < SHARE ? { text: mark } : segment
  );
}
