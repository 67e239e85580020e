import { sentences } from "../../text/sentences.ts";
import type { Rule } from "./rule.ts";

/** Words that stand in lower case in a title: "History of Present Illness:". */
const small = new Set("a the of in on at or by for with about as an to".split(" "));

/**
 * Section titles: from a colon before a blank or the letter's end, back to the start of the sentence or to a word in lower case
 * other than {@linkcode small}, that word not included. Source: Synthetic4Health's code.
 */
export const sectionTitle = {
  name: "section title",
  find({ text }, words) {
    const starts = new Set(sentences(text).map(({ start }) => start));
    const found: number[] = [];
    for (const [index, { text: mark, end }] of words.entries()) {
      if (mark !== ":" || /\S/.test(text[end] ?? " ")) continue;
      for (let i = index; i >= 0; i--) {
        const word = words[i];
        if (!word || (/^\p{Ll}/u.test(word.text) && !small.has(word.text))) break;
        found.push(i);
        if (starts.has(word.start)) break;
      }
    }
    return found;
  },
} as const satisfies Rule;
