import { blocks } from "../../text/lines.ts";
import { sentencesOf } from "../../text/sentences.ts";
import { has, type Rule } from "./rule.ts";
import { BEGINS_SMALL } from "./word_shape.ts";

/** Words that stand in lower case in a title: "History of Present Illness:". */
const small = new Set("a the of in on at or by for with about as an to".split(" "));

/**
 * Section titles: from a colon before a blank or the letter's end, back to the start of the sentence or to a word in lower case
 * other than {@linkcode small}, that word not included. Source: Synthetic4Health's code.
 */
export const sectionTitle = {
  name: "section title",
  find({ text }, words, shapes) {
    const starts = sentenceStartsBeforeColons(text);
    if (starts.size === 0) return [];
    const found: number[] = [];
    for (let index = 0; index < words.length; index++) {
      const mark = words[index];
      if (mark?.text !== ":" || /\S/.test(text[mark.end] ?? " ")) continue;
      for (let i = index; i >= 0; i--) {
        const word = words[i];
        if (word === undefined || (has(shapes, i, BEGINS_SMALL) && !small.has(word.text))) break;
        found.push(i);
        if (starts.has(word.start)) break;
      }
    }
    return found;
  },
} as const satisfies Rule;

/** Where the sentences start that stand in lines with such a colon; no others need to be found. */
function sentenceStartsBeforeColons(text: string): Set<number> {
  const starts = new Set<number>();
  for (const block of blocks(text)) {
    const colon = text.indexOf(":", block.start);
    if (colon < 0) break;
    if (colon >= block.end) continue;
    for (const { start } of sentencesOf(text, block)) starts.add(start);
  }
  return starts;
}
