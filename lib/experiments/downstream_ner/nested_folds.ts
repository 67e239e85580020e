/** Folds of letters, and annotators that saw neither the letter that they annotate nor those of the test. @module */

import type { Letter } from "../../corpus/letter.ts";

/** A letter's place: which fold it is in, and the how-manieth there it is. */
export interface Place {
  readonly fold: number;
  readonly index: number;
}

/**
 * The place of each letter by its id, the folds of the corpus (`meta.fold`) put together to as many as are asked for.
 *
 * @throws {Error} where a letter has no fold, there are fewer folds than asked for, or one is left without a span of the labels
 *
 * @example
 * ```ts
 * import { placesOf } from "./nested_folds.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 0, end: 4, label: "DRUG" }];
 * const corpus = ["1", "2", "3", "1"].map((fold, i) => ({ id: `${i}`, text: "Iron", spans, meta: { fold } }));
 * deepEqual([...placesOf(corpus, 3).values()].map(({ fold, index }) => [fold, index]), [[0, 0], [1, 0], [2, 0], [0, 1]]);
 * ```
 */
export function placesOf(corpus: readonly Letter[], folds: number): ReadonlyMap<string, Place> {
  const names = [
    ...new Set(corpus.map(({ id, meta: { fold } }) => {
      if (fold !== undefined) return fold;
      throw new Error(`letter ${id} has no fold (meta.fold). Cut the corpus into folds.`);
    })),
  ].sort();
  if (names.length < folds) {
    throw new Error(
      `the letters are in ${names.length} folds, ${folds} are needed. Cut the corpus into more.`,
    );
  }
  const counts = Array.from({ length: folds }, () => ({ letters: 0, spans: 0 }));
  const places = new Map<string, Place>();
  for (const { id, spans, meta } of corpus) {
    const fold = names.indexOf(meta.fold ?? "") % folds;
    const count = counts[fold];
    if (!count) continue; // fold < folds
    places.set(id, { fold, index: count.letters++ });
    count.spans += spans.length;
  }
  const empty = counts.findIndex(({ spans }) => spans === 0);
  if (empty >= 0) {
    throw new Error(
      `fold ${
        names[empty]
      }: its letters have no span of the labels that are learnt. Cut the corpus otherwise.`,
    );
  }
  return places;
}

/**
 * Annotators, each trained on gold spans without two folds. A tagger that is tested on fold k learns from letters of fold j with spans of
 * the annotator that saw neither j nor k: what it learns carries nothing of the test, and no letter is annotated by who knows it. As
 * the two play one part, five folds take ten annotators.
 *
 * @param train gives the annotator that learns from these letters
 *
 * @example
 * ```ts
 * import { nestedAnnotators } from "./nested_folds.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["a", "b", "c"].map((id) => ({ id, text: "", spans: [], meta: {} }));
 * const places = new Map(corpus.map(({ id }, fold) => [id, { fold, index: 0 }]));
 * const annotator = nestedAnnotators(corpus, places, (letters) => letters.map(({ id }) => id).join());
 * equal(annotator(0, 2), "b");
 * equal(annotator(2, 0), "b");
 * ```
 */
export function nestedAnnotators<Annotator>(
  corpus: readonly Letter[],
  places: ReadonlyMap<string, Place>,
  train: (letters: readonly Letter[]) => Annotator,
): (fold: number, other: number) => Annotator {
  const known = new Map<string, Annotator>();
  return (fold, other) => {
    const without = [fold, other].sort((a, b) => a - b);
    const key = without.join();
    const made = known.get(key) ??
      train(corpus.filter(({ id }) => !without.includes(places.get(id)?.fold ?? NaN)));
    known.set(key, made);
    return made;
  };
}
