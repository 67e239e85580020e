/** What a finder takes away for what it finds, from its surest spans to its least sure ones. @module */

import { countedCharacters } from "../metrics/spans/deidentification.ts";
import { precisionAtRecall } from "../metrics/spans/precision_at_recall.ts";
import { measuresOf } from "./evaluate.ts";
import { type EvaluateOptions, type FoundLetter, kindLetters } from "./evaluate_letters.ts";
import { type RateInterval, rateIntervals, type ResampleOptions } from "./evaluate_intervals.ts";

/** What is found and taken away when spans of at least a probability are redacted. */
export interface RecallPoint {
  readonly threshold: number;
  /** Identifying characters found, of all. */
  readonly found: number;
  /** Other characters redacted, of all others. */
  readonly otherRedacted: number;
  readonly precision: number;
}

/**
 * The points of the recall curve, a threshold each, from the surest spans on; spans without a probability count as certain
 * (`withConfidence()` gives them one). None where nothing identifies or nothing was found.
 *
 * @throws {Error} as `measuresOf()`
 *
 * @example
 * ```ts
 * import { recallCurve } from "./evaluate_recall.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "Ann rests.", spans: [{ start: 0, end: 3, label: "PATIENT" }], meta: {} };
 * const found = [{ start: 0, end: 3, label: "PATIENT", probability: 0.9 }, { start: 4, end: 9, label: "PERSON", probability: 0.2 }];
 * deepEqual(recallCurve([{ letter, found }]), [
 *   { threshold: 0.9, found: 1, otherRedacted: 0, precision: 1 },
 *   { threshold: 0.2, found: 1, otherRedacted: 5 / 7, precision: 3 / 8 },
 * ]);
 * ```
 */
export function recallCurve(letters: readonly FoundLetter[], options: EvaluateOptions = {}): RecallPoint[] {
  const { characters = "all" } = options;
  const all = kindLetters(letters, options).map((letter) => {
    const counted = countedCharacters(letter.text, characters, letter.aside);
    const phi = new Uint8Array(letter.text.length);
    for (const { start, end } of letter.gold) phi.fill(1, start, end);
    return { ...letter, counted, phi, redacted: new Uint8Array(letter.text.length) };
  });
  let [identifying, others] = [0, 0];
  for (const { counted, phi } of all) {
    for (let i = 0; i < counted.length; i++) {
      if (counted[i] === 0) continue;
      if (phi[i] === 1) identifying++;
      else others++;
    }
  }
  if (identifying === 0) return [];
  const queue = all.flatMap((letter) =>
    letter.predicted.map(({ start, end, probability = 1 }) => ({ letter, start, end, probability }))
  ).sort((a, b) => b.probability - a.probability);
  const points: RecallPoint[] = [];
  let [found, beside] = [0, 0];
  for (const [i, { letter: { counted, phi, redacted }, start, end, probability }] of queue.entries()) {
    for (let at = start; at < end; at++) {
      if (counted[at] === 0 || redacted[at] === 1) continue;
      redacted[at] = 1;
      if (phi[at] === 1) found++;
      else beside++;
    }
    if (queue[i + 1]?.probability === probability || found + beside === 0) continue;
    points.push({
      threshold: probability,
      found: found / identifying,
      otherRedacted: others > 0 ? beside / others : 0,
      precision: found / (found + beside),
    });
  }
  return points;
}

/** The precision of a finder where it finds so much, labels counting or not. */
export interface PrecisionAtTarget {
  readonly labels: "blind" | "aware";
  readonly target: number;
  /** With the threshold held; `null` where the target is not reached. */
  readonly precision: RateInterval | null;
  /** The recall there; where the target is not reached, that of all spans. */
  readonly recall: number | null;
  readonly threshold: number | null;
  readonly reason?: string;
}

/**
 * Precision at a recall of identifying characters, 99% where nothing else is asked for, at the best threshold that reaches it, with its
 * interval over letters; label-blind and label-aware.
 *
 * @throws {Error} as `measuresOf()`, and for a recall outside (0, 1]
 *
 * @example
 * ```ts
 * import { precisionAtTarget } from "./evaluate_recall.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = ["a", "b"].map((id) => ({
 *   letter: { id, text: "Ann rests.", spans: [{ start: 0, end: 3, label: "PATIENT" }], meta: {} },
 *   found: [{ start: 0, end: 3, label: "PATIENT", probability: 0.9 }, { start: 4, end: 9, label: "PERSON", probability: 0.2 }],
 * }));
 * const [blind] = precisionAtTarget(letters);
 * deepEqual([blind?.precision?.value, blind?.threshold], [1, 0.9]);
 * ```
 */
export function precisionAtTarget(
  letters: readonly FoundLetter[],
  { recall: target = 0.99, ...options }: EvaluateOptions & ResampleOptions & { readonly recall?: number } =
    {},
): PrecisionAtTarget[] {
  const candidates = kindLetters(letters, options).map(({ id, text, gold, predicted, aside }) => ({
    ...{ id, text, gold },
    candidates: predicted.map((span) => ({ ...span, score: span.probability ?? 1 })),
    ...aside && { aside },
  }));
  return (["blind", "aware"] as const).map((labels): PrecisionAtTarget => {
    const { characters = "all" } = options;
    const { precision, recall, threshold, reason } = precisionAtRecall(candidates, {
      ...{ recall: target, labels, characters },
    });
    const name = labels === "blind" ? "precision" : "precision, label-aware";
    const interval = precision === null || threshold === null || letters.length < 2
      ? null
      : intervalAt(letters, threshold, name, options);
    return { labels, target, precision: interval, recall, threshold, ...reason !== undefined && { reason } };
  });
}

function intervalAt(
  letters: readonly FoundLetter[],
  threshold: number,
  name: string,
  options: EvaluateOptions & ResampleOptions,
): RateInterval | null {
  const kept = letters.map(({ letter, found }) => ({
    letter,
    found: found.filter(({ probability = 1 }) => probability >= threshold),
  }));
  const measures = measuresOf(kept, options);
  const only = measures.measures.filter((one) => one.group === "all" && one.name === name);
  return rateIntervals({ ...measures, measures: only }, options)[0]?.estimate ?? null;
}
