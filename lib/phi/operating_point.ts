/** At how little probability something is taken for identifying, so that enough is found. @module */

import { z } from "zod";

/** What is found and taken away on the letters that the point is chosen on, where words of at least a probability are. */
export const OperatingPoint = z.strictObject({
  threshold: z.number(),
  /** Letters and digits of identifying data that are found. */
  recall: z.number().min(0).max(1),
  /** Other letters and digits that are taken away. */
  surplus: z.number().min(0).max(1),
});

/** See {@linkcode OperatingPoint}. */
export type OperatingPoint = z.infer<typeof OperatingPoint>;

/** Words in the order of the letters: their letters and digits, how probable it is that they identify, and whether they do. */
export interface WeighedWord {
  readonly characters: number;
  readonly probability: number;
  readonly identifies: boolean;
}

const MANY = 200; // points, from which on a curve is thinned

/**
 * The curve of operating points, from the surest words to all that anything speaks for, a point a probability; where these are many, one for each
 * twentieth of a percent that is found beyond 95%, and fewer below.
 *
 * @throws {Error} where no word identifies: recall means nothing
 *
 * @example
 * ```ts
 * import { operatingCurve } from "./operating_point.ts";
 * import { deepEqual } from "node:assert/strict";
 * const word = (characters: number, probability: number, identifies: boolean) => ({ characters, probability, identifies });
 * deepEqual(operatingCurve([word(3, 0.9, true), word(4, 0.5, false), word(1, 0.2, true)]), [
 *   { threshold: 0.9, recall: 0.75, surplus: 0 },
 *   { threshold: 0.5, recall: 0.75, surplus: 1 },
 *   { threshold: 0.2, recall: 1, surplus: 1 },
 * ]);
 * ```
 */
export function operatingCurve(words: readonly WeighedWord[]): OperatingPoint[] {
  let [all, others] = [0, 0];
  for (const { characters, identifies } of words) {
    if (identifies) all += characters;
    else others += characters;
  }
  if (all === 0) {
    throw new Error(
      "nothing identifies in the letters: no recall can be measured. Give letters with gold spans.",
    );
  }
  const sorted = words.filter(({ characters }) => characters > 0).toSorted((a, b) =>
    b.probability - a.probability
  );
  const points: OperatingPoint[] = [];
  let [found, surplus] = [0, 0];
  for (const [i, { characters, probability, identifies }] of sorted.entries()) {
    if (probability <= 0) break; // nothing speaks for the rest
    if (identifies) found += characters;
    else surplus += characters;
    if (sorted[i + 1]?.probability === probability) continue;
    const point = {
      threshold: probability,
      recall: found / all,
      surplus: others === 0 ? 0 : surplus / others,
    };
    points.push(point);
  }
  if (points.length <= MANY) return points;
  const kept = points.slice(0, 1);
  for (const [i, point] of points.entries()) {
    const before = kept.at(-1);
    const step = point.recall < 0.95 ? 0.005 : 0.0005;
    const far = point.recall - (before?.recall ?? 0) >= step ||
      point.surplus - (before?.surplus ?? 0) >= 0.01;
    if (i > 0 && (far || i + 1 === points.length)) kept.push(point);
  }
  return kept;
}

/**
 * The point of a curve with the highest threshold that finds a share.
 *
 * @param recall above 0, at most 1
 * @throws {Error} for another recall, and where no point finds as much
 *
 * @example
 * ```ts
 * import { operatingPoint } from "./operating_point.ts";
 * import { equal, throws } from "node:assert/strict";
 * const curve = [{ threshold: 0.9, recall: 0.8, surplus: 0 }, { threshold: 0.3, recall: 0.97, surplus: 0.02 }];
 * equal(operatingPoint(curve, 0.95).threshold, 0.3);
 * throws(() => operatingPoint(curve, 0.99), /at most 0\.97/);
 * ```
 */
export function operatingPoint(curve: readonly OperatingPoint[], recall: number): OperatingPoint {
  if (!(recall > 0 && recall <= 1)) throw new Error(`recall ${recall}: choose a share above 0 and up to 1.`);
  const point = curve.find((one) => one.recall >= recall);
  if (point) return point;
  const most = curve.reduce((best, one) => Math.max(best, one.recall), 0);
  throw new Error(
    `recall ${recall}: at most ${
      Number(most.toFixed(4))
    } was found on the letters that the point is chosen on. Ask for less, or for another finder.`,
  );
}
