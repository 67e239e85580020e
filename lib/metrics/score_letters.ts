/** Scoring synthetic letters against the letters they were made from. @module */

import type { Letter } from "../corpus/letter.ts";
import type { FilledLetter } from "../fill/fill.ts";
import type { Pair } from "./metric.ts";

/**
 * Pairs each candidate with the letter of its id, whose gold spans come along, as do the candidate's own (what a tagger found);
 * filled letters bring the fills that some metrics judge, and the seconds that they took where these were measured.
 *
 * @throws {Error} when a candidate has no original in the corpus
 *
 * @example
 * ```ts
 * import { pairsOf } from "./score_letters.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "He was well.", spans: [], meta: {} };
 * deepEqual(pairsOf([letter], [{ ...letter, text: "She was well." }]), [
 *   { id: "a", reference: "He was well.", candidate: "She was well.", spans: [], found: [] },
 * ]);
 * ```
 */
export function pairsOf(corpus: readonly Letter[], candidates: readonly (Letter | FilledLetter)[]): Pair[] {
  const originals = new Map(corpus.map((letter) => [letter.id, letter]));
  return candidates.map((candidate) => {
    const original = originals.get(candidate.id);
    if (!original) {
      throw new Error(
        `letter ${candidate.id} is not in the corpus of ${corpus.length} letters. Score it against its own corpus.`,
      );
    }
    const { text, spans } = original;
    const pair = { id: candidate.id, reference: text, candidate: candidate.text, spans };
    if (!("fills" in candidate)) return { ...pair, found: candidate.spans };
    const { masked: { words }, seconds } = candidate;
    const fills = candidate.fills.map(({ word, text, valid }) => ({
      valid,
      text,
      original: words[word]?.text ?? "",
    }));
    return { ...pair, fills, words: words.length, ...seconds !== undefined && { seconds } };
  });
}
