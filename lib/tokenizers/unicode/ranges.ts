/** Sets of code points. @module */

/**
 * The body of a character class for ranges of code points in hexadecimal, as `"41-5a 5f"`.
 *
 * @example
 * ```ts
 * import { classOf } from "./ranges.ts";
 * import { equal } from "node:assert/strict";
 * equal(new RegExp(`^[${classOf("41-43 5f")}]$`, "v").test("B"), true);
 * ```
 */
export function classOf(ranges: string): string {
  return ranges.split(" ").map((range) => range.replace(/[0-9a-f]+/g, "\\u{$&}")).join("");
}
