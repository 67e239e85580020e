import { abbreviations } from "../../text/abbreviations.ts";
import type { Word } from "../../text/words.ts";
import { has, indicesWhere, type Rule } from "./rule.ts";
import { ALPHABETIC } from "./word_shape.ts";

/**
 * What is not purely letters, and the letters in it. Source: Synthetic4Health's code, whose tokens are larger than BERT's words:
 * there `'s`, `don't`, `e.g.`, `Dr.` and an e-mail address are one token each, so here the words in them are protected too.
 */
export const notAlphabetic = {
  name: "not alphabetic",
  find: (_letter, words, shapes) =>
    indicesWhere(
      words,
      ({ text }, i) =>
        !has(shapes, i, ALPHABETIC) || isClitic(words, shapes, i) || isJoined(words, i, i - 1) ||
        isJoined(words, i, i + 1) ||
        (follows(words[i], words[i + 1], ".") && abbreviations.has(text.toLowerCase())),
    ),
} as const satisfies Rule;

/** The second part of `it's`, and both parts of `don't`, whose first part is no word without the second. */
function isClitic(words: readonly Word[], shapes: Uint8Array, i: number): boolean {
  if (isSecond(words, shapes, i)) return true;
  const second = words[i + 2]?.text;
  return (second === "t" || second === "T") && isSecond(words, shapes, i + 2);
}

function isSecond(words: readonly Word[], shapes: Uint8Array, i: number): boolean {
  const mark = words[i - 1];
  if (mark === undefined || (mark.text !== "’" && mark.text !== "'")) return false;
  return words[i - 2]?.end === mark.start && mark.end === words[i]?.start && has(shapes, i - 2, ALPHABETIC);
}

/** Whether the mark beside a word ties it to another without a blank: `p.r.n`, `a_b`, `name@host`, `R&D`. */
function isJoined(words: readonly Word[], i: number, mark: number): boolean {
  const middle = words[mark];
  if (middle === undefined || middle.text.length !== 1 || !".@_&".includes(middle.text)) return false;
  const [left, right] = i < mark ? [words[i], words[mark + 1]] : [words[mark - 1], words[i]];
  return left?.end === middle.start && middle.end === right?.start;
}

function follows(word: Word | undefined, next: Word | undefined, text: string): boolean {
  return word !== undefined && next?.text === text && next.start === word.end;
}
