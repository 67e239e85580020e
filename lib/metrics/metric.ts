/** What a metric is, and what scoring a corpus with one gives. @module */

import type { Span } from "../corpus/letter.ts";
import type { LanguageModel } from "./perplexity/language_model.ts";
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
  /** The gold spans of the reference, of which there is then one; needed by `entities-kept` and `phi-left`. */
  readonly spans?: readonly Span[];
  /**
   * The spans that a tagger found in the candidate, which is then the reference; needed by `token-f1`, `span-f1`, `phi-found` and
   * `other-redacted`.
   */
  readonly found?: readonly Span[];
  /** Needed by the metrics that judge fills; absent where the texts are all there is. */
  readonly fills?: readonly ScoredFill[];
  /** How many words the letter has that was masked, needed by `masked-share`. */
  readonly words?: number;
  /** How long the model took to write the blanks, needed by `inference-time`. */
  readonly seconds?: number;
}

/** What some metrics need beside the texts. */
export interface Resources {
  /** The model behind BERTScore. */
  readonly encoder?: TokenEncoder;
  /** The models behind perplexity and pseudo-perplexity. */
  readonly causalLM?: LanguageModel;
  readonly maskedLM?: LanguageModel;
}

/** One value a letter, and the parts that the value is made of where it has any. */
export interface LetterValues {
  /**
   * The headline number of each letter, in the order of the pairs; F1 for metrics with precision and recall. NaN for a
   * letter that the metric cannot score.
   */
  readonly values: Float64Array;
  /** For metrics with several numbers, each by its name: `precision`, `recall`, `f1`. */
  readonly parts?: Readonly<Record<string, Float64Array>>;
  /** By the index of each letter whose value is NaN, why: "no sentence". */
  readonly unscored?: ReadonlyMap<number, string>;
  /** The number of all letters taken together, for metrics where that is not the mean over letters. */
  readonly corpus?: CorpusValue;
}

/** A number of all letters taken together, and what exactly it was computed with. */
export interface CorpusValue {
  readonly value: number;
  readonly signature: string;
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
  /** Absent where neither is better. */
  readonly higherIsBetter?: boolean;
  /** Whether it asks the resources' encoder. */
  readonly needsEncoder?: true;
  /** Which of the resources' language models it asks. */
  readonly needsLanguageModel?: "causal" | "masked";
  /** The least and the greatest possible value. */
  readonly range: readonly [least: number, greatest: number];
  /**
   * `name|option:value|…|vN`, where N counts changes of this project's computation that change numbers.
   *
   * @param pairs what is scored, where something of it belongs to the signature, as the number of references does
   */
  signature(resources: Resources, pairs?: readonly Pair[]): string;
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
 * The values of the letters that a metric could score.
 *
 * @example
 * ```ts
 * import { scoredValues } from "./metric.ts";
 * import { deepEqual } from "node:assert/strict";
 * const values = Float64Array.of(0.5, NaN);
 * deepEqual(scoredValues({ values, unscored: new Map([[1, "no sentence"]]) }), Float64Array.of(0.5));
 * ```
 */
export function scoredValues({ values, unscored }: LetterValues): Float64Array {
  return unscored === undefined ? values : values.filter((_, i) => !unscored.has(i));
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
    precision: new Float64Array(triples.length),
    recall: new Float64Array(triples.length),
    f1: new Float64Array(triples.length),
  };
  triples.forEach(({ precision, recall, f1 }, i) => {
    parts.precision[i] = precision;
    parts.recall[i] = recall;
    parts.f1[i] = f1;
  });
  return { values: parts.f1, parts } satisfies LetterValues;
}
