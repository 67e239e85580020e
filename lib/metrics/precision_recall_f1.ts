/** The triple that matching metrics report. @module */

/** Precision, recall and their harmonic mean, as shares (0 to 1) unless a metric says otherwise. */
export interface PrecisionRecallF1 {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * The triple of a precision and a recall; F1 is 0 where their sum is not positive.
 *
 * @example
 * ```ts
 * import { precisionRecallF1 } from "./precision_recall_f1.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(precisionRecallF1(1, 0.5), { precision: 1, recall: 0.5, f1: 2 / 3 });
 * deepEqual(precisionRecallF1(0, 0), { precision: 0, recall: 0, f1: 0 });
 * ```
 */
export function precisionRecallF1(precision: number, recall: number): PrecisionRecallF1 {
  const sum = precision + recall;
  return { precision, recall, f1: sum > 0 ? 2 * precision * recall / sum : 0 };
}
