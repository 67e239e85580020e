/** Many phrases looked for at once in running text, as whole words of any script. @module */

import { fold } from "./word_reader.ts";

const wordCharacter = /^[\p{L}\p{M}\p{N}]$/u;
/** Written without blanks: a name stands right beside the words around it. */
const unspaced =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]$/u;
/** Korean writes particles onto the end of a name. */
const withParticles = /^\p{sc=Hangul}$/u;
const mark = /^\p{M}$/u;

/**
 * Finds phrases in texts, both as {@linkcode searchable} gives them. A phrase is found
 * where it stands as whole words: a letter, digit or combining mark at its edge must not go on in the text. An edge that is
 * punctuation asks for nothing, so `(555) 0100` and `J.R.` are found before and behind anything. Scripts written without
 * blanks have no borders between words: there every place counts, and what follows Hangul may be a particle.
 *
 * Source: A. V. Aho, M. J. Corasick, "Efficient string matching", Communications of the ACM 18(6), 1975.
 *
 * @example
 * ```ts
 * import { PhraseFinder } from "./phrase_finder.ts";
 * import { deepEqual } from "node:assert/strict";
 * const finder = new PhraseFinder(["Ann Lee", "(555) 0100", "Bo"]);
 * deepEqual([...finder.in("Call Bob, or ANN\nLEE's (555) 0100.")], [0, 1]);
 * deepEqual(finder.counts("Bo and Bob and Bo"), [0, 0, 2]);
 * ```
 */
export class PhraseFinder {
  readonly #phrases: readonly string[];
  /** The node after a node and a UTF-16 code unit. */
  readonly #next = new Map<number, number>();
  /** By node: the node of its longest end that begins a phrase too. */
  readonly #fallback: number[] = [0];
  /** By node: the phrases that end there, and the nearest node down the fallbacks at which some end (0 for none). */
  readonly #ending: number[][] = [[]];
  readonly #alsoEnding: number[] = [0];

  constructor(phrases: readonly string[]) {
    this.#phrases = phrases.map(searchable);
    const parents: [node: number, unit: number][] = [[0, 0]];
    const byDepth: number[][] = [];
    this.#phrases.forEach((phrase, index) => {
      let node = 0;
      for (let i = 0; i < phrase.length; i++) {
        const key = node * 65536 + phrase.charCodeAt(i);
        let next = this.#next.get(key);
        if (next === undefined) {
          next = this.#ending.push([]) - 1;
          parents.push([node, phrase.charCodeAt(i)]);
          (byDepth[i] ??= []).push(next);
          this.#next.set(key, next);
        }
        node = next;
      }
      if (node !== 0) this.#ending[node]?.push(index);
    });
    for (const node of byDepth.flat()) {
      const [parent, unit] = parents[node]!; // one a node
      const fallback = parent === 0 ? 0 : this.#step(this.#fallback[parent]!, unit); // set: less deep
      this.#fallback[node] = fallback;
      this.#alsoEnding[node] = this.#ending[fallback]!.length > 0 ? fallback : this.#alsoEnding[fallback]!;
    }
  }

  /** The indices of the phrases that stand in a text, in the order of their first ends. */
  in(text: string): Set<number> {
    const folded = searchable(text);
    const found = new Set<number>();
    this.#each(folded, (index, start, end) => {
      if (!found.has(index) && isWhole(folded, start, end)) found.add(index);
    });
    return found;
  }

  /**
   * How often each phrase stands in a text, by its index. Places of one phrase that overlap are counted once, from the left; those of
   * different phrases do not mind each other.
   */
  counts(text: string): number[] {
    const folded = searchable(text);
    const counts = this.#phrases.map(() => 0);
    const ends = this.#phrases.map(() => 0);
    this.#each(folded, (index, start, end) => {
      if (start < ends[index]! || !isWhole(folded, start, end)) return; // an index of a phrase
      counts[index]!++;
      ends[index] = end;
    });
    return counts;
  }

  /** Every place of every phrase in a text as it is searched, by ascending ends, whole words or not. */
  #each(folded: string, visit: (index: number, start: number, end: number) => void): void {
    for (let i = 0, node = 0; i < folded.length; i++) {
      node = this.#step(node, folded.charCodeAt(i));
      for (let at = node; at !== 0; at = this.#alsoEnding[at]!) { // one a node
        for (const index of this.#ending[at]!) {
          visit(index, i + 1 - this.#phrases[index]!.length, i + 1); // an index of a phrase
        }
      }
    }
  }

  #step(node: number, unit: number): number {
    for (let at = node;; at = this.#fallback[at]!) { // one a node
      const next = this.#next.get(at * 65536 + unit);
      if (next !== undefined) return next;
      if (at === 0) return 0;
    }
  }
}

/**
 * A text as phrases are looked for in it: folded, every dash a hyphen, every apostrophe a straight one, blanks and line breaks
 * one blank.
 *
 * @example
 * ```ts
 * import { searchable } from "./phrase_finder.ts";
 * import { equal } from "node:assert/strict";
 * equal(searchable(" ANN \r\n O’Shea"), "ann o'shea");
 * ```
 */
export function searchable(text: string): string {
  return fold(text).replace(/\p{Pd}/gu, "-").replace(/[‘’ʼ]/g, "'").replace(/[\s\u200B]+/g, " ").trim();
}

function isWhole(text: string, start: number, end: number): boolean {
  const [before, first] = [characterBefore(text, start), characterAt(text, start)];
  const [last, after] = [characterBefore(text, end), characterAt(text, end)];
  return !goesOn(before, first) && !mark.test(after) && (withParticles.test(last) || !goesOn(last, after));
}

function goesOn(left: string, right: string): boolean {
  const inWord = wordCharacter.test(left) && wordCharacter.test(right);
  return inWord && !unspaced.test(left) && !unspaced.test(right);
}

function characterAt(text: string, at: number): string {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : "";
}

function characterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1);
  return text.slice(unit >= 0xdc00 && unit <= 0xdfff ? at - 2 : at - 1, at);
}
