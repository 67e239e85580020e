/** Moses's tokenizer as a pre-tokenizer. @module */

import { z } from "zod";
import type { Aligned } from "../aligned.ts";
import { kind } from "../component.ts";
import { ESCAPES, mosesTokenize } from "../moses/tokenize.ts";
import type { PreTokenizer } from "./pre_tokenizer.ts";

/** The words of {@linkcode mosesTokenize}, for BioGPT. `tokenizer.json` has no such type. */
export const moses = kind("Moses", z.looseObject({}), (): PreTokenizer => ({
  cuts: "nowhere",
  split: (parts) => parts.flatMap((part) => aligned(part, mosesTokenize(part.text))),
}));

const UNESCAPED: ReadonlyMap<string, string> = new Map(
  ESCAPES.map(([character, escape]) => [escape, character]),
);
const ATOMS = /&(?:amp|lt|gt|apos|quot|#124|#91|#93);|[^]/gu;

/** The words with their ranges of the source: Moses adds spaces, escapes and `@`, drops control characters, and keeps the order. */
function aligned(source: Aligned, words: readonly string[]): Aligned[] {
  let at = 0;
  return words.map((word) => {
    const units: number[] = [];
    for (const [atom] of word === "@-@" ? [[word]] : word.matchAll(ATOMS)) {
      const character = word === "@-@" ? "-" : UNESCAPED.get(atom) ?? atom;
      const found = source.text.indexOf(character, at);
      // What is nowhere to be found, as a full stop spelt DOTMULTI in the text, lies where the text before it ends.
      const start = found < 0 ? Math.max(0, at - 1) : found;
      for (let i = 0; i < atom.length; i++) units.push(atom === character ? start + i : start);
      if (found >= 0) at = found + character.length;
    }
    return source.picked(word, units);
  });
}
