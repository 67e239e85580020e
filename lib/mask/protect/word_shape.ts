/** What words are made of, as far as protection rules ask: a byte of flags a word. @module */

import type { Word } from "../../text/words.ts";

/** Letters only, with their combining marks, as `isAlphabetic()` tells. */
export const ALPHABETIC = 1;
export const DIGIT = 2;
export const CAPITAL = 4;
/** Holds a small letter, or one in title case. */
export const SMALL = 8;
/** Begins with a small letter. */
export const BEGINS_SMALL = 16;

const [LETTER, MARK, NUMBER, UPPER, LOWER, TITLE, KNOWN] = [1, 2, 4, 8, 16, 32, 128] as const;

/** What is known of the characters of the Basic Multilingual Plane that were met so far; 0 for the others. */
const met = new Uint8Array(0x10000);

function classOf(character: string): number {
  return KNOWN |
    (/\p{L}/u.test(character) ? LETTER : 0) |
    (/\p{M}/u.test(character) ? MARK : 0) |
    (/\p{N}/u.test(character) ? NUMBER : 0) |
    (/\p{Lu}/u.test(character) ? UPPER : 0) |
    (/\p{Ll}/u.test(character) ? LOWER : 0) |
    (/\p{Lt}/u.test(character) ? TITLE : 0);
}

/** The flags of each word. */
export function wordShapes(words: readonly Word[]): Uint8Array {
  const shapes = new Uint8Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word !== undefined) shapes[i] = shapeOf(word.text);
  }
  return shapes;
}

function shapeOf(text: string): number {
  let [some, every, first] = [0, LETTER | MARK, 0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let found = met[unit] ?? 0;
    if (found === 0) {
      const code = text.codePointAt(i) ?? unit;
      found = classOf(String.fromCodePoint(code));
      if (code > 0xffff) i++;
      else met[unit] = found;
    }
    if (i === 0 || first === 0) first = found;
    some |= found;
    if ((found & every) === 0) every = 0;
  }
  return (every !== 0 && (first & LETTER) !== 0 ? ALPHABETIC : 0) |
    ((some & NUMBER) !== 0 ? DIGIT : 0) |
    ((some & UPPER) !== 0 ? CAPITAL : 0) |
    ((some & (LOWER | TITLE)) !== 0 ? SMALL : 0) |
    ((first & LOWER) !== 0 ? BEGINS_SMALL : 0);
}
