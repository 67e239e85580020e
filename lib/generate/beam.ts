/** Beam search: the likeliest texts as a whole, not piece by piece. @module */

import { checkWhole } from "../check_whole.ts";
import { repeating } from "./beam_no_repeat.ts";

/** How a text is searched for, apart from the model. */
export interface SearchOptions {
  /** The piece that ends a text. */
  readonly end: number;
  /** The most pieces that are written, the end included. */
  readonly maxPieces: number;
  /** No n-gram of this size comes twice in a text. Default 0: all may. */
  readonly noRepeat?: number;
}

export interface BeamOptions extends SearchOptions {
  /** How many texts are kept at each step. */
  readonly beams: number;
  /** Texts are compared by log-probability / length^penalty. Default 1. */
  readonly lengthPenalty?: number;
  /**
   * When to stop: true, once as many texts as beams have ended; false (the default), once no running text at its present
   * length is better than the worst of these; "never", once none could become so at the greatest length.
   */
  readonly earlyStopping?: boolean | "never";
}

/** A text that was found. */
export interface Found {
  /** Without the start and the end. */
  readonly pieces: readonly number[];
  /** What texts were compared by. */
  readonly score: number;
  /** The log-probability of each piece, given those before it. */
  readonly logProbabilities: readonly number[];
}

/** A search that is fed with the model's answers, step by step. */
export interface Search {
  /** The last piece of each running text: what the model is asked to go on from. */
  readonly last: readonly number[];
  readonly done: boolean;
  /**
   * Takes a step.
   *
   * @param logProbabilities of all pieces to follow a running text, by its index
   * @returns for each text that now runs the index of the one that it continues
   */
  advance(logProbabilities: (running: number) => Float32Array): readonly number[];
  /** The texts found, the best first. */
  readonly found: readonly Found[];
}

interface Text {
  readonly pieces: readonly number[];
  readonly score: number;
  /** Of the pieces that were written. */
  readonly logProbabilities: readonly number[];
}

interface Candidate extends Text {
  readonly parent: number;
  readonly ended: boolean;
}

const { fround } = Math;
/** What HuggingFace's search adds to put a text behind all others. */
const BEHIND = -1e9;

/**
 * A beam search for one text, step by step as Python's `generate(num_beams=…)` of transformers 5 does it, in float32.
 *
 * @param start what the decoder begins with
 *
 * @example
 * ```ts
 * import { BeamSearch } from "./beam.ts";
 * import { deepEqual } from "node:assert/strict";
 * // Piece 1 is likelier than 2 at first, but what follows 2 is certain.
 * const next: Record<number, number[]> = { 0: [0, 0.6, 0.4], 1: [0.34, 0.33, 0.33], 2: [1, 0, 0] };
 * const search = new BeamSearch([0], { beams: 2, end: 0, maxPieces: 3 });
 * while (!search.done) {
 *   const { last } = search;
 *   search.advance((beam) => Float32Array.from(next[last[beam] ?? 0] ?? [], Math.log));
 * }
 * deepEqual(search.found[0]?.pieces, [2]);
 * deepEqual(search.found[0]?.logProbabilities, [Math.fround(Math.log(0.4))]);
 * ```
 */
export class BeamSearch implements Search {
  readonly #options: Required<BeamOptions>;
  readonly #start: number;
  #running: readonly Text[];
  #finished: readonly Text[] = [];
  #steps = 0;
  #done = false;

  constructor(start: readonly number[], options: BeamOptions) {
    const { beams, maxPieces } = options;
    checkWhole("beams", beams);
    checkWhole("maxPieces", maxPieces);
    this.#options = { noRepeat: 0, lengthPenalty: 1, earlyStopping: false, ...options };
    this.#start = start.length;
    // All beams are equal at first: only the first counts, or each would be found as often as there are beams.
    this.#running = Array.from({ length: beams }, (_, i) => ({
      ...{ pieces: start, score: i === 0 ? 0 : BEHIND, logProbabilities: [] },
    }));
  }

  get last(): readonly number[] {
    return this.#running.map(({ pieces }) => pieces.at(-1) ?? -1);
  }

  get done(): boolean {
    return this.#done;
  }

  get found(): readonly Found[] {
    const { end } = this.#options;
    return this.#finished.map(({ pieces, score, logProbabilities }) => {
      const length = pieces.length - this.#start - (pieces.at(-1) === end ? 1 : 0);
      return {
        ...{ pieces: pieces.slice(this.#start, this.#start + length), score },
        logProbabilities: logProbabilities.slice(0, length),
      };
    });
  }

  advance(logProbabilities: (running: number) => Float32Array): readonly number[] {
    const { beams, maxPieces, lengthPenalty, earlyStopping } = this.#options;
    const candidates = this.#best(logProbabilities, 2 * beams);
    this.#steps++;
    // Of the candidates that end, those behind as many others as there are beams are not likely enough.
    const scale = fround(this.#steps ** lengthPenalty);
    const ended = candidates.slice(0, beams).filter((candidate) => candidate.ended)
      .map((text) => ({ ...text, score: fround(text.score / scale) }));
    this.#finished = ranked([...this.#finished, ...ended]).slice(0, beams);
    const going = ranked(candidates.map((text) => {
      return text.ended ? { ...text, score: fround(text.score + BEHIND) } : text;
    })).slice(0, beams);
    this.#running = going;
    const full = this.#finished.length === beams;
    const longest = earlyStopping === "never" && lengthPenalty > 0 ? maxPieces : this.#steps;
    const hope = fround((going[0]?.score ?? BEHIND) / fround(longest ** lengthPenalty));
    const hopeless = full && (earlyStopping === true || hope <= (this.#finished.at(-1)?.score ?? 0));
    this.#done = hopeless || this.#steps === maxPieces;
    return going.map(({ parent }) => parent);
  }

  /** The likeliest continuations of all running texts, the best first. */
  #best(logProbabilities: (running: number) => Float32Array, count: number): Candidate[] {
    const { end, maxPieces, noRepeat } = this.#options;
    const best: { score: number; parent: number; piece: number; own: number }[] = [];
    let least = -Infinity; // of the best, once they are `count`
    for (const [parent, text] of this.#running.entries()) {
      const row = logProbabilities(parent);
      const banned = repeating(text.pieces, noRepeat);
      for (let piece = 0; piece < row.length; piece++) {
        const score = banned.has(piece) ? -Infinity : fround((row[piece] ?? -Infinity) + text.score);
        if (best.length === count && score <= least) continue;
        let at = best.length;
        while (at > 0 && score > (best[at - 1]?.score ?? Infinity)) at--;
        best.splice(at, 0, { score, parent, piece, own: row[piece] ?? -Infinity });
        if (best.length > count) best.pop();
        if (best.length === count) least = best[count - 1]?.score ?? least;
      }
    }
    return best.map(({ score, parent, piece, own }) => ({
      pieces: [...this.#running[parent]?.pieces ?? [], piece],
      logProbabilities: [...this.#running[parent]?.logProbabilities ?? [], own],
      score,
      parent,
      ended: piece === end || this.#steps + 1 === maxPieces,
    }));
  }
}

/** By falling score; equals stay in their order. */
function ranked<T extends Text>(texts: readonly T[]): T[] {
  return texts.toSorted((a, b) => b.score - a.score);
}
