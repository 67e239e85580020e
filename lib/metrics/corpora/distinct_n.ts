/** How varied the wording of a corpus is. @module */

import { NgramTable } from "./ngram_table.ts";

/**
 * distinct-n: different n-grams over all n-grams of a corpus, 1 where none comes twice. It falls as a corpus grows, so that
 * only corpora of about one size compare. NaN where no text has n words.
 *
 * Source: J. Li et al., "A diversity-promoting objective function for neural conversation models", NAACL 2016.
 *
 * @example
 * ```ts
 * import { distinctN } from "./distinct_n.ts";
 * import { equal } from "node:assert/strict";
 * equal(distinctN(["no fever no cough"], 1), 3 / 4);
 * ```
 */
export function distinctN(texts: Iterable<string>, n: number): number {
  const counts = new NgramTable(n).counts(texts);
  return counts.length / counts.reduce((sum, count) => sum + count, 0);
}
