/** Substrings that occur again. @module */

/** A substring, as code points, with how often it occurs. */
export interface Repeated {
  readonly text: string;
  readonly count: number;
}

/**
 * The substrings of some words that occur at least twice and are not always followed by the same character, of two code points up to a
 * longest: the inner nodes of a suffix tree (Ukkonen 1995), found by sorting suffixes (Manber & Myers 1993). Each word counts once. Where
 * a word ends is a character like any other, but in no substring.
 *
 * @example
 * ```ts
 * import { repeatedSubstrings } from "./substrings.ts";
 * import { deepEqual } from "node:assert/strict";
 * const found = repeatedSubstrings(["fever", "fevers", "never"], 16).map(({ text, count }) => `${text} ${count}`);
 * deepEqual(found, ["er 3", "ever 3", "fever 2", "ver 3"]); // "eve" always goes on with "r"
 * ```
 */
export function repeatedSubstrings(words: readonly string[], longest: number): Repeated[] {
  const codes = Int32Array.from(words.flatMap((word) => [...Array.from(word, codePointOf), 0]));
  // A suffix is told from another by one more character than a substring can have.
  const depth = longest + 1;
  const starts = Int32Array.from(codes.keys()).filter((at) => codes[at] !== 0);
  const compare = (a: number, b: number) => {
    for (let i = 0; i < depth; i++) {
      const difference = (codes[a + i] ?? -1) - (codes[b + i] ?? -1);
      if (difference !== 0) return difference;
    }
    return a - b;
  };
  starts.sort(compare);

  const found: Repeated[] = [];
  const add = (first: number, length: number, count: number) => {
    if (length < 2 || length > longest) return;
    const part = codes.subarray(first, first + length);
    if (!part.includes(0)) found.push({ text: String.fromCodePoint(...part), count });
  };
  // Intervals of suffixes that share a prefix, from the innermost outwards (Abouelhoda et al. 2004).
  const open: { length: number; from: number }[] = [];
  for (let i = 1; i <= starts.length; i++) {
    const shared = i < starts.length ? prefixLength(codes, starts[i - 1] ?? 0, starts[i] ?? 0, depth) : -1;
    let from = i - 1;
    for (let top; (top = open.at(-1)) && top.length > shared; open.pop()) {
      from = top.from;
      add(starts[from] ?? 0, top.length, i - from);
    }
    if (shared > 0 && (open.at(-1)?.length ?? 0) < shared) open.push({ length: shared, from });
  }
  return found;
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function prefixLength(codes: Int32Array, a: number, b: number, most: number): number {
  let length = 0;
  while (length < most && codes[a + length] === codes[b + length]) length++;
  return length;
}
