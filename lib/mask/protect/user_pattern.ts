import { indicesWithin, type Rule } from "./rule.ts";

/**
 * A rule from a user's regular expression: every word that a match touches. The source is read with the flags `gmu`; a source in
 * slashes may bring `i` and `s` along: `/grade [iv]+/i`.
 *
 * @throws {Error} when it is no regular expression, or matches nothing but empty stretches
 *
 * @example
 * ```ts
 * import { userPattern } from "./user_pattern.ts";
 * import { words } from "../../text/words.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "A Grade ii tear", spans: [], meta: {} };
 * deepEqual(userPattern("/grade [iv]+/i").find(letter, words(letter.text), new Uint8Array()), [1, 2]);
 * ```
 */
export function userPattern(source: string): Rule & { readonly name: `pattern ${string}` } {
  const pattern = compile(source);
  return {
    name: `pattern ${source}`,
    find: ({ text }, words) =>
      indicesWithin(
        words,
        Array.from(
          text.matchAll(pattern),
          ({ 0: match, index }) => ({ start: index, end: index + match.length }),
        )
          .filter(({ start, end }) => end > start),
      ),
  };
}

function compile(source: string): RegExp {
  const [, inner, flags] = /^\/(.+)\/([a-z]*)$/s.exec(source) ?? [];
  try {
    if (source === "") throw new Error("it is empty");
    return new RegExp(inner ?? source, [...new Set(`gmu${flags ?? ""}`)].join(""));
  } catch (error) {
    const why = error instanceof Error
      ? error.message.replace(/^Invalid regular expression: /, "")
      : String(error);
    throw new Error(
      `bad regular expression ${JSON.stringify(source)}: ${why}. Mend it, or escape it with \\.`,
    );
  }
}
