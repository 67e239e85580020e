/** Annotating the letters that an annotator learns from, none by an annotator that knows it. @module */

import type { Letter } from "../corpus/letter.ts";
import { type AnnotateOptions, Annotator } from "./annotate.ts";
import { goldOf } from "./span_f1.ts";
import type { Tagger } from "./tagger.ts";
import { type TaggerTraining, trainTagger } from "./train_tagger.ts";

/** How annotators are trained and annotate. */
export interface CrossAnnotation extends Omit<TaggerTraining, "seed" | "dev">, AnnotateOptions {
  /** For each fold one annotator is trained with each seed; they annotate together. */
  readonly seeds: readonly number[];
}

/**
 * The letters with spans of annotators that learnt from the letters of all other folds (`meta.fold`): silver labels as good as those of new
 * letters (cross-fitting; Chernozhukov et al. 2018).
 *
 * @param letters with gold spans
 * @throws {Error} naming a letter without a fold, a fold for which the others have no span, a label that the others do not have, a seed
 * that comes twice; and as {@linkcode trainTagger}
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { crossAnnotate } from "./cross_annotate.ts";
 * import { deepEqual } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["on", "aspirin", "today", "."], positions: 16, layers: 1 });
 * const spans = [{ start: 3, end: 10, label: "DRUG" }];
 * const letters = ["1", "2"].map((fold) => ({ id: fold, text: "On aspirin today.", spans, meta: { fold } }));
 * const options = { model: "tiny", models, steps: 40, learningRate: 0.02, batch: 1, seeds: [1] };
 * deepEqual((await crossAnnotate(letters, options)).map(({ spans }) => spans), [spans, spans]);
 * ```
 */
export async function crossAnnotate(
  letters: readonly Letter[],
  { seeds, overlap, probabilities, ...training }: CrossAnnotation,
): Promise<Letter[]> {
  if (seeds.length === 0 || new Set(seeds).size < seeds.length) {
    throw new Error(`seeds ${seeds.join(", ")}: name each once, and one at least.`);
  }
  const folds = Map.groupBy(letters, ({ id, meta: { fold } }) => {
    if (fold !== undefined) return fold;
    throw new Error(`letter ${id} has no fold (meta.fold). Cut the letters into folds.`);
  });
  const counts = (label: string) => training.labels?.includes(label) ?? true;
  const parts = [...folds].map(([fold, own]) => {
    const others = letters.filter(({ meta }) => meta.fold !== fold);
    const known = new Set(
      training.labels ?? others.flatMap(({ spans }) => spans.map(({ label }) => label)),
    );
    if (!others.some(({ spans }) => spans.some(({ label }) => counts(label)))) {
      throw new Error(
        `fold ${fold}: the ${others.length} letters of the other folds have no span to learn from. Cut the letters otherwise.`,
      );
    }
    goldOf(own, known, training.labels !== undefined); // a label that only this fold has is an error before any work
    return { own, others };
  });
  const annotated = new Map<string, Letter>();
  for (const { own, others } of parts) {
    const taggers: Tagger[] = [];
    try {
      for (const seed of seeds) taggers.push(await trainTagger(others, { ...training, seed }));
      const annotator = new Annotator(taggers, {
        ...overlap !== undefined && { overlap },
        ...probabilities !== undefined && { probabilities },
      });
      for (const letter of await annotator.annotate(own)) annotated.set(letter.id, letter);
      for (const warning of annotator.report.warnings) console.error(warning);
    } finally {
      for (const tagger of taggers) await tagger.close();
    }
  }
  return letters.flatMap(({ id }) => annotated.get(id) ?? []);
}
