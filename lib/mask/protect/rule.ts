/** What a protection rule is. @module */
import type { Letter } from "../../corpus/letter.ts";
import type { Range } from "../../text/sentences.ts";
import type { Word } from "../../text/words.ts";

/** A reason never to mask a word. */
export interface Rule {
  readonly name: string;
  /**
   * Indices into `words` (those of the letter's text; `shapes` as from `wordShapes()`) of the words that the rule protects, in any order;
   * one may come several times.
   */
  find(letter: Letter, words: readonly Word[], shapes: Uint8Array): number[];
}

/** Indices of the words for which a test holds. */
export function indicesWhere(words: readonly Word[], test: (word: Word, index: number) => boolean): number[] {
  const found: number[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word !== undefined && test(word, index)) found.push(index);
  }
  return found;
}

/** Whether a word has all of some flags. */
export function has(shapes: Uint8Array, index: number, flags: number): boolean {
  return ((shapes[index] ?? 0) & flags) === flags;
}

/** Indices of the words that share a character with one of the ranges. Both are in order; ranges may overlap. */
export function indicesWithin(words: readonly Word[], ranges: readonly Range[]): number[] {
  const found: number[] = [];
  let [next, reached] = [0, -1]; // the furthest end of all ranges that start before a word's end
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    for (let range = ranges[next]; range !== undefined && range.start < word.end; range = ranges[++next]) {
      reached = Math.max(reached, range.end);
    }
    if (reached > word.start) found.push(index);
  }
  return found;
}
