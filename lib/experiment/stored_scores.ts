/** Scores as files hold them. @module */

import { z } from "zod";
import type { CorpusValue, Scores } from "../metrics/metric.ts";

/** {@linkcode Scores} as they are written down. */
export interface StoredScores {
  readonly metric: string;
  readonly signature: string;
  readonly ids: readonly string[];
  /** `null` where the metric could not score a letter. */
  readonly values: readonly (number | null)[];
  readonly unscored?: readonly (readonly [index: number, why: string])[];
  readonly corpus?: CorpusValue;
}

/** Their shape. Tested by hand: a store holds millions of values, and a schema of each would take longer than reading them. */
export const scoresSchema = z.custom<StoredScores[]>(
  (value) => Array.isArray(value) && value.every(areStoredScores),
  { error: "not the scores of letters" },
);

function areStoredScores(value: unknown): value is StoredScores {
  if (typeof value !== "object" || value === null) return false;
  if (!("metric" in value && "signature" in value && "ids" in value && "values" in value)) return false;
  const { metric, signature, ids, values } = value;
  return typeof metric === "string" && typeof signature === "string" && areAll(ids, isString) &&
    areAll(values, isNumberOrNull) &&
    (!("unscored" in value) || areAll(value.unscored, isUnscored)) &&
    (!("corpus" in value) || isCorpusValue(value.corpus));
}

function areAll(values: unknown, is: (value: unknown) => boolean): boolean {
  if (!Array.isArray(values)) return false;
  for (let i = 0; i < values.length; i++) if (!is(values[i])) return false;
  return true;
}

const isString = (value: unknown) => typeof value === "string";
const isNumberOrNull = (value: unknown) =>
  value === null || (typeof value === "number" && Number.isFinite(value));
const isCorpusValue = (value: unknown) =>
  typeof value === "object" && value !== null && "value" in value && "signature" in value &&
  typeof value.value === "number" && isString(value.signature);
const isUnscored = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && isNumberOrNull(value[0]) && value[0] !== null &&
  isString(value[1]);

/**
 * Scores as JSON can say them: a value that is NaN becomes `null`.
 *
 * @example
 * ```ts
 * import { storedScores } from "./stored_scores.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [stored] = storedScores([{ metric: "fog", signature: "", ids: ["a"], values: Float64Array.of(NaN) }]);
 * deepEqual(stored?.values, [null]);
 * ```
 */
export function storedScores(scores: readonly Scores[]): StoredScores[] {
  return scores.map(({ metric, signature, ids, values, unscored, corpus }) => ({
    ...{ metric, signature, ids: [...ids] },
    values: Array.from(values, (value) => Number.isNaN(value) ? null : value),
    ...unscored && { unscored: [...unscored] },
    ...corpus && Number.isFinite(corpus.value) && { corpus },
  }));
}

/**
 * The inverse of {@linkcode storedScores}.
 *
 * @example
 * ```ts
 * import { loadedScores } from "./stored_scores.ts";
 * import { equal } from "node:assert/strict";
 * const [loaded] = loadedScores([{ metric: "fog", signature: "", ids: ["a"], values: [null] }]);
 * equal(loaded?.values[0], NaN);
 * ```
 */
export function loadedScores(stored: readonly StoredScores[]): Scores[] {
  return stored.map(({ metric, signature, ids, values, unscored, corpus }) => {
    const numbers = new Float64Array(values.length);
    for (let i = 0; i < numbers.length; i++) numbers[i] = values[i] ?? NaN;
    return {
      ...{ metric, signature, ids: shared(ids), values: numbers },
      ...unscored && { unscored: new Map(unscored) },
      ...corpus && { corpus },
    };
  });
}

let lastIds: readonly string[] = [];

/** The same letters are scored again and again: they are held once, and known to be the same without being compared. */
function shared(ids: readonly string[]): readonly string[] {
  if (!sameIds(ids, lastIds)) lastIds = ids;
  return lastIds;
}

/** Whether these are the same letters in the same order. */
export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
