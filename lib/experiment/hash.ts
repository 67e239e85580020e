/** Values as texts that are equal where the values are. @module */

/** A value that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A value as JSON with sorted keys, so that equal values are equal texts.
 *
 * @example
 * ```ts
 * import { canonical } from "./hash.ts";
 * import { equal } from "node:assert/strict";
 * equal(canonical({ b: 1, a: [true, null] }), '{"a":[true,null],"b":1}');
 * ```
 */
export function canonical(value: Json): string {
  return JSON.stringify(
    value,
    (_, item: unknown) =>
      typeof item === "object" && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => a < b ? -1 : 1))
        : item,
  );
}
