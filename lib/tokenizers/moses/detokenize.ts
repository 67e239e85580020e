/** Moses's English detokenizer. @module */

import { CURRENCY, EAST_ASIAN, JOINING_LETTER, SPACE } from "./characters.ts";
import { ESCAPES, wordsOf } from "./tokenize.ts";

const OLD_ESCAPES = [["|", "&bar;"], ["[", "&bra;"], ["]", "&ket;"]] as const;
/** The ampersand comes last. */
const UNESCAPES = [...OLD_ESCAPES, ...ESCAPES.toReversed()] as const;

const EAST_ASIAN_START = new RegExp(`^[${EAST_ASIAN}]`, "v");
const EAST_ASIAN_END = new RegExp(`[${EAST_ASIAN}]$`, "v");
const OPENING = new RegExp(`^[${CURRENCY}\\(\\[\\{¿¡]+$`, "v");
const CLOSING = /^[,.?!:;\\%}\])]+$/;
const CONTRACTION = new RegExp(`^'[${JOINING_LETTER}]`, "v");
const QUOTE = /^['"„“`]+$/;

/**
 * English text from words as {@linkcode mosesTokenize} gives them (Koehn et al. 2007, `detokenizer.perl`): marks go to the word that they
 * belong to, quotes by turns to the right and to the left.
 *
 * @example
 * ```ts
 * import { mosesDetokenize } from "./detokenize.ts";
 * import { equal } from "node:assert/strict";
 * equal(mosesDetokenize(["Who", "&apos;s", "non", "@-@", "drug", "(", "x", ")", "?"]), "Who's non-drug (x)?");
 * ```
 */
export function mosesDetokenize(words: readonly string[]): string {
  let whole = ` ${words.join(" ")} `.replaceAll(" @-@ ", "-");
  for (const [character, escape] of UNESCAPES) whole = whole.replaceAll(escape, character);
  const tokens = wordsOf(whole);
  const quotes = new Map<string, number>();
  let [text, space] = ["", " "];
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1] ?? "";
    const put = (left: string, right: string) => {
      text += left + token;
      space = right;
    };
    if (EAST_ASIAN_START.test(token)) {
      put(EAST_ASIAN_END.test(before) ? "" : space, " ");
    } else if (OPENING.test(token)) {
      put(space, "");
    } else if (CLOSING.test(token)) {
      put("", " ");
    } else if (i > 0 && CONTRACTION.test(token)) {
      put("", " ");
    } else if (QUOTE.test(token)) {
      const quote = /^[„“]+$/.test(token) ? '"' : token;
      const count = quotes.get(quote) ?? 0;
      const possessive = token === "'" && before.endsWith("s");
      if (count % 2 === 0 && possessive) {
        put("", " ");
      } else {
        put(count % 2 === 0 ? space : "", count % 2 === 0 ? "" : " ");
        quotes.set(quote, count + 1);
      }
    } else {
      put(space, " ");
    }
  }
  return text.replace(/ {2,}/g, " ").replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gv"), "");
}
