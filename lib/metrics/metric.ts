/** What a metric is, and what scoring a corpus with one gives. @module */

import type { TokenEncoder } from "./token_encoder.ts";

/** A model's answer for one masked word. */
export interface ScoredFill {
  /** Whether the raw prediction was a whole alphabetic word. */
  readonly valid: boolean;
  /** The word that was masked. */
  readonly original: string;
  /** The word that stands in its place now. */
  readonly text: string;
}

/** A letter to score: the candidate is the synthetic text, the references what it is compared with. */
export interface Pair {
  readonly id: string;
  readonly reference: string | readonly string[];
  readonly candidate: string;
  /** Needed by the metrics that judge fills; absent where the texts are all there is. */
  readonly fills?: readonly ScoredFill[];
}

/** What some metrics need beside the texts. */
export interface Resources {
  /** The model behind BERTScore. */
  readonly encoder?: TokenEncoder;
}

/** One value a letter, and the parts that the value is made of where it has any. */
export interface LetterValues {
  /** The headline number of each letter, in the order of the pairs; F1 for metrics with precision and recall. */
  readonly values: Float64Array;
  /** For metrics with several numbers, each by its name: `precision`, `recall`, `f1`. */
  readonly parts?: Readonly<Record<string, Float64Array>>;
}

/** The values of one metric over a corpus; `ids[i]` has `values[i]`. */
export interface Scores extends LetterValues {
  readonly metric: string;
  /** What exactly the numbers were computed with; numbers with different signatures do not compare. */
  readonly signature: string;
  readonly ids: readonly string[];
}

/** A way to score letters. */
export interface Metric {
  /** The name users write: `rougeL`. */
  readonly name: string;
  /** The name for tables and axes: `ROUGE-L`. */
  readonly title: string;
  readonly higherIsBetter: boolean;
  /** Whether it asks the resources' encoder. */
  readonly needsEncoder?: true;
  /** The least and the greatest possible value. */
  readonly range: readonly [least: number, greatest: number];
  /** `name|option:value|…|vN`, where N counts changes of this project's computation that change numbers. */
  signature(resources: Resources): string;
  /** One value a pair. Throws where a resource or a part of a pair that it needs is missing. */
  score(pairs: readonly Pair[], resources: Resources): LetterValues | Promise<LetterValues>;
}

/**
 * The references of a pair as a list.
 *
 * @example
 * ```ts
 * import { referencesOf } from "./metric.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(referencesOf({ id: "1", reference: "no pain", candidate: "pain" }), ["no pain"]);
 * ```
 */
export function referencesOf(pair: Pair): readonly string[] {
  return typeof pair.reference === "string" ? [pair.reference] : pair.reference;
}

/**
 * The fills of a pair.
 *
 * @throws {Error} when the pair has none.
 *
 * @example
 * ```ts
 * import { fillsOf } from "./metric.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(fillsOf({ id: "1", reference: "", candidate: "", fills: [] }, "copy-rate"), []);
 * ```
 */
export function fillsOf(pair: Pair, metric: string): readonly ScoredFill[] {
  if (pair.fills !== undefined) return pair.fills;
  throw new Error(
    `${metric}: letter ${pair.id} comes without its fills. Score it where it was filled, or drop the metric.`,
  );
}

/**
 * Precision, recall and F1 a letter as a metric's result, with F1 as the headline.
 *
 * @example
 * ```ts
 * import { valuesOfTriples } from "./metric.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { values, parts } = valuesOfTriples([{ precision: 1, recall: 0.5, f1: 2 / 3 }]);
 * deepEqual([values[0], parts.recall[0]], [2 / 3, 0.5]);
 * ```
 */
export function valuesOfTriples(
  triples: readonly { readonly precision: number; readonly recall: number; readonly f1: number }[],
) {
  const parts = {
    precision: Float64Array.from(triples, (t) => t.precision),
    recall: Float64Array.from(triples, (t) => t.recall),
    f1: Float64Array.from(triples, (t) => t.f1),
  };
  return { values: parts.f1, parts } satisfies LetterValues;
}
