/** Which words mean the same, by WordNet 3.0. @module */

import { fileURLToPath } from "node:url";
import { readFile } from "../../read_file.ts";

/** The first bytes of the table, unpacked. */
export const WORDNET_FORMAT = "palimpsest wordnet 1";
/** WordNet's parts of speech, by the names of its files, in the order of the table. */
export const WORDNET_PARTS = ["noun", "verb", "adj", "adv"] as const;

const TABLE = new URL("../../../data/lexicons/wordnet-3.0.gz", import.meta.url);

/** By part of speech, the endings that an inflected form may have, and what the base form has instead. */
const RULES: readonly (readonly (readonly [ending: string, base: string])[])[] = [
  [
    ["s", ""],
    ["ses", "s"],
    ["ves", "f"],
    ["xes", "x"],
    ["zes", "z"],
    ["ches", "ch"],
    ["shes", "sh"],
    ["men", "man"],
    ["ies", "y"],
  ],
  [["s", ""], ["ies", "y"], ["es", "e"], ["es", ""], ["ed", "e"], ["ed", ""], ["ing", "e"], ["ing", ""]],
  [["er", ""], ["est", ""], ["er", "e"], ["est", "e"]],
  [],
];

/**
 * WordNet 3.0's synonyms, which METEOR consults.
 *
 * Source: G. A. Miller, "WordNet: a lexical database for English", Communications of the ACM 38(11), 1995;
 * `data/lexicons/README.md` says where the table comes from.
 *
 * @example
 * ```ts
 * import { openWordNet } from "./wordnet.ts";
 * import { deepEqual } from "node:assert/strict";
 * const wordnet = await openWordNet();
 * const synonyms = [...wordnet.synonyms("physicians")].map((entry) => wordnet.entry(entry));
 * deepEqual(synonyms.sort(), ["doc", "doctor", "medico", "physician"]);
 * ```
 */
export class WordNet {
  /** The entries' characters, all ASCII, and by entry where they begin. Entries are sorted. */
  readonly #characters: Uint8Array;
  readonly #starts: Int32Array;
  /** By an entry's first two characters, the first such entry, and so the end of those before. */
  readonly #begins = new Int32Array(128 * 128 + 1);
  readonly #parts: readonly Part[];

  /** @param table the unpacked table; `build_wordnet.ts` says what it consists of */
  constructor(table: Uint8Array) {
    const reader = new Reader(table);
    if (reader.text() !== WORDNET_FORMAT) {
      throw new Error(`not a table of synonyms: it does not begin with "${WORDNET_FORMAT}".`);
    }
    const count = reader.number();
    this.#starts = new Int32Array(count + 1);
    this.#characters = new Uint8Array(16 * count);
    for (let i = 0; i < count; i++) {
      const start = this.#starts[i]!; // i ≤ count
      const shared = reader.number();
      const before = i === 0 ? 0 : this.#starts[i - 1]!;
      this.#characters.copyWithin(start, before, before + shared);
      const end = reader.textInto(this.#characters, start + shared);
      this.#starts[i + 1] = end;
      const begin = this.#characters[start]! * 128 + (end - start > 1 ? this.#characters[start + 1]! : 0);
      this.#begins[begin + 1] = this.#begins[begin + 1]! + 1; // all characters are below 128
    }
    for (let i = 0; i < 128 * 128; i++) this.#begins[i + 1] = this.#begins[i + 1]! + this.#begins[i]!;
    const synsets = WORDNET_PARTS.map(() => readSynsets(reader, count));
    this.#parts = synsets.map((one) => ({ ...one, exceptions: readExceptions(reader.text()) }));
  }

  /** How many entries there are. */
  get size(): number {
    return this.#starts.length - 1;
  }

  /** The entry of a number, a word in lower case; with underscores between several words. */
  entry(number: number): string {
    return String.fromCharCode(...this.#characters.subarray(this.#starts[number], this.#starts[number + 1]));
  }

  /** The number of a word that is an entry as it stands; -1 where it is none. */
  numberOf(word: string): number {
    const [first, second] = [word.charCodeAt(0), word.length > 1 ? word.charCodeAt(1) : 0];
    if (!(first < 128 && second < 128)) return -1;
    const begin = first * 128 + second;
    let low = this.#begins[begin]!; // begin < 128 · 128
    const end = this.#begins[begin + 1]!;
    for (let high = end; low < high;) {
      const middle = (low + high) >> 1;
      if (this.#compare(middle, word) < 0) low = middle + 1;
      else high = middle;
    }
    return low < end && this.#compare(low, word) === 0 ? low : -1;
  }

  /**
   * The entries that share a synset with a word in lower case, or with a base form of it, in no particular order: what
   * `wordnet.synsets(word)` and the lemmas of these synsets give in NLTK, without names of several words or with capitals.
   */
  synonyms(word: string): Int32Array {
    const found: number[] = [];
    const itself = this.numberOf(word);
    for (let i = 0; i < this.#parts.length; i++) {
      const part = this.#parts[i]!; // i < #parts.length
      if (itself >= 0) addSynonyms(part, itself, found);
      const bases = part.exceptions.get(word) ?? regularBases(word, RULES[i] ?? []);
      for (const base of bases) {
        const entry = this.numberOf(base);
        if (entry >= 0) addSynonyms(part, entry, found);
      }
    }
    return Int32Array.from(found);
  }

  /** Below 0 where the entry comes before the word, above 0 where it comes after. */
  #compare(entry: number, word: string): number {
    const start = this.#starts[entry]!; // entry < size
    const length = this.#starts[entry + 1]! - start;
    const both = Math.min(length, word.length);
    for (let i = 0; i < both; i++) {
      const difference = this.#characters[start + i]! - word.charCodeAt(i); // i < length
      if (difference !== 0) return difference;
    }
    return length - word.length;
  }
}

/** The synsets of a part of speech. */
interface Synsets {
  /** By synset, where its members begin; a member is twice an entry, plus 1 where the entry is a name of the synset. */
  readonly starts: Int32Array;
  readonly members: Int32Array;
  /** By entry, where the synsets begin that it is in. */
  readonly ofStarts: Int32Array;
  readonly of: Int32Array;
}

interface Part extends Synsets {
  /** By inflected form, its base forms. */
  readonly exceptions: ReadonlyMap<string, readonly string[]>;
}

/** WordNet's rules of detachment. */
function regularBases(word: string, rules: (typeof RULES)[number]): string[] {
  const bases: string[] = [];
  for (const [ending, base] of rules) {
    if (word.endsWith(ending)) bases.push(word.slice(0, word.length - ending.length) + base);
  }
  return bases;
}

function addSynonyms({ starts, members, ofStarts, of }: Synsets, entry: number, found: number[]): void {
  // Every index below is less than the next start of its own list.
  for (let i = ofStarts[entry]!; i < ofStarts[entry + 1]!; i++) {
    const synset = of[i]!;
    for (let j = starts[synset]!; j < starts[synset + 1]!; j++) {
      const member = members[j]!;
      if ((member & 1) === 1 && !found.includes(member >> 1)) found.push(member >> 1);
    }
  }
}

function readSynsets(reader: Reader, entries: number): Synsets {
  const count = reader.number();
  const starts = new Int32Array(count + 1);
  const members: number[] = [];
  const ofStarts = new Int32Array(entries + 1);
  let first = 0;
  for (let synset = 0; synset < count; synset++) {
    let entry = first;
    for (let left = reader.number(), i = 0; i < left; i++) {
      const step = reader.number();
      entry += step >> 1;
      if (i === 0) first = entry;
      members.push(2 * entry + (step & 1));
      ofStarts[entry + 1] = ofStarts[entry + 1]! + 1; // entry < entries
    }
    starts[synset + 1] = members.length;
  }
  for (let entry = 0; entry < entries; entry++) ofStarts[entry + 1] = ofStarts[entry + 1]! + ofStarts[entry]!;
  const of = new Int32Array(members.length);
  const next = ofStarts.slice();
  for (let synset = 0; synset < count; synset++) {
    for (let j = starts[synset]!; j < starts[synset + 1]!; j++) {
      const entry = members[j]! >> 1; // j < members.length
      of[next[entry]!] = synset;
      next[entry] = next[entry]! + 1;
    }
  }
  return { starts, members: Int32Array.from(members), ofStarts, of };
}

function readExceptions(lines: string): Map<string, string[]> {
  return new Map(
    lines.split("\n").map((line) => {
      const [form = "", ...bases] = line.split(" ");
      return [form, bases];
    }),
  );
}

/** Reads what `build_wordnet.ts` writes. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let [n, shift, byte] = [0, 0, 0];
    do {
      byte = this.#byte();
      n |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return n;
  }

  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw cutShort();
    const text = new TextDecoder().decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  /** Copies a text, and gives where it ends there. */
  textInto(characters: Uint8Array, at: number): number {
    for (let byte = this.#byte(); byte !== 0; byte = this.#byte()) characters[at++] = byte;
    return at;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw cutShort();
    return byte;
  }
}

function cutShort(): Error {
  return new Error("the table of synonyms is cut short. Fetch it again.");
}

/**
 * WordNet's synonyms from the project's table.
 *
 * @throws {Error} when the table is missing or damaged
 *
 * @example
 * ```ts
 * import { openWordNet } from "./wordnet.ts";
 * import { rejects } from "node:assert/strict";
 * await rejects(openWordNet("nowhere.gz"), /^Error: nowhere.gz: missing. /);
 * ```
 */
export async function openWordNet(path: string = fileURLToPath(TABLE)): Promise<WordNet> {
  const packed = await readFile(path, "It is part of the project: fetch it again, or name another table");
  try {
    const table = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new WordNet(new Uint8Array(await new Response(table).arrayBuffer()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}: ${reason}`, { cause: error });
  }
}
