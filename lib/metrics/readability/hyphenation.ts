/** Where words may be hyphenated, which is near to where their syllables end. @module */

/**
 * Hyphenation patterns by Liang's method, read and applied as Python's Pyphen 0.18.1 does it.
 *
 * Source: F. M. Liang, "Word hy-phen-a-tion by com-put-er", Stanford University, 1983.
 *
 * @example
 * ```ts
 * import { Hyphenation } from "./hyphenation.ts";
 * import { equal } from "node:assert/strict";
 * const patterns = new Hyphenation("UTF-8\nLEFTHYPHENMIN 2\n1na\n1a.\n");
 * equal(patterns.points("banana"), 2); // ba-na-na: none before the last letter
 * ```
 */
export class Hyphenation {
  /** The characters of patterns, numbered from 1. */
  readonly #characters = new Map<number, number>();
  /** A tree of patterns: by node and character, the node behind it; 0 for none. The root is node 0. */
  readonly #next: Int32Array;
  /** By node, the values between the letters of the pattern that ends there: odd ones allow a hyphen. */
  readonly #values: (Uint8Array | undefined)[] = [undefined];
  readonly #known = new Map<string, number>();

  /** @param dictionary a file of patterns in Hunspell's form, in UTF-8; its first line names the encoding */
  constructor(dictionary: string) {
    const patterns = dictionary.split("\n").slice(1).map((line) => line.trim())
      .filter((line) => line !== "" && !IGNORED.test(line))
      .map((pattern) => ({ letters: pattern.replace(/\d/g, ""), values: valuesOf(pattern) }))
      .filter(({ values }) => values.some((value) => value > 0));
    for (const { letters } of patterns) {
      for (let i = 0; i < letters.length; i++) {
        const unit = letters.charCodeAt(i);
        if (!this.#characters.has(unit)) this.#characters.set(unit, this.#characters.size + 1);
      }
    }
    const width = this.#characters.size + 1;
    const nodes = patterns.reduce((sum, { letters }) => sum + letters.length, 1);
    const next = new Int32Array(nodes * width);
    for (const { letters, values } of patterns) {
      let node = 0;
      for (let i = 0; i < letters.length; i++) {
        const at = node * width + (this.#characters.get(letters.charCodeAt(i)) ?? 0);
        if (next[at] === 0) next[at] = this.#values.push(undefined) - 1;
        node = next[at]!; // one of the nodes
      }
      this.#values[node] = values;
    }
    this.#next = next.slice(0, this.#values.length * width);
  }

  /** In how many places a word may be hyphenated, leaving two characters or more on either side. */
  points(word: string): number {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const points = this.#count(word);
    if (word.length <= REMEMBERED) this.#known.set(word, points);
    return points;
  }

  #count(word: string): number {
    const width = this.#characters.size + 1;
    // Python counts two code units as one character; no pattern has any such.
    const pointed = `.${word.toLowerCase().replace(ASTRAL, "\uffff")}.`;
    const characters = Uint16Array.from(
      { length: pointed.length },
      (_, i) => this.#characters.get(pointed.charCodeAt(i)) ?? 0,
    );
    const greatest = new Uint8Array(pointed.length + 1); // before each character
    for (let start = 0; start < pointed.length - 1; start++) {
      let node = 0;
      for (let end = start; end < pointed.length; end++) {
        node = this.#next[node * width + characters[end]!]!; // characters are below the width; 0 leads nowhere
        if (node === 0) break;
        this.#values[node]?.forEach((value, i) => {
          if (value > greatest[start + i]!) greatest[start + i] = value; // a pattern ends within the word
        });
      }
    }
    const last = word.replace(ASTRAL, "\uffff").length - 2;
    let points = 0;
    for (let i = 2; i <= last; i++) points += (greatest[i + 1] ?? 0) % 2; // a full stop stands before the word
    return points;
  }
}

const IGNORED = /^(?:%|#|(?:COMPOUND)?(?:LEFT|RIGHT)HYPHENMIN)/;
const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/g;
/** Words of no more code units are remembered; longer ones are none, and would fill the memory. */
const REMEMBERED = 64;

function valuesOf(pattern: string): Uint8Array {
  const values = new Uint8Array(pattern.length + 1);
  let place = 0;
  for (const character of pattern) {
    if (/\d/.test(character)) values[place] = Number(character);
    else place++;
  }
  return values.slice(0, place + 1);
}
