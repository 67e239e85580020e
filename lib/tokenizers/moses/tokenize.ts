/** Moses's English tokenizer. @module */

import { ABBREVIATIONS, BEFORE_NUMBERS } from "./abbreviations.ts";
import { classOf } from "../unicode/ranges.ts";
import { DIGIT, LETTER, LOWER, NUMBER, SPACE } from "./characters.ts";

const of = (pattern: string, flags = "gv") => new RegExp(pattern, flags);
const SPACES = of(`[${SPACE}]+`);
const CONTROL = of(`[${classOf("0-1f")}]`);
const ENDS = of(`^[${SPACE}]+|[${SPACE}]+$`);

/** Pairs of pattern and replacement, in the order in which they apply. */
const SEPARATIONS = [
  [of(`([^${LETTER}${DIGIT}${SPACE}.'\`,\\-])`), " $1 "],
  [of(`([${LETTER}${DIGIT}])-(?=[${LETTER}${DIGIT}])`), "$1 @-@ "],
] as const;
const COMMAS_AND_APOSTROPHES = [
  [of(`([^${NUMBER}]),`), "$1 , "],
  [of(`,([^${NUMBER}])`), " , $1"],
  [of(`([${NUMBER}]),$`), "$1 , "],
  [of(`([^${LETTER}])'([^${LETTER}])`), "$1 ' $2"],
  [of(`([^${LETTER}${NUMBER}])'([${LETTER}])`), "$1 ' $2"],
  [of(`([${LETTER}])'([^${LETTER}])`), "$1 ' $2"],
  [of(`([${LETTER}])'([${LETTER}])`), "$1 '$2"],
  [of(`([${NUMBER}])'(s)`), "$1 '$2"],
] as const;
/** Characters that mean something in Moses's own files; the ampersand comes first. */
export const ESCAPES = [
  ["&", "&amp;"],
  ["|", "&#124;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ["'", "&apos;"],
  ['"', "&quot;"],
  ["[", "&#91;"],
  ["]", "&#93;"],
] as const;

/**
 * The words of an English text as Moses splits them (Koehn et al. 2007, `tokenizer.perl` with `-a`): hyphens in words as `@-@`, runs of
 * full stops together, special characters escaped. These are the words that BioGPT was trained on, by way of sacremoses.
 *
 * @example
 * ```ts
 * import { mosesTokenize } from "./tokenize.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(mosesTokenize("Dr. Who's non-drug, 5,300..."), [
 *   "Dr.", "Who", "&apos;s", "non", "@-@", "drug", ",", "5,300", "...",
 * ]);
 * ```
 */
export function mosesTokenize(text: string): string[] {
  let result = text.replace(SPACES, " ").replace(CONTROL, "").replace(ENDS, "");
  for (const [pattern, replacement] of SEPARATIONS) result = result.replace(pattern, replacement);
  // A word cannot hold what would be split off, so runs of full stops go through the next steps spelt out.
  result = result.replace(
    /\.{2,}/g,
    (dots, at: number, whole: string) =>
      ` ${"DOT".repeat(dots.length)}MULTI${at + dots.length < whole.length ? " " : ""}`,
  );
  for (const [pattern, replacement] of COMMAS_AND_APOSTROPHES) result = result.replace(pattern, replacement);
  result = withFullStops(wordsOf(result)).join(" ").replace(SPACES, " ").replace(ENDS, "");
  result = result.replace(/\.' ?$/, " . ' ").replace(
    /(?:DOT)+MULTI/g,
    (dots) => ".".repeat((dots.length - 5) / 3),
  );
  for (const [character, escape] of ESCAPES) result = result.replaceAll(character, escape);
  return wordsOf(result);
}

/** What lies between white space, as Python has it. */
export function wordsOf(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== "");
}

const HAS_LETTER = of(`[${LETTER}]`, "v");
const BEGINS_LOWER = of(`^[${LOWER}]`, "v");

/** Full stops at the ends of words split off, unless the word is an abbreviation or the next is in lower case. */
function withFullStops(words: readonly string[]): string[] {
  return words.map((word, i) => {
    if (word.length < 2 || !word.endsWith(".")) return word;
    const stem = word.slice(0, -1);
    const next = words[i + 1];
    const kept = (stem.includes(".") && HAS_LETTER.test(stem)) || ABBREVIATIONS.has(stem) ||
      (next !== undefined && (BEGINS_LOWER.test(next) || (BEFORE_NUMBERS.has(stem) && /^[0-9]/.test(next))));
    return kept ? word : `${stem} .`;
  });
}
