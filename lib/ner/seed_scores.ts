/** One recipe for a tagger, several seeds: how much of its score is chance. @module */

import type { Letter } from "../corpus/letter.ts";
import { goldOf, spanF1 } from "./span_f1.ts";
import { type TaggerTraining, trainTagger } from "./train_tagger.ts";

/** Strict span F1 of taggers that differ in their seeds. */
export interface SeedScores {
  /** In the order of the seeds. */
  readonly f1: readonly number[];
  readonly mean: number;
  /** Of a sample; 0 where there is one seed. */
  readonly sd: number;
}

/**
 * Trains a tagger with each seed and scores it on gold spans: start, end and label exact (scheme seqeval), all labels together.
 *
 * @throws {Error} as {@linkcode trainTagger}, and where seeds are none or come twice
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { seedScores } from "./seed_scores.ts";
 * import { equal } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["on", "aspirin", "today", "."], positions: 16, layers: 1 });
 * const spans = [{ start: 3, end: 10, label: "DRUG" }];
 * const letters = [{ id: "a", text: "On aspirin today.", spans, meta: {} }];
 * const options = { model: "tiny", models, steps: 40, learningRate: 0.02, batch: 1, seeds: [1, 2] };
 * equal((await seedScores(letters, letters, options)).mean, 1);
 * ```
 */
export async function seedScores(
  letters: readonly Letter[],
  gold: readonly Letter[],
  { seeds, ...options }: Omit<TaggerTraining, "seed"> & { readonly seeds: readonly number[] },
): Promise<SeedScores> {
  if (seeds.length === 0 || new Set(seeds).size < seeds.length) {
    throw new Error(`seeds ${seeds.join(", ")}: name each once, and one at least.`);
  }
  const known = new Set(options.labels ?? letters.flatMap(({ spans }) => spans.map(({ label }) => label)));
  const wanted = goldOf(gold, known, options.labels !== undefined);
  const f1: number[] = [];
  for (const seed of seeds) {
    await using tagger = await trainTagger(letters, { ...options, seed });
    f1.push(spanF1(wanted, await tagger.tag(wanted)));
  }
  const mean = f1.reduce((a, b) => a + b, 0) / f1.length;
  const squares = f1.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { f1, mean, sd: f1.length > 1 ? Math.sqrt(squares / (f1.length - 1)) : 0 };
}
