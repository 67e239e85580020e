/** Names for contents. @module */

import { createHash } from "node:crypto";

/**
 * SHA-256 of bytes, or of a text's UTF-8, in hexadecimal.
 *
 * @example
 * ```ts
 * import { sha256 } from "./sha256.ts";
 * import { equal } from "node:assert/strict";
 * equal(sha256("").slice(0, 8), "e3b0c442");
 * ```
 */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
