/** Patterns of `tokenizer.json`, which are Oniguruma's. @module */

import { z } from "zod";

/** A pattern as the file has it. */
export const Pattern = z.union([
  z.strictObject({ String: z.string() }),
  z.strictObject({ Regex: z.string() }),
]);

/**
 * The same pattern for JavaScript, with the flag `g`. Understood is what tokenizers use: literals, classes with classes in them,
 * properties, groups, look-around, alternatives and greedy or lazy repetition.
 *
 * @throws Error where the pattern has a construct that means something else in JavaScript, or nothing
 *
 * @example
 * ```ts
 * import { patternOf } from "./pattern.ts";
 * import { deepEqual } from "node:assert/strict";
 * const words = patternOf({ Regex: " ?[^(\\s|[.,!?])]+" }); // BLOOM's, with a class in a class
 * deepEqual("so it is.".match(words), ["so", " it", " is"]);
 * ```
 */
export function patternOf(pattern: z.infer<typeof Pattern>): RegExp {
  if ("String" in pattern) return new RegExp(RegExp.escape(pattern.String), "gu");
  const refuse = (what: string): never => {
    throw new Error(
      `pattern ${
        JSON.stringify(pattern.Regex)
      }: ${what} is not understood. Rewrite it without, or ask for it.`,
    );
  };
  let [result, depth] = ["", 0];
  for (const [token] of pattern.Regex.matchAll(TOKEN)) {
    if (token.startsWith("\\")) {
      const plain = /^\\(?:[pP]\{\^?\w+\}|[ntrfv]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[^A-Za-z0-9])$/.test(token);
      result += ESCAPES.get(token) ?? (plain && !token.includes("^") ? token : refuse(token));
    } else if (token.startsWith("[:")) {
      refuse(token);
    } else if (token.startsWith("[")) {
      depth++;
      result += token;
    } else if (depth > 0) {
      if (token === "]") depth--;
      if (token === "&&") refuse(token);
      result += "()|{}/".includes(token) ? `\\${token}` : token;
    } else {
      if (/^\(\?/.test(token) && !GROUPS.test(token)) refuse(token);
      if (/^(?:[*+?]|\{\d+,?\d*\})\+$/.test(token) || token === "^" || token === "$") refuse(token);
      result += token;
    }
  }
  try {
    return new RegExp(result, "gv");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse("it as a whole");
  }
}

const TOKEN =
  /\\[pP]\{[^}]*\}|\\x..|\\u....|\\.|\[:|\[\^?|&&|\(\?[^:=!<>]*[:=!<>]?|(?:[*+?]|\{\d+,?\d*\})\+|[^]/gu;
const GROUPS = /^\(\?(?:i?:|=|!|<)$/;
const ESCAPES = new Map([
  ["\\s", "\\p{White_Space}"],
  ["\\S", "\\P{White_Space}"],
  ["\\d", "\\p{Nd}"],
  ["\\D", "\\P{Nd}"],
  ["\\-", "\\-"],
  ["\\'", "'"],
  ['\\"', '"'],
  ["\\ ", " "],
]);
