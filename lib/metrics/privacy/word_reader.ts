/** Words as privacy metrics compare them: what a reader would call the same word has the same number. @module */

import { extendHash, HASH_START, Vocabulary } from "../words/vocabulary.ts";

/** Scripts written without blanks: each of their characters is a word. */
const unspaced =
  "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}";
/** Format characters are seen by nobody; the zero width space alone parts words. */
const invisible = "[\\p{Cf}--\\u200B]";
const anyWord = new RegExp(`[[\\p{L}\\p{M}\\p{N}${invisible}]--[${unspaced}]]+`, "vy");
const unspacedWord = new RegExp(`[[\\p{L}\\p{N}]&&[${unspaced}]][\\p{M}${invisible}]*`, "vy");
const invisibles = new RegExp(invisible, "gv");
const visible = /[\p{L}\p{N}]/u;

/** Whether a UTF-16 code unit is an ASCII letter or digit. */
const PLAIN = Uint8Array.from(
  { length: 128 },
  (_, unit) => /[A-Za-z0-9]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

const PLAIN_TEXT = /^\p{ASCII}*$/u;
/** Small letters that one capital may stand for. */
const SAME: Readonly<Record<string, string>> = { "ß": "ss", "ς": "σ", "ı": "i", "i\u0307": "i" };

/**
 * A text as it is compared: capitals as small letters, compatible characters as one (NFKC: a full-width digit is a digit, a
 * ligature its letters, a letter and its combining accent one character), without characters that nobody sees. Letters that
 * share a capital are one: `ß` is `ss`, a final `ς` is `σ`, a dotless `ı` is `i`.
 *
 * @example
 * ```ts
 * import { fold } from "./word_reader.ts";
 * import { equal } from "node:assert/strict";
 * equal(fold("Jose\u0301 \uFF11\uFF12 O\u00ADSEI"), "jos\u00E9 12 osei");
 * ```
 */
export function fold(text: string): string {
  const small = text.normalize("NFKC").replace(invisibles, "").toLowerCase().normalize("NFC");
  return PLAIN_TEXT.test(small) ? small : small.replace(/[ßςıi]\u0307?/g, (letter) => SAME[letter] ?? letter);
}

/**
 * Gives every distinct word a number, 0, 1, 2… in the order of first sight. A word is a run of letters, digits and combining
 * marks, compared as {@linkcode fold} gives it; in scripts written without blanks (Han, kana, Thai, …) each character is a
 * word. Punctuation parts words and is none.
 *
 * @example
 * ```ts
 * import { WordReader } from "./word_reader.ts";
 * import { deepEqual } from "node:assert/strict";
 * const reader = new WordReader();
 * const found: [string, number][] = [];
 * const text = "Dr. Åsa, DR ÅSA 王伟";
 * reader.read(text, (number, start, end) => found.push([text.slice(start, end), number]));
 * deepEqual(found, [["Dr", 0], ["Åsa", 1], ["DR", 0], ["ÅSA", 1], ["王", 2], ["伟", 3]]);
 * ```
 */
export class WordReader {
  readonly #vocabulary = new Vocabulary();

  /** How many distinct words were read. */
  get size(): number {
    return this.#vocabulary.size;
  }

  /** The word of a number, as it is compared. */
  word(number: number): string {
    return this.#vocabulary.word(number);
  }

  /** Visits the words of a text in order, with their offsets in UTF-16 code units. */
  read(text: string, visit: (number: number, start: number, end: number) => void): void {
    const { length } = text;
    for (let at = 0; at < length;) {
      const start = at;
      let unit = text.charCodeAt(at);
      if (unit < 128) {
        if (PLAIN[unit] === 0) {
          at++;
          continue;
        }
        let hash = HASH_START;
        do {
          hash = extendHash(hash, unit | 32); // a small letter for a capital, a digit as it is
          unit = ++at < length ? text.charCodeAt(at) : 0;
        } while (unit < 128 && PLAIN[unit] === 1);
        if (unit < 128) {
          visit(this.#vocabulary.folded(hash, text, start, at), start, at);
          continue;
        }
      }
      at = this.#other(text, start, visit);
    }
  }

  /** A word with a character beyond ASCII, or one such character that belongs to no word; gives where it ends. */
  #other(text: string, start: number, visit: (number: number, start: number, end: number) => void): number {
    for (const pattern of [anyWord, unspacedWord]) {
      pattern.lastIndex = start;
      if (!pattern.test(text)) continue;
      const end = pattern.lastIndex;
      const word = text.slice(start, end);
      if (visible.test(word)) visit(this.#vocabulary.exact(fold(word)), start, end);
      return end;
    }
    return start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  }
}
