/** How BLEU cuts texts into words. @module */

import { isPythonSpace, splitAtSpaces, trimmedEnd } from "../words/python_spaces.ts";

/**
 * sacrebleu's tokenizers. `13a`: that of WMT's mteval-v13a, for Western languages. `intl`: mteval-v14's, which sets apart
 * punctuation and symbols of every script. `char`: each character a word. `none`: words are what blanks separate.
 */
export const BLEU_TOKENIZERS = ["13a", "intl", "char", "none"] as const;
export type BleuTokenizer = typeof BLEU_TOKENIZERS[number];

/**
 * The words of a text in order, equal to sacrebleu 2.6.0's tokenizers.
 *
 * @example
 * ```ts
 * import { bleuWords } from "./bleu_words.ts";
 * import { deepEqual } from "node:assert/strict";
 * const words = (text: string, tokenizer: "13a" | "intl") => bleuWords(text, tokenizer);
 * deepEqual(words("On 2.5mg (b.d.), 1-2 weeks.", "13a"), ["On", "2.5mg", "(", "b", ".", "d", ".", ")", ",", "1", "-", "2", "weeks", "."]);
 * deepEqual(words("«sí» 1,5", "intl"), ["«", "sí", "»", "1,5"]);
 * ```
 */
export function bleuWords(text: string, tokenizer: BleuTokenizer): string[] {
  const words: string[] = [];
  eachBleuWord(text, tokenizer, (line, start, end) => words.push(line.slice(start, end)));
  return words;
}

/**
 * Calls `found` for each word, with a text and where in it the word stands; the text is not the given one where the
 * tokenizer replaces characters.
 *
 * @example
 * ```ts
 * import { eachBleuWord } from "./bleu_words.ts";
 * import { equal } from "node:assert/strict";
 * let words = 0;
 * eachBleuWord("no pain", "none", () => words++);
 * equal(words, 2);
 * ```
 */
export function eachBleuWord(
  text: string,
  tokenizer: BleuTokenizer,
  found: (text: string, start: number, end: number) => void,
): void {
  switch (tokenizer) {
    case "13a":
      return each13aWord(unescaped(text), found);
    case "intl":
      return eachWord(setApart(trimmedEnd(text)), found);
    case "char":
      return eachCharacter(text, found);
    case "none":
      return eachWord(text, found);
  }
}

type Found = (text: string, start: number, end: number) => void;

function eachWord(text: string, found: Found): void {
  splitAtSpaces(text, (start, end) => found(text, start, end));
}

function eachCharacter(text: string, found: Found): void {
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    if (!isPythonSpace(text.charCodeAt(start))) found(text, start, end);
    start = end;
  }
}

/** Intl's rules: punctuation apart unless a number stands on both sides, symbols always apart. */
function setApart(line: string): string {
  return line.replace(/(\P{N})(\p{P})/gu, "$1 $2 ").replace(/(\p{P})(\P{N})/gu, " $1 $2").replace(
    /\p{S}/gu,
    " $& ",
  );
}

/** What 13a replaces before it cuts: a mark of left-out text, hyphens at line ends, and the entities of SGML. */
function unescaped(text: string): string {
  let line = text;
  if (line.includes("-\n") || line.includes("<skipped>")) {
    line = trimmedEnd(line).replaceAll("<skipped>", "").replaceAll("-\n", "");
  }
  if (!line.includes("&")) return line;
  return line.replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll(
    "&gt;",
    ">",
  );
}

const [OTHER, BLANK, SIGN, DIGIT, STOP, DASH] = [0, 1, 2, 3, 4, 5];
/** By ASCII character, what 13a treats it as. An apostrophe is no sign: words keep theirs. */
const KINDS = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (isPythonSpace(unit)) return BLANK;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[.,]/.test(character)) return STOP;
  if (character === "-") return DASH;
  return /[!-&(-+/:-@[-`{-~]/.test(character) ? SIGN : OTHER;
});

function kindAt(line: string, i: number): number {
  if (i < 0 || i >= line.length) return BLANK;
  const unit = line.charCodeAt(i);
  return unit < 128 ? KINDS[unit]! : isPythonSpace(unit) ? BLANK : OTHER;
}

/**
 * 13a's four substitutions in one pass: signs stand apart; a dash does after a digit; full stops and commas do unless
 * digits enclose them. In a run of them the substitutions take two at a time, so whether the last one stays with the
 * digits behind it depends on how many there are.
 */
function each13aWord(line: string, found: Found): void {
  let start = -1; // of the word at hand, if any
  const end = (at: number) => {
    if (start >= 0) found(line, start, at);
    start = -1;
  };
  for (let i = 0; i < line.length;) {
    const kind = kindAt(line, i);
    if (kind === BLANK) end(i++);
    else if (kind === SIGN || (kind === DASH && kindAt(line, i - 1) === DIGIT)) {
      end(i);
      found(line, i, ++i);
    } else if (kind === STOP) {
      let next = i + 1;
      while (kindAt(line, next) === STOP) next++;
      const odd = (next - i) % 2 === 1;
      const stays = kindAt(line, next) === DIGIT && (kindAt(line, i - 1) === DIGIT) === odd;
      if (!stays || next - i > 1) {
        end(i);
        for (const last = stays ? next - 1 : next; i < last; i++) found(line, i, i + 1);
        if (stays) start = i;
      }
      i = next;
    } else {
      if (start < 0) start = i;
      i++;
    }
  }
  end(line.length);
}
