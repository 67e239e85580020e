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
  const firsts = new Set([...kinds.keys()].map((word) => word.charCodeAt(0)));
  for (const { 0: word, index } of text.matchAll(/\p{Lu}\p{L}{2,}(?:['’-]\p{L}+)*/gu)) {
    if (!firsts.has(word.charCodeAt(0))) continue; // most words are no names, and to look one up takes longer
    const whole = kinds.get(word);
    const genitive = whole === undefined && word.endsWith("s") && "'’".includes(word.at(-2) ?? " ");
    const label = genitive ? kinds.get(word.slice(0, -2)) : whole;
    if (label !== undefined) {
      again.push({ start: index, end: index + word.length - (genitive ? 2 : 0), label });
    }
  }
  return again;
}
