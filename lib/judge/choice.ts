/** What a language model's answer chooses. @module */

import { optionName, type QuestionOption } from "./question.ts";

/** What reasoning models think aloud before they answer. */
const THOUGHT = /^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/i;

/**
 * The option that an answer chooses: its letter alone, in marks or behind "Answer:", with the option's text or not; or as JSON. Anything
 * else, two letters among it, chooses none: what an answer may mean is not guessed.
 *
 * @param options in the order in which they were shown
 * @returns `undefined` where it chooses none
 *
 * @example
 * ```ts
 * import { choiceOf } from "./choice.ts";
 * import { deepEqual } from "node:assert/strict";
 * const options = [{ value: "5", text: "Consistent." }, { value: "1", text: "Not." }];
 * const answers = ["B", "**A**", "Answer: (b)", '{"answer": "A"}', "B. Not.", "A or B", "C", "A letter full of faults", ""];
 * deepEqual(answers.map((answer) => choiceOf(answer, options)?.value), ["1", "5", "1", "5", "1", ...Array(4).fill(undefined)]);
 * ```
 */
export function choiceOf(answer: string, options: readonly QuestionOption[]): QuestionOption | undefined {
  const said = answer.replace(THOUGHT, "").replace(/^\s*```(?:json)?|```\s*$/g, "").trim();
  const letter = inJson(said) ?? plain(said, options);
  return options.find((_, i) => optionName(i) === letter?.toUpperCase());
}

function plain(said: string, options: readonly QuestionOption[]): string | undefined {
  const [, letter, rest = ""] = said.match(
    /^[\s*_("'`[]*(?:(?:the\s+|my\s+)?(?:final\s+)?(?:answer|option|choice)(?:\s+is)?\s*[:=]?[\s*_("'`[]*)?([a-z])(?:[\s*_)"'`\].:,-]+([\s\S]*))?$/i,
  ) ?? [];
  const option = options.find((_, i) => optionName(i) === letter?.toUpperCase());
  const bare = (text: string) => text.replaceAll(/[\s*_."'`]+/g, " ").trim().toLowerCase();
  return option && (bare(rest) === "" || bare(rest) === bare(option.text)) ? letter : undefined;
}

function inJson(said: string): string | undefined {
  if (!said.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(said);
    const [first] = typeof value === "object" && value !== null
      ? Object.entries(value).filter(([key]) => /^(answer|option|choice)$/i.test(key))
      : [];
    return typeof first?.[1] === "string" ? first[1].trim() : undefined;
  } catch {
    return undefined; // no JSON: no choice either
  }
}
