/** Names met once are names wherever they stand. @module */

import { stopwords } from "../../text/stopwords.ts";
import { notNames } from "./name_words.ts";
import type { Found } from "./rule.ts";

const nameKinds: ReadonlySet<string> = new Set(["PATIENT", "CLINICIAN", "PERSON"]);

/** Further places of the words of names that were found, each of three letters or more and with a capital. */
export function repeatedNames(text: string, found: readonly Found[]): Found[] {
  const kinds = new Map<string, Found["label"]>();
  for (const { start, end, label } of found) {
    if (!nameKinds.has(label)) continue;
    for (const [word] of text.slice(start, end).matchAll(/\p{Lu}\p{L}+(?:['’-]\p{L}+)*/gu)) {
      const lower = word.toLowerCase();
      if (word.length < 3 || notNames.has(word) || stopwords("en").has(lower) || stopwords("es").has(lower)) {
        continue;
      }
      if (!kinds.has(word)) kinds.set(word, label);
    }
  }
  const again: Found[] = [];
  if (kinds.size === 0) return again;
  for (const { 0: word, index } of text.matchAll(/\p{Lu}\p{L}{2,}(?:['’-]\p{L}+)*/gu)) {
    const bare = word.replace(/['’]s$/u, "");
    const label = kinds.get(word) ?? kinds.get(bare);
    if (label !== undefined) {
      again.push({ start: index, end: index + (kinds.has(word) ? word : bare).length, label });
    }
  }
  return again;
}
