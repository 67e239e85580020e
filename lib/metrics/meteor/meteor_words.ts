/** How METEOR cuts texts into words. @module */

import { isPythonSpace } from "../words/python_spaces.ts";
import { extendHash, HASH_START, type Vocabulary } from "../words/vocabulary.ts";

/**
 * NLTK's METEOR takes words, and leaves the cutting to its caller. `whitespace`: what blanks separate, punctuation
 * included, as Python's `str.split()`. `wordpunct`: runs of letters, digits and underscores, and runs of other characters,
 * as NLTK's `wordpunct_tokenize`.
 */
export const METEOR_TOKENIZERS = ["whitespace", "wordpunct"] as const;
export type MeteorTokenizer = typeof METEOR_TOKENIZERS[number];

const [BLANK, WORD, OTHER] = [0, 1, 2];
/**
 * What NLTK's `\w` and `\s` match: those of Unicode, which it takes from the `regex` package, not of Python's `re`. Of
 * characters that are new in Unicode the two may know different ones.
 */
const WORD_CHARACTER = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;
const WHITE_SPACE = /\p{White_Space}/u;

/** The kinds of characters that a tokenizer tells apart: a word is a run of one kind that is not blank. */
function kindOf(character: number, tokenizer: MeteorTokenizer): number {
  if (tokenizer === "whitespace") return character <= 0xffff && isPythonSpace(character) ? BLANK : OTHER;
  const text = String.fromCodePoint(character);
  return WHITE_SPACE.test(text) ? BLANK : WORD_CHARACTER.test(text) ? WORD : OTHER;
}

const ASCII = Array.from({ length: 128 }, (_, unit) => unit);
const ASCII_KINDS: Readonly<Record<MeteorTokenizer, Uint8Array>> = {
  whitespace: Uint8Array.from(ASCII, (unit) => kindOf(unit, "whitespace")),
  wordpunct: Uint8Array.from(ASCII, (unit) => kindOf(unit, "wordpunct")),
};
const SMALL = Uint8Array.from(ASCII, (unit) => String.fromCharCode(unit).toLowerCase().charCodeAt(0));

/**
 * The numbers that a vocabulary gives to the words of a text in lower case, in order.
 *
 * @example
 * ```ts
 * import { meteorWords } from "./meteor_words.ts";
 * import { Vocabulary } from "../words/vocabulary.ts";
 * import { deepEqual } from "node:assert/strict";
 * const vocabulary = new Vocabulary();
 * const words = meteorWords("Isn't 2.5 mg?!", "wordpunct", vocabulary).map((number) => vocabulary.word(number));
 * deepEqual(words, ["isn", "'", "t", "2", ".", "5", "mg", "?!"]);
 * ```
 */
export function meteorWords(text: string, tokenizer: MeteorTokenizer, vocabulary: Vocabulary): number[] {
  const kinds = ASCII_KINDS[tokenizer];
  const { length } = text;
  const words: number[] = [];
  for (let i = 0; i < length;) {
    const start = i;
    let unit = text.charCodeAt(i);
    // Below, i < length, and an ASCII character is below 128.
    const kind = unit < 128 ? kinds[unit]! : kindOf(text.codePointAt(i)!, tokenizer);
    if (kind === BLANK) {
      i++; // every blank is one code unit
      continue;
    }
    let hash = HASH_START;
    while (unit < 128 && kinds[unit] === kind) {
      hash = extendHash(hash, SMALL[unit]!);
      if (++i === length) break;
      unit = text.charCodeAt(i);
    }
    if (unit < 128) words.push(vocabulary.folded(hash, text, start, i));
    else {
      while (i < length && kindOf(text.codePointAt(i)!, tokenizer) === kind) {
        i += text.codePointAt(i)! > 0xffff ? 2 : 1;
      }
      // By the word, not by the text: what a capital sigma becomes in lower case depends on what is around it.
      words.push(vocabulary.exact(text.slice(start, i).toLowerCase()));
    }
  }
  return words;
}
