/** Names by their first letters. @module */

import { type NamePart, nameParts } from "../surrogate/names/name_parts.ts";
import { type Change, type Mention, ofMentions } from "./change.ts";

const factor = "initials";

/** First names, and whole names, as initials. */
export const initials: readonly Change[] = [
  ofMentions(
    { factor, name: "first names as initials" },
    ["name"],
    (mention) =>
      givenOf(mention).toReversed().reduce(
        (text, { start, end, text: word }) => `${text.slice(0, start)}${word.charAt(0)}.${text.slice(end)}`,
        mention.text,
      ),
  ),
  ofMentions({ factor, name: "names as initials" }, ["name"], ({ text }) => {
    const words = wordsOf(text);
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last || words.length < 2) return text;
    return text.slice(0, first.start) + words.map(({ text }) => `${text.charAt(0)}.`).join("") +
      text.slice(last.end);
  }),
];

function wordsOf(text: string): NamePart[] {
  return nameParts(text).filter(({ role }) => role === "word");
}

/** First names: those before the last word, behind a comma where there is one; in Spanish the first word of two or three. */
function givenOf({ text, language }: Mention): NamePart[] {
  const words = wordsOf(text);
  if (words.length < 2) return [];
  const comma = text.indexOf(",");
  if (comma > 0) return words.filter(({ start }) => start > comma);
  return words.slice(0, language === "es" ? Math.max(1, words.length - 2) : -1);
}
