/** The source letters that a letter is nearest to, and what they share. @module */

import type { Letter } from "../../corpus/letter.ts";
import { CopiedText } from "../../metrics/privacy/copied_text.ts";
import { JaccardIndex } from "../../metrics/privacy/nearest_neighbours.ts";
import { Shingler } from "../../metrics/privacy/shingles.ts";
import { WordReader } from "../../metrics/privacy/word_reader.ts";
import type { LetterSource, LetterSources } from "./sources.ts";
import { Unanswerable } from "../route.ts";

/** A run of words that stands in both letters, `[start, end)` in UTF-16 code units. */
export interface SharedRun {
  readonly words: number;
  readonly letter: readonly [start: number, end: number];
  readonly source: readonly [start: number, end: number];
}

/** A source letter near to a letter. */
export interface Neighbour {
  readonly id: string;
  /** What their sets of runs of three words share, of all they hold. */
  readonly similarity: number;
  /** Whether the letter was made from it, by its id. */
  readonly own: boolean;
  readonly text: string;
  readonly runs: readonly SharedRun[];
}

/** A letter and those nearest to it. */
export interface Nearest {
  readonly text: string;
  readonly neighbours: readonly Neighbour[];
}

/** So many neighbours are shown. */
const MOST = 5;

/** Shorter runs stand in many letters by chance. */
const LEAST_RUN = 4;

/** Words of a run by which letters are compared. */
const RUN = 3;

/** So many letters are read at once: other questions are answered between. */
const AT_ONCE = 100;

interface Index {
  readonly shingler: Shingler;
  readonly parts: readonly JaccardIndex[];
}

/** Indices of corpora; made once, of letters that do not change. */
const indices = new WeakMap<readonly Letter[], Promise<Index>>();

/**
 * Reads letters for {@linkcode nearest}, once: ten thousand take seconds, in which other questions are answered.
 *
 * @example
 * ```ts
 * import { readAhead } from "./nearest.ts";
 * await readAhead([{ id: "a", text: "No pain.", spans: [], meta: {} }]);
 * ```
 */
export function readAhead(letters: readonly Letter[]): Promise<Index> {
  const known = indices.get(letters) ?? indexed(letters);
  indices.set(letters, known);
  return known;
}

async function indexed(letters: readonly Letter[]): Promise<Index> {
  const shingler = new Shingler(RUN);
  const parts: JaccardIndex[] = [];
  for (let from = 0; from < letters.length; from += AT_ONCE) {
    parts.push(new JaccardIndex(letters.slice(from, from + AT_ONCE), shingler));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { shingler, parts };
}

/**
 * The letters of the first corpus that share most with a letter, its own original among them.
 *
 * @throws {Unanswerable} when there is no such letter, or it is one of the first corpus itself
 *
 * @example
 * ```ts
 * import { tinyProject } from "../tiny_project.ts";
 * import { openResults } from "../results/open_results.ts";
 * import { letterSources } from "./sources.ts";
 * import { nearest } from "./nearest.ts";
 * import { equal } from "node:assert/strict";
 * const { letters, synthetic, results, runs } = await tinyProject(await Deno.makeTempDir());
 * const corpora = [{ name: "letters", path: letters }, { name: "synthetic", path: synthetic }];
 * const sources = letterSources(corpora, await openResults(results), runs);
 * const { neighbours } = await nearest(sources, { corpus: "synthetic" }, "letter-01");
 * equal(neighbours.some(({ own }) => own), true);
 * ```
 */
export async function nearest(sources: LetterSources, source: LetterSource, id: string): Promise<Nearest> {
  const [first] = sources.corpora;
  if (!first) throw new Unanswerable("no letters are served to compare with. Name some with --letters.");
  const letter = await sources.letter(source, id);
  const itself = "corpus" in source && source.corpus === first.name;
  const { letters } = await sources.load({ corpus: first.name });
  const { shingler, parts } = await readAhead(letters);
  const set = shingler.of(letter.text);
  const distances = parts.flatMap((part) => [...part.distances(set)]);
  const order = [...distances.keys()].filter((i) => !(itself && letters[i]?.id === id))
    .sort((a, b) => distances[a]! - distances[b]!) // indices of distances
    .slice(0, MOST);
  return {
    text: letter.text,
    neighbours: order.flatMap((i) => {
      const other = letters[i];
      if (!other || distances[i] === 1) return [];
      const runs = sharedRuns(letter.text, other.text);
      const own = !itself && other.id === id;
      const similarity = 1 - (distances[i] ?? 1);
      return runs.length === 0 && !own ? [] : [{ id: other.id, similarity, own, text: other.text, runs }];
    }),
  };
}

/**
 * The longest runs of words of a text that stand in another, from its first word on, none inside another.
 *
 * @example
 * ```ts
 * import { sharedRuns } from "./nearest.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(sharedRuns("Now no chest pain, no fever.", "He has no chest pain; no cough."), [
 *   { words: 4, letter: [4, 21], source: [7, 24] },
 * ]);
 * ```
 */
export function sharedRuns(text: string, source: string): SharedRun[] {
  const copied = new CopiedText([source], [text]);
  const [here, there] = [placesOf(text), placesOf(source)];
  const { lengths, from } = copied.synthetic;
  const runs: SharedRun[] = [];
  for (let word = 0; word < here.length;) {
    const length = lengths[word] ?? 0;
    const at = copied.sources[from + word] ?? -1;
    if (length < LEAST_RUN || at < 0) {
      word++;
      continue;
    }
    runs.push({ words: length, letter: stretch(here, word, length), source: stretch(there, at, length) });
    word += length;
  }
  return runs;
}

type Place = readonly [start: number, end: number];

function stretch(places: readonly Place[], first: number, length: number): Place {
  return [places[first]?.[0] ?? 0, places[first + length - 1]?.[1] ?? 0];
}

function placesOf(text: string): Place[] {
  const places: Place[] = [];
  new WordReader().read(text, (_, start, end) => places.push([start, end]));
  return places;
}
