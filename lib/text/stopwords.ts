/** Words that carry grammar rather than content. @module */

import type { Language } from "./language.ts";

const read = new Map<Language, ReadonlySet<string>>();

/**
 * The stopwords of a language, in lower case: the lists of NLTK, which Synthetic4Health masks by. Parts of contractions (`don`, `t`,
 * `ll`) are entries of their own. `data/lexicons/README.md` says where the lists come from.
 *
 * @example
 * ```ts
 * import { stopwords } from "./stopwords.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["the", "pain", "más"].map((word) => stopwords("en").has(word)), [true, false, false]);
 * deepEqual(["the", "dolor", "más"].map((word) => stopwords("es").has(word)), [false, false, true]);
 * ```
 */
export function stopwords(language: Language): ReadonlySet<string> {
  const known = read.get(language);
  if (known !== undefined) return known;
  const file = new URL(`../../data/lexicons/stopwords-${language}.txt`, import.meta.url);
  const list = new Set(Deno.readTextFileSync(file).split("\n").filter((line) => line !== ""));
  read.set(language, list);
  return list;
}
