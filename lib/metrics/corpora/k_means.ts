/** Clustering. @module */

import { random } from "../../random.ts";
import type { Rows } from "./householder.ts";

export interface KMeansOptions {
  readonly clusters: number;
  /** Default 42. */
  readonly seed?: number | string;
  /** Runs from different starts, of which the best counts; default 5. */
  readonly starts?: number;
  /** Rounds of a run; default 500. It ends before where no point changes its cluster. */
  readonly rounds?: number;
}

/**
 * The cluster of each point, by Lloyd's algorithm from starts that k-means++ draws: of several runs, that whose points lie
 * nearest to their centres. A cluster that loses all points takes the point farthest from its centre.
 *
 * Source: D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007.
 *
 * @throws {Error} where there are fewer points than clusters
 *
 * @example
 * ```ts
 * import { kMeans } from "./k_means.ts";
 * import { equal } from "node:assert/strict";
 * const points = [0, 1, 9, 10].map((x) => Float64Array.of(x));
 * const [a, b, c, d] = kMeans(points, { clusters: 2 });
 * equal(a === b && c === d && a !== c, true);
 * ```
 */
export function kMeans(points: Rows, options: KMeansOptions): Int32Array {
  const { clusters, seed = 42, starts = 5, rounds = 500 } = options;
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > points.length) {
    throw new Error(`k-means: ${clusters} clusters of ${points.length} points. Give at most one a point.`);
  }
  let best: { labels: Int32Array; cost: number } | undefined;
  for (let start = 0; start < starts; start++) {
    const found = lloyd(points, firstCentres(points, clusters, `${seed}/k-means/${start}`), rounds);
    if (!best || found.cost < best.cost) best = found;
  }
  return best?.labels ?? new Int32Array();
}

function firstCentres(points: Rows, clusters: number, seed: string): Float64Array[] {
  const rng = random(seed);
  const centres: Float64Array[] = [];
  const away = new Float64Array(points.length).fill(Infinity);
  for (let at = rng.below(points.length);; at = drawn(away, rng.next())) {
    const centre = points[at]?.slice();
    if (!centre) throw new Error("k-means: no points");
    centres.push(centre);
    if (centres.length === clusters) return centres;
    points.forEach((point, i) => away[i] = Math.min(away[i] ?? 0, distance(point, centre)));
  }
}

/** An index, each with a chance in proportion to its weight; the first one of the heaviest where all weigh nothing. */
function drawn(weights: Float64Array, chance: number): number {
  let left = chance * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return i;
  }
  return weights.indexOf(Math.max(...weights));
}

function lloyd(points: Rows, centres: Float64Array[], rounds: number) {
  const labels = new Int32Array(points.length).fill(-1);
  const away = new Float64Array(points.length);
  for (let round = 0; round < rounds; round++) {
    let changed = false;
    for (const [i, point] of points.entries()) {
      let [nearest, least] = [0, Infinity];
      for (const [k, centre] of centres.entries()) {
        const far = distance(point, centre);
        if (far < least) [nearest, least] = [k, far];
      }
      changed ||= labels[i] !== nearest;
      labels[i] = nearest;
      away[i] = least;
    }
    if (!changed) break;
    recentre(points, labels, away, centres);
  }
  return { labels, cost: away.reduce((sum, far) => sum + far, 0) };
}

function recentre(points: Rows, labels: Int32Array, away: Float64Array, centres: Float64Array[]): void {
  const counts = new Int32Array(centres.length);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  for (const [k, centre] of centres.entries()) {
    if ((counts[k] ?? 0) > 0) centre.fill(0);
  }
  points.forEach((point, i) => {
    const label = labels[i] ?? 0;
    const [centre, count] = [centres[label], counts[label] ?? 1];
    if (centre) point.forEach((x, j) => centre[j] = (centre[j] ?? 0) + x / count);
  });
  for (const [k, centre] of centres.entries()) {
    if ((counts[k] ?? 0) > 0) continue;
    const farthest = away.indexOf(Math.max(...away));
    centre.set(points[farthest] ?? centre);
    away[farthest] = 0;
  }
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += ((a[k] ?? 0) - (b[k] ?? 0)) ** 2;
  return sum;
}
