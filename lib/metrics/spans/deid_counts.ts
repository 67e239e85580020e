/** What de-identification counts, and the rates of it. @module */

/** Characters of a letter, or of a corpus. Each character is in one of the kinds, whatever overlaps there. */
export interface DeidCounts {
  /** PHI: covered by a gold span. */
  readonly phi: number;
  /** PHI that is covered by a predicted span (of its label, where labels are aware). */
  readonly found: number;
  /** PHI that is covered by predicted spans of other labels alone; 0 where labels are blind. */
  readonly mislabelled: number;
  /** Covered by no gold span. */
  readonly nonPhi: number;
  /** No PHI, but in a predicted span that covers some PHI (of its label): what it reaches too far. */
  readonly boundaryExcess: number;
  /** No PHI, and only in predicted spans that cover none (of their label). */
  readonly falseSpan: number;
  /** Covered by a predicted span: found + mislabelled + boundaryExcess + falseSpan. */
  readonly redacted: number;
}

/** The rates of counts, each null where it has nothing to divide by. */
export interface DeidRates {
  /** found / phi */
  readonly recall: number | null;
  /** found / redacted */
  readonly precision: number | null;
  /** Harmonic mean of the two; null where either is, 0 where both are. */
  readonly f1: number | null;
  /** (boundaryExcess + falseSpan) / nonPhi: the share of the innocent text that is lost. */
  readonly overRedaction: number | null;
}

/**
 * The rates of counts.
 *
 * @example
 * ```ts
 * import { deidRates } from "./deid_counts.ts";
 * import { deepEqual } from "node:assert/strict";
 * const counts = { phi: 8, found: 6, mislabelled: 0, nonPhi: 12, boundaryExcess: 2, falseSpan: 4, redacted: 12 };
 * deepEqual(deidRates(counts), { recall: 0.75, precision: 0.5, f1: 0.6, overRedaction: 0.5 });
 * ```
 */
export function deidRates(counts: DeidCounts): DeidRates {
  const recall = share(counts.found, counts.phi);
  const precision = share(counts.found, counts.redacted);
  const f1 = recall === null || precision === null
    ? null
    : share(2 * recall * precision, recall + precision) ?? 0;
  return {
    recall,
    precision,
    f1,
    overRedaction: share(counts.boundaryExcess + counts.falseSpan, counts.nonPhi),
  };
}

/** The part of a whole; null where there is nothing to divide by. */
export function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** The counts of no letter. */
export const noCounts: DeidCounts = {
  phi: 0,
  found: 0,
  mislabelled: 0,
  nonPhi: 0,
  boundaryExcess: 0,
  falseSpan: 0,
  redacted: 0,
};

/** The counts of two letters, or corpora, together. */
export function addCounts(a: DeidCounts, b: DeidCounts): DeidCounts {
  return {
    phi: a.phi + b.phi,
    found: a.found + b.found,
    mislabelled: a.mislabelled + b.mislabelled,
    nonPhi: a.nonPhi + b.nonPhi,
    boundaryExcess: a.boundaryExcess + b.boundaryExcess,
    falseSpan: a.falseSpan + b.falseSpan,
    redacted: a.redacted + b.redacted,
  };
}
