/** Which words of a letter are identifying data. @module */

import type { Letter } from "../corpus/letter.ts";
import type { PhiFinder } from "../phi/finder.ts";
import { type PhiKind, phiKindOf } from "../phi/labels.ts";
import { phiRules } from "../phi/rules.ts";
import type { Word } from "../text/words.ts";
import { indicesWithin } from "./protect/rule.ts";

/** Tells for each word of a letter what kind of identifying data it is part of, if any. */
type PhiOfWords = (letter: Letter, words: readonly Word[]) => (PhiKind | undefined)[];

/** What tells a letter's identifying words, as `MaskOptions.phi` asks for them; nothing where it asks for none. */
export function phiOfWords(source: "gold" | "rules" | "all" | PhiFinder | undefined): PhiOfWords | undefined {
  if (source === undefined) return undefined;
  const finder = source === "gold" ? undefined : typeof source === "string" ? phiRules : source;
  const gold = source === "gold" || source === "all";
  return (letter, words) => {
    const kinds = words.map((): PhiKind | undefined => undefined);
    const clinical = letter.spans.filter(({ label }) => phiKindOf(label) === undefined);
    const kept = new Set(indicesWithin(words, clinical));
    for (const found of finder?.find(letter) ?? []) {
      for (const index of indicesOf(words, found.start, found.end)) {
        if (!kept.has(index)) kinds[index] = found.label;
      }
    }
    for (const { start, end, label } of gold ? letter.spans : []) {
      const kind = phiKindOf(label);
      if (kind === undefined) continue;
      for (const index of indicesOf(words, start, end)) kinds[index] = kind;
    }
    return kinds;
  };
}

/** The words that share a character with `[start, end)`, by bisection. */
function indicesOf(words: readonly Word[], start: number, end: number): number[] {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.end ?? Infinity) <= start) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let i = low; (words[i]?.start ?? Infinity) < end; i++) found.push(i);
  return found;
}
