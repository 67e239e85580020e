/** Letters as the key of a stored result names them. @module */

import type { Letter } from "../../corpus/letter.ts";
import { sha256 } from "../../sha256.ts";

/**
 * The hash of letters' texts: what depends on nothing else of them is computed once, whatever their spans.
 *
 * @example
 * ```ts
 * import { textHash } from "./text_hash.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "She was well.", spans: [], meta: {} };
 * equal(textHash([letter]), textHash([{ ...letter, id: "b" }]));
 * ```
 */
export function textHash(letters: readonly Letter[]): string {
  return sha256(JSON.stringify(letters.map(({ text }) => text)));
}

/**
 * The hash of letters with what is marked in them.
 *
 * @example
 * ```ts
 * import { annotatedHash } from "./text_hash.ts";
 * import { notEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "She was well.", spans: [], meta: {} };
 * const marked = { ...letter, spans: [{ start: 0, end: 3, label: "PATIENT" }] };
 * notEqual(annotatedHash([letter]), annotatedHash([marked]));
 * ```
 */
export function annotatedHash(letters: readonly Letter[]): string {
  return sha256(JSON.stringify(letters.map(({ id, text, spans }) => [id, text, spans])));
}
