import { words as wordsOf } from "../../text/words.ts";
import { indicesWhere, type Rule } from "./rule.ts";

/**
 * A rule from a user's list of words and phrases, in whatever case: every word of a phrase that stands in the letter.
 *
 * @throws {Error} when an entry holds no word
 *
 * @example
 * ```ts
 * import { wordList } from "./word_list.ts";
 * import { words } from "../../text/words.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "No chest pain, some pain elsewhere.", spans: [], meta: {} };
 * deepEqual(wordList(["Chest pain", "elsewhere"]).find(letter, words(letter.text), new Uint8Array()), [1, 2, 6]);
 * ```
 */
export function wordList(entries: readonly string[]): Rule & { readonly name: "word list" } {
  const byFirst = new Map<string, string[][]>();
  for (const entry of entries) {
    const [first, ...rest] = wordsOf(entry.toLowerCase()).map(({ text }) => text);
    if (first === undefined) {
      throw new Error(`word list: ${JSON.stringify(entry)} holds no word. Take it out.`);
    }
    byFirst.set(first, [...byFirst.get(first) ?? [], rest]);
  }
  return {
    name: "word list",
    find(_letter, words) {
      const lower = words.map(({ text }) => text.toLowerCase());
      const held = new Set<number>();
      for (const [index, word] of lower.entries()) {
        for (const rest of byFirst.get(word) ?? []) {
          if (!rest.every((other, i) => lower[index + 1 + i] === other)) continue;
          for (let i = 0; i <= rest.length; i++) held.add(index + i);
        }
      }
      return indicesWhere(words, (_word, index) => held.has(index));
    },
  };
}
