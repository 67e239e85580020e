import type { Letter } from "../../corpus/letter.ts";
import { words } from "../../text/words.ts";
import { share, type Strategy } from "./strategy.ts";

/** How often words occur, by the word in lower case. */
export type WordFrequencies = Readonly<Record<string, number>>;

/**
 * How often each word stands in letters.
 *
 * @example
 * ```ts
 * import { wordFrequencies } from "./rarest.ts";
 * import { equal } from "node:assert/strict";
 * equal(wordFrequencies([{ id: "a", text: "Pain, no pain", spans: [], meta: {} }])["pain"], 2);
 * ```
 */
export function wordFrequencies(letters: Iterable<Letter>): WordFrequencies {
  const counts = new Map<string, number>();
  for (const { text } of letters) {
    for (const word of words(text.toLowerCase())) counts.set(word.text, (counts.get(word.text) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

/** The words that occur least often, those of equal frequency in random order: they carry the most information (Shannon's −log p). */
export const rarest = {
  name: "rarest",
  choose(context, { ratio, frequencies }) {
    const frequency = (index: number) => {
      const word = context.words[index]?.text.toLowerCase() ?? "";
      return Object.hasOwn(frequencies, word) ? frequencies[word] ?? 0 : 0;
    };
    const ordered = context.random().shuffle(
      context.maskable.map((index) => ({ index, of: frequency(index) })),
    );
    return ordered.sort((a, b) => a.of - b.of).slice(0, share(ordered.length, ratio)).map(({ index }) =>
      index
    );
  },
} as const satisfies Strategy<{ readonly ratio: number; readonly frequencies: WordFrequencies }>;
