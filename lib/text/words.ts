/** Words as BERT's tokenizer sees them before it cuts them into pieces. @module */

/** A word, `[start, end)` in UTF-16 code units of the text it stands in. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Punctuation as BERT counts it: Unicode's, and every ASCII character that is no letter, digit, blank or control. */
const punctuation = /^[\p{P}\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007E]/u;
/** The ideograph blocks that BERT sets apart: Extensions A to E and both compatibility blocks included, F and later not. */
const ideograph = new RegExp(
  "^[\\u4E00-\\u9FFF\\u3400-\\u4DBF\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B73F}" +
    "\\u{2B740}-\\u{2B81F}\\u{2B820}-\\u{2CEAF}\\uF900-\\uFAFF\\u{2F800}-\\u{2FA1F}]",
  "u",
);
/** What ends a word and belongs to none. BERT drops other control characters without ending the word. */
const blank = /^[\t\n\r\p{Z}]/u;
const invisible = /^[\p{C}\uFFFD]/u;

const [BLANK, ALONE, VISIBLE, INVISIBLE] = [1, 2, 3, 4] as const;
type Kind = typeof BLANK | typeof ALONE | typeof VISIBLE | typeof INVISIBLE;

function kindOf(character: string): Kind {
  if (blank.test(character)) return BLANK;
  if (punctuation.test(character) || ideograph.test(character)) {
    return invisible.test(character) ? BLANK : ALONE; // code points of the ideograph blocks that Unicode leaves empty
  }
  return invisible.test(character) ? INVISIBLE : VISIBLE;
}

/** Kinds of the Basic Multilingual Plane's characters that were met so far, 0 for the others. */
const met = new Uint8Array(0x10000);

/**
 * The words of a text, in order: runs of other characters between blanks, every punctuation mark and every CJK ideograph alone.
 * Characters that BERT drops (controls, U+FFFD) do not end a word, and a word of nothing else is left out.
 *
 * These are the borders of BERT's basic tokenizer, so that cutting each word into WordPieces alone and joining the results
 * gives what cutting the whole text gives. Source: `BasicTokenizer` in google-research/bert, `tokenization.py`.
 *
 * @example
 * ```ts
 * import { words } from "./words.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(words("BP 120/80").map(({ text }) => text), ["BP", "120", "/", "80"]);
 * deepEqual(words("BP 120/80")[1], { start: 3, end: 6, text: "120" });
 * ```
 */
export function words(text: string): Word[] {
  const found: Word[] = [];
  let [start, visible] = [-1, false];
  const close = (end: number) => {
    if (visible) found.push({ start, end, text: text.slice(start, end) });
    [start, visible] = [-1, false];
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const code = unit >= 0xd800 && unit <= 0xdbff ? text.codePointAt(i) ?? unit : unit;
    const kind = (code === unit ? met[unit] : 0) || kindOf(String.fromCodePoint(code));
    met[unit] = code === unit ? kind : 0;
    const length = code > 0xffff ? 2 : 1;
    if (kind === VISIBLE || kind === INVISIBLE) {
      if (start < 0) start = i;
      visible ||= kind === VISIBLE;
    } else {
      if (start >= 0) close(i);
      if (kind === ALONE) found.push({ start: i, end: i + length, text: text.slice(i, i + length) });
    }
    i += length - 1;
  }
  if (start >= 0) close(text.length);
  return found;
}
