/** Hashes for tables and sketches, not for secrets. @module */

/**
 * FNV-1a over a text's UTF-16 code units, 32 bits (G. Fowler, L. C. Noll, K.-P. Vo).
 *
 * @example
 * ```ts
 * import { fnv1a } from "./hash.ts";
 * import { equal } from "node:assert/strict";
 * equal(fnv1a("a"), 0xe40c292c);
 * ```
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * The finaliser of MurmurHash3 (A. Appleby): every bit of a 32-bit number depends on every bit.
 *
 * @example
 * ```ts
 * import { mixed } from "./hash.ts";
 * import { equal } from "node:assert/strict";
 * equal(mixed(1), 0x514e28b7);
 * ```
 */
export function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
