/** Words as TextBlob's sentiment analysis cuts them. @module */

import { PYTHON_SPACES } from "../words/python_spaces.ts";

const BLANK_RUN = new RegExp(`[${PYTHON_SPACES}]+`, "g");

/** What is cut off a word's ends, but for the full stop; every pair `''` and the like is two marks. */
export const PUNCTUATION = ".,;:!?()[]{}`''\"@#$^&*+-|=~_";
const MARKS = new Set(PUNCTUATION.replace(".", ""));

const CONTRACTIONS = ["'d", "'m", "'s", "'ll", "'re", "'ve", "n't"];

const ABBREVIATIONS = new Set(
  ("a. adj. adv. al. a.m. c. cf. comp. conf. def. ed. e.g. esp. etc. ex. f. fig. gen. id. i.e. int. l. m. Med. Mil. Mr. " +
    "n. n.q. orig. pl. pred. pres. p.m. ref. v. vs. w/").split(" "),
);
/** An initial; letters with full stops between; a capital, consonants, and one character more. */
const MORE_ABBREVIATIONS = /^(?:[A-Za-z]\.|(?:[A-Za-z]\.)+|[A-Z][bcdfghjklmnpqrstvwxz|]+.)$/;

/** Faces and the polarity they stand for, in the order in which they are looked for. */
export const EMOTICONS: readonly (readonly [polarity: number, faces: readonly string[]])[] = [
  [1, ["<3", "♥"]],
  [1, [">:D", ":-D", ":D", "=-D", "=D", "X-D", "x-D", "XD", "xD", "8-D"]],
  [0.75, [">:P", ":-P", ":P", ":-p", ":p", ":-b", ":b", ":c)", ":o)", ":^)"]],
  [0.5, [">:)", ":-)", ":)", "=)", "=]", ":]", ":}", ":>", ":3", "8)", "8-)"]],
  [0.25, [">;]", ";-)", ";)", ";-]", ";]", ";D", ";^)", "*-)", "*)"]],
  [0.05, [">:o", ":-O", ":O", ":o", ":-o", "o_O", "o.O", "°O°", "°o°"]],
  [-0.25, [">:/", ":-/", ":/", ":\\", ">:\\", ":-.", ":-s", ":s", ":S", ":-S", ">.>"]],
  [-0.75, [">:[", ":-(", ":(", "=(", ":-[", ":[", ":{", ":-<", ":c", ":-c", "=/"]],
  [-1, [":'(", ":'''(", ";'("]],
];
/** The same with blanks between their characters, which cutting put there. */
const CUT_EMOTICON = new RegExp(
  `(${
    EMOTICONS.flatMap(([, faces]) => faces).map((face) => [...face].map(escaped).join(" ?")).join("|")
  })($|[${PYTHON_SPACES}])`,
  "g",
);
const CUT_SARCASM = /\( ?! ?\)/g;

const END = "END-OF-SENTENCE";
const SENTENCE_ENDS = new Set(["...", ".", "!", "?", END]);
const AFTER_SENTENCES = new Set(["'", '"', "”", "’", ")", ...SENTENCE_ENDS]);

/**
 * The words of a text in lower case, equal to what TextBlob 0.20's sentiment analysis reads: punctuation apart, contractions
 * cut, emoticons whole. Sentences matter only to what is put together again.
 *
 * @example
 * ```ts
 * import { sentimentWords } from "./sentiment_words.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(sentimentWords("He isn't well (!) :-( Mr. X"), ["he", "is", "n", "'", "t", "well", "(!)", ":-(", "mr.", "x"]);
 * ```
 */
export function sentimentWords(text: string): string[] {
  const sentences = sentencesOf(cut(spaced(text))).map((tokens) =>
    tokens.join(" ").replace(CUT_SARCASM, "(!)")
      .replace(CUT_EMOTICON, (_, face: string, after: string) => face.replaceAll(" ", "") + after)
  );
  // A word is lower-cased by itself: what a capital sigma becomes depends on what is around it.
  return sentences.join(" ").split(BLANK_RUN).filter((word) => word !== "").map((word) => word.toLowerCase());
}

/** Blanks before contractions and around quotes, a mark for the end of a paragraph, one blank where there are several. */
function spaced(text: string): string {
  let line = text;
  for (const contraction of CONTRACTIONS) line = line.replaceAll(contraction, ` ${contraction}`);
  return line.replace(/[“”‘’'"]/g, " $& ").replaceAll("\r\n", "\n").replace(/\n{2,}/g, ` ${END} `)
    .replace(BLANK_RUN, " ");
}

/** Words and marks. */
function cut(line: string): string[] {
  const tokens: string[] = [];
  for (const run of line.split(" ")) {
    let word = run;
    const tail: string[] = [];
    while (word !== "" && MARKS.has(word.charAt(0)) && !CONTRACTIONS.includes(word)) {
      tokens.push(word.charAt(0));
      word = word.slice(1);
    }
    while (endsInMark(word) && !CONTRACTIONS.includes(word)) {
      if (MARKS.has(word.slice(-1))) {
        tail.push(word.slice(-1));
        word = word.slice(0, -1);
      }
      if (word.endsWith("...")) {
        tail.push("...");
        word = word.replace(/\.+$/, "");
      }
      if (word.endsWith(".")) {
        if (ABBREVIATIONS.has(word) || MORE_ABBREVIATIONS.test(word)) break;
        tail.push(".");
        word = word.slice(0, -1);
      }
    }
    if (word !== "") tokens.push(word);
    tokens.push(...tail.toReversed());
  }
  return tokens;
}

function endsInMark(word: string): boolean {
  const last = word.slice(-1);
  return last === "." || MARKS.has(last);
}

/** Sentences end at their marks, with the quotes and brackets that close after these. */
function sentencesOf(tokens: readonly string[]): string[][] {
  const sentences: string[][] = [[]];
  let [start, at] = [0, 0];
  const last = () => sentences.at(-1) ?? [];
  while (at < tokens.length) {
    if (SENTENCE_ENDS.has(tokens[at] ?? "")) {
      for (let token = tokens[at]; token !== undefined && AFTER_SENTENCES.has(token); token = tokens[++at]) {
        const balanced = last().filter((one) => one === token).length % 2 === 0;
        if ((token === "'" || token === '"') && balanced) break;
      }
      last().push(...tokens.slice(start, at).filter((token) => token !== END));
      sentences.push([]);
      start = at;
    }
    at++;
  }
  last().push(...tokens.slice(start));
  return sentences.filter(({ length }) => length > 0);
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}
