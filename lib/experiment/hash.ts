/** Names for contents. @module */

import { createHash } from "node:crypto";

/** A value that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * SHA-256 of bytes, or of a text's UTF-8, in hexadecimal.
 *
 * @example
 * ```ts
 * import { sha256 } from "./hash.ts";
 * import { equal } from "node:assert/strict";
 * equal(sha256("").slice(0, 8), "e3b0c442");
 * ```
 */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

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
