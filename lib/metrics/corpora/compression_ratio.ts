/** How much of a corpus repeats what it said before. @module */

import { gzipSync } from "node:zlib";

/**
 * The bytes of a corpus in UTF-8, a line end behind every text, over the bytes that gzip at level 9 leaves of it: the higher,
 * the more repetitive. gzip looks back over 32 kB, so that it is repetition at a short distance that counts. NaN without a
 * text.
 *
 * Source: C. Shaib et al., "Standardizing the measurement of text diversity: a tool and a comparative analysis of scores",
 * 2024.
 *
 * @example
 * ```ts
 * import { compressionRatio } from "./compression_ratio.ts";
 * import { ok } from "node:assert/strict";
 * const same = Array.from({ length: 50 }, () => "no chest pain");
 * ok(compressionRatio(same) > 10 * compressionRatio(["no chest pain"]));
 * ```
 */
export function compressionRatio(texts: Iterable<string>): number {
  const bytes = new TextEncoder().encode(Array.from(texts, (text) => `${text}\n`).join(""));
  return bytes.length === 0 ? NaN : bytes.length / gzipSync(bytes, { level: 9 }).length;
}
