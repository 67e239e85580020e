import type { Word } from "../../text/words.ts";
import { has, indicesWhere, type Rule } from "./rule.ts";
import { CAPITAL, DIGIT } from "./word_shape.ts";

/**
 * Words with a capital that a hyphen, slash, dot or `#` ties to a word with a digit: the `VASc` of `CHA2DS2-VASc`, the `Omicron` of
 * `BA.2-Omicron`. Not the `lead` of `12-lead`.
 */
export const code = {
  name: "code",
  find: (_letter, words, shapes) =>
    indicesWhere(
      words,
      (_word, i) =>
        has(shapes, i, CAPITAL) &&
        ((has(shapes, i - 2, DIGIT) && isTied(words[i - 2], words[i - 1], words[i])) ||
          (has(shapes, i + 2, DIGIT) && isTied(words[i], words[i + 1], words[i + 2]))),
    ),
} as const satisfies Rule;

function isTied(left: Word | undefined, mark: Word | undefined, right: Word | undefined): boolean {
  return mark !== undefined && mark.text.length === 1 && "-/.#".includes(mark.text) &&
    left?.end === mark.start &&
    mark.end === right?.start;
}
