/** Scores as files hold them. @module */

import { z } from "zod";
import type { Scores } from "../metrics/metric.ts";

/** The shape of {@linkcode Scores} where they are written down. */
export const scoresSchema = z.array(
  z.object({
    metric: z.string(),
    signature: z.string(),
    ids: z.array(z.string()),
    values: z.array(z.number().nullable()),
    unscored: z.array(z.tuple([z.number(), z.string()])).optional(),
  }),
);

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
export function storedScores(scores: readonly Scores[]): z.output<typeof scoresSchema> {
  return scores.map(({ metric, signature, ids, values, unscored }) => ({
    ...{ metric, signature, ids: [...ids] },
    values: Array.from(values, (value) => Number.isNaN(value) ? null : value),
    ...unscored && { unscored: [...unscored] },
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
export function loadedScores(stored: z.output<typeof scoresSchema>): Scores[] {
  return stored.map(({ values, unscored, ...rest }) => ({
    ...rest,
    values: Float64Array.from(values, (value) => value ?? NaN),
    ...unscored && { unscored: new Map(unscored) },
  }));
}
