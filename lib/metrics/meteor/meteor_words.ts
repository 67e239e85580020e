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

/** By ASCII character, its kind times 128 plus the character itself, a small letter for a capital; 0 for blanks. */
function codesOf(tokenizer: MeteorTokenizer): Uint16Array {
  return Uint16Array.from({ length: 128 }, (_, unit) => {
    const kind = kindOf(unit, tokenizer);
    return kind === BLANK ? 0 : 128 * kind + String.fromCharCode(unit).toLowerCase().charCodeAt(0);
  });
}

const CODES: Readonly<Record<MeteorTokenizer, Uint16Array>> = {
  whitespace: codesOf("whitespace"),
  wordpunct: codesOf("wordpunct"),
};

/**
 * Writes the numbers that a vocabulary gives to the words of a text in lower case, in order; gives how many there are.
 *
 * @param numbers must have a place for each character
 *
 * @example
 * ```ts
 * import { readMeteorWords } from "./meteor_words.ts";
 * import { Vocabulary } from "../words/vocabulary.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [vocabulary, numbers] = [new Vocabulary(), new Int32Array(14)];
 * const count = readMeteorWords("Isn't 2.5 mg?!", "wordpunct", vocabulary, numbers);
 * const words = Array.from(numbers.subarray(0, count), (number) => vocabulary.word(number));
 * deepEqual(words, ["isn", "'", "t", "2", ".", "5", "mg", "?!"]);
 * ```
 */
export function readMeteorWords(
  text: string,
  tokenizer: MeteorTokenizer,
  vocabulary: Vocabulary,
  numbers: Int32Array,
): number {
  const codes = CODES[tokenizer];
  const { length } = text;
  let count = 0;
  for (let i = 0; i < length;) {
    const start = i;
    let unit = text.charCodeAt(i);
    let code = unit < 128 ? codes[unit]! : 128 * kindOf(text.codePointAt(i)!, tokenizer); // i < length
    const kind = code >> 7;
    if (kind === BLANK) {
      i++; // every blank is one code unit
      continue;
    }
    let hash = HASH_START;
    while (unit < 128 && code >> 7 === kind) {
      hash = extendHash(hash, code & 127);
      if (++i === length) break;
      unit = text.charCodeAt(i);
      if (unit < 128) code = codes[unit]!;
    }
    if (unit < 128) numbers[count++] = vocabulary.folded(hash, text, start, i);
    else {
      while (i < length && kindOf(text.codePointAt(i)!, tokenizer) === kind) {
        i += text.codePointAt(i)! > 0xffff ? 2 : 1;
      }
      // By the word, not by the text: what a capital sigma becomes in lower case depends on what is around it.
      numbers[count++] = vocabulary.exact(text.slice(start, i).toLowerCase());
    }
  }
  return count;
}
