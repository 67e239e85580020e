import { abbreviations } from "../../text/abbreviations.ts";
import { isAlphabetic } from "../../text/alphabetic.ts";
import type { Word } from "../../text/words.ts";
import { indicesWhere, type Rule } from "./rule.ts";

/**
 * What is not purely letters, and the letters in it. Source: Synthetic4Health's code, whose tokens are larger than BERT's words:
 * there `'s`, `don't`, `e.g.`, `Dr.` and an e-mail address are one token each, so here the words in them are protected too.
 */
export const notAlphabetic = {
  name: "not alphabetic",
  find: (_letter, words) =>
    indicesWhere(
      words,
      ({ text }, i) =>
        !isAlphabetic(text) || isClitic(words, i) || isJoined(words, i, i - 1) || isJoined(words, i, i + 1) ||
        (abbreviations.has(text.toLowerCase()) && follows(words[i], words[i + 1], ".")),
    ),
} as const satisfies Rule;

/** The second part of `it's`, and both parts of `don't`, whose first part is no word without the second. */
function isClitic(words: readonly Word[], i: number): boolean {
  const second = (at: number) => {
    const [first, mark, word] = [words[at - 2], words[at - 1], words[at]];
    const apostrophe = mark?.text === "’" || mark?.text === "'";
    return apostrophe && first?.end === mark.start && mark.end === word?.start && isAlphabetic(first.text);
  };
  return second(i) || (second(i + 2) && words[i + 2]?.text.toLowerCase() === "t");
}

/** Whether the mark beside a word ties it to another without a blank: `p.r.n`, `a_b`, `name@host`, `R&D`. */
function isJoined(words: readonly Word[], i: number, mark: number): boolean {
  const [left, middle, right] = i < mark
    ? [words[i], words[mark], words[mark + 1]]
    : [words[mark - 1], words[mark], words[i]];
  if (!middle || !/^[.@_&]$/.test(middle.text)) return false;
  return left?.end === middle.start && middle.end === right?.start;
}

function follows(word: Word | undefined, next: Word | undefined, text: string): boolean {
  return word !== undefined && next?.text === text && next.start === word.end;
}
