/** MAUVE: how much of one corpus' ground another covers, and how much it strays from it. @module */

import { kMeans } from "./k_means.ts";
import { type Rows, symmetricEigen } from "./householder.ts";

/** MAUVE and its relatives, each from two histograms over the same clusters. */
export interface Mauve {
  /** The area under the divergence curve: 1 for equal histograms, near 0 for histograms that share nothing. */
  readonly mauve: number;
  /** The same with half a text more in each cluster (Krichevsky–Trofimov), which is less biased for few texts. */
  readonly smoothed: number;
  /** The frontier integral: 0 for equal histograms, at most 1. Of the histograms as they are. */
  readonly frontierIntegral: number;
}

export interface MauveOptions {
  /** Clusters; default: a tenth of the texts of the smaller corpus, at least 2. */
  readonly clusters?: number;
  /** Of the clustering; default 42. */
  readonly seed?: number | string;
  /** What divergences are multiplied with before the curve is drawn; default 5, as in mauve-text. */
  readonly scale?: number;
  /** The share of variance that is kept before clustering; default 0.9. */
  readonly variance?: number;
}

/** Mixtures of which the curve is made, besides its two ends. */
const POINTS = 25;

/**
 * MAUVE of two histograms over the same clusters, equal to mauve-text 0.4.0 on them. For mixtures R = w P + (1 − w) Q with
 * 25 weights w from 1e-6 to 1 − 1e-6, the curve has the points (e^(−c KL(Q|R)), e^(−c KL(P|R))), and ends in (1, 0) and
 * (0, 1); MAUVE is the mean of the areas under it as seen from both axes. (Where several points stand above one another, as
 * with P = Q, the curve falls; mauve-text leaves their order to the sort.)
 *
 * Source: K. Pillutla et al., "MAUVE: measuring the gap between neural text and human text using divergence frontiers",
 * NeurIPS 2021; L. Liu et al., "Divergence frontiers for generative models", NeurIPS 2021.
 *
 * @param p texts of the first corpus in each cluster
 * @throws {Error} where the histograms differ in length, one is empty, or a count is negative or not finite
 *
 * @example
 * ```ts
 * import { mauveOfHistograms } from "./mauve.ts";
 * import { equal } from "node:assert/strict";
 * equal(mauveOfHistograms([3, 1], [30, 10]).mauve, 1);
 * ```
 */
export function mauveOfHistograms(p: readonly number[], q: readonly number[], scale = 5): Mauve {
  if (p.length !== q.length) {
    throw new Error(`MAUVE: ${p.length} clusters beside ${q.length}. Count both corpora over the same ones.`);
  }
  const [one, other] = [shares(p), shares(q)];
  const half = (counts: readonly number[]) => shares(counts.map((count) => count + 0.5));
  return {
    mauve: areaOf(one, other, scale),
    smoothed: areaOf(half(p), half(q), scale),
    frontierIntegral: frontierIntegral(one, other),
  };
}

/**
 * MAUVE of two samples of embeddings: scaled to length 1, laid on the principal components that hold 90% of the variance of
 * both together, clustered together by k-means, and counted. As mauve-text does it, with a k-means of this project, whose
 * seed decides it on every machine.
 *
 * @param a embeddings of the first corpus, a row a text
 * @throws {Error} where a corpus has no row, or rows differ in length
 *
 * @example
 * ```ts
 * import { mauve } from "./mauve.ts";
 * import { ok } from "node:assert/strict";
 * const cloud = (x: number) => Array.from({ length: 20 }, (_, i) => Float64Array.of(x, 1, i / 100));
 * ok(mauve(cloud(0), cloud(5)).mauve < 0.1 && mauve(cloud(0), cloud(0)).mauve > 0.9);
 * ```
 */
export function mauve(a: Rows, b: Rows, options: MauveOptions = {}): Mauve {
  const { clusters = mauveClusters(a.length, b.length), seed = 42, scale, variance = 0.9 } = options;
  for (const [which, { length }] of [["first", a], ["second", b]] as const) {
    if (length === 0) throw new Error(`MAUVE: no embedding in the ${which} corpus. Give at least one text.`);
  }
  const labels = kMeans(principal([...a, ...b].map(unit), variance), { clusters, seed });
  const count = (from: number, to: number) => {
    const counts = new Array<number>(clusters).fill(0);
    for (const label of labels.subarray(from, to)) counts[label] = (counts[label] ?? 0) + 1;
    return counts;
  };
  return mauveOfHistograms(count(0, a.length), count(a.length, labels.length), scale);
}

/**
 * As many clusters as mauve-text takes by default: a tenth of the texts of the smaller corpus, at least 2.
 *
 * @example
 * ```ts
 * import { mauveClusters } from "./mauve.ts";
 * import { equal } from "node:assert/strict";
 * equal(mauveClusters(100, 47), 5);
 * ```
 */
export function mauveClusters(a: number, b: number): number {
  return Math.max(2, Math.round(Math.min(a, b) / 10));
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0 && total < Infinity) || counts.some((count) => !(count >= 0))) {
    throw new Error(`MAUVE: a histogram of ${total} texts. Give counts that are not negative, of some text.`);
  }
  return counts.map((count) => count / total);
}

function areaOf(p: readonly number[], q: readonly number[], scale: number): number {
  const curve = [[1, 0], [0, 1]];
  for (let i = 0; i < POINTS; i++) {
    const w = 1e-6 + i * (1 - 2e-6) / (POINTS - 1);
    const mixed = p.map((x, k) => w * x + (1 - w) * (q[k] ?? 0));
    curve.push([q, p].map((one) => Math.exp(-scale * divergence(one, mixed))));
  }
  return (areaUnder(curve, 0, 1) + areaUnder(curve, 1, 0)) / 2;
}

/** KL(p | r) in nats; r is positive wherever p is. */
function divergence(p: readonly number[], r: readonly number[]): number {
  return p.reduce((sum, x, k) => x === 0 ? sum : sum + x * Math.log(x / (r[k] ?? 0)), 0);
}

function areaUnder(curve: readonly (readonly number[])[], x: 0 | 1, y: 0 | 1): number {
  const points = curve.map((point) => [point[x] ?? 0, point[y] ?? 0] as const)
    .sort(([a, high], [b, low]) => a - b || low - high);
  return points.reduce((area, [to, after], i) => {
    const [from, before] = points[i - 1] ?? [to, after];
    return area + (to - from) * (before + after) / 2;
  }, 0);
}

function frontierIntegral(p: readonly number[], q: readonly number[]): number {
  return 2 * p.reduce((sum, x, k) => {
    const y = q[k] ?? 0;
    if (x === 0 || y === 0) return sum + (x + y) / 4;
    if (Math.abs(x - y) <= 1e-8) return sum;
    return sum + (x + y) / 4 - x * y * (Math.log(x) - Math.log(y)) / (x - y) / 2;
  }, 0);
}

function unit(row: Float64Array): Float64Array {
  const length = Math.hypot(...row);
  return length === 0 ? row : row.map((x) => x / length);
}

/** The points on as few principal components as hold the share of their variance. */
function principal(points: Rows, share: number): Rows {
  const width = points[0]?.length ?? 0;
  const mean = new Float64Array(width);
  for (const point of points) {
    if (point.length !== width) throw new Error(`MAUVE: embeddings of ${width} and ${point.length} numbers.`);
    point.forEach((x, k) => mean[k] = (mean[k] ?? 0) + x / points.length);
  }
  const centred = points.map((point) => point.map((x, k) => x - (mean[k] ?? 0)));
  const covariance = Array.from({ length: width }, () => new Float64Array(width));
  for (const point of centred) {
    for (let i = 0; i < width; i++) {
      const [row, x] = [covariance[i], point[i] ?? 0];
      if (row) { for (let k = 0; k < width; k++) row[k] = (row[k] ?? 0) + x * (point[k] ?? 0); }
    }
  }
  const pairs = symmetricEigen(covariance);
  const total = pairs.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  let held = 0;
  const kept = pairs.filter(({ value }) => {
    const wanted = held < share * total;
    held += Math.max(0, value);
    return wanted;
  });
  if (kept.length === 0) return centred.map(() => new Float64Array(1)); // all points are one
  return centred.map((point) =>
    Float64Array.from(kept, ({ vector }) => {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (point[k] ?? 0) * (vector[k] ?? 0);
      return sum;
    })
  );
}
