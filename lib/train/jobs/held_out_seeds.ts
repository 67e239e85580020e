/** Judging by what is hidden of held-out text. @module */

/** What is hidden is drawn by five seeds, because one set of some thousand says little about the second decimal. */
const FINAL_SEEDS = [1, 2, 3, 4, 5] as const;
/** The share of the held-out text that is hidden. */
export const HELD_OUT_SHARE = 0.15;

/** Something that measures, and holds memory until it is closed. */
interface Gauge<R> {
  measure(): Promise<R>;
  close(): Promise<void>;
}

/** What a model restores of held-out text, over the seeds. */
export interface OverSeeds<R> {
  /** For a card. */
  readonly told: {
    readonly seeds: readonly number[];
    readonly share: number;
    readonly accuracies: readonly number[];
    readonly accuracy: number;
  };
  mean(of: (result: R) => number): number;
}

/**
 * Measures a model by every seed.
 *
 * @example
 * ```ts
 * import { overSeeds } from "./held_out_seeds.ts";
 * import { equal } from "node:assert/strict";
 * const gaugeOf = (seed: number) => ({
 *   measure: () => Promise.resolve({ accuracy: seed / 10, loss: seed }),
 *   close: () => Promise.resolve(),
 * });
 * const { told, mean } = await overSeeds(gaugeOf);
 * equal(told.accuracy, 0.3);
 * equal(mean(({ loss }) => loss), 3);
 * ```
 */
export async function overSeeds<R extends { readonly accuracy: number }>(
  gaugeOf: (seed: number) => Gauge<R>,
): Promise<OverSeeds<R>> {
  const results: R[] = [];
  for (const seed of FINAL_SEEDS) {
    const gauge = gaugeOf(seed);
    results.push(await gauge.measure());
    await gauge.close();
  }
  const mean = (of: (result: R) => number) =>
    results.reduce((sum, result) => sum + of(result), 0) / results.length;
  const accuracies = results.map(({ accuracy }) => accuracy);
  return {
    told: {
      seeds: FINAL_SEEDS,
      share: HELD_OUT_SHARE,
      accuracies,
      accuracy: mean(({ accuracy }) => accuracy),
    },
    mean,
  };
}
