import { has, indicesWhere, type Rule } from "./rule.ts";
import { DIGIT } from "./word_shape.ts";

/** Words that hold a digit: values, doses, `SpO2`. Source: Synthetic4Health's code. */
export const digit = {
  name: "digit",
  find: (_letter, words, shapes) => indicesWhere(words, (_word, i) => has(shapes, i, DIGIT)),
} as const satisfies Rule;
