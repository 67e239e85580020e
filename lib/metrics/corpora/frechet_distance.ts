/** How far apart two clouds of embeddings lie. @module */

import { type Rows, singularValues, triangle } from "./householder.ts";

/** A Fréchet distance, and the parts whose sum it is. */
export interface FrechetDistance {
  readonly distance: number;
  /** Of the squared distance between the means. */
  readonly means: number;
  /** Of the difference between the covariances. */
  readonly covariances: number;
}

/**
 * The squared Fréchet (2-Wasserstein) distance between the Gaussians that have the means and covariances of two samples:
 *
 * |m₁ − m₂|² + tr C₁ + tr C₂ − 2 tr (C₁ C₂)^½,
 *
 * with covariances over n − 1. It is what the Fréchet Inception Distance is for images. With A and B the centred samples,
 * tr (C₁ C₂)^½ is the sum of the singular values of A Bᵀ / √((n₁ − 1)(n₂ − 1)): no root of a matrix is taken, so that fewer
 * samples than dimensions, and covariances without an inverse, are as exact as others, and two equal samples are 0 apart.
 *
 * Source: D. C. Dowson, B. V. Landau, "The Fréchet distance between multivariate normal distributions", J. Multivariate
 * Analysis 12, 1982; M. Heusel et al., "GANs trained by a two time-scale update rule", NIPS 2017.
 *
 * @param a a row a text
 * @throws {Error} where a sample has fewer than two rows, or rows differ in length or hold what is not finite
 *
 * @example
 * ```ts
 * import { frechetDistance } from "./frechet_distance.ts";
 * import { equal } from "node:assert/strict";
 * const a = [[0, 0], [2, 0], [0, 2], [2, 2]].map((row) => Float64Array.from(row));
 * equal(frechetDistance(a, a).distance, 0);
 * equal(frechetDistance(a, a.map((row) => row.map((x) => x + 3))).distance.toFixed(9), "18.000000000");
 * ```
 */
export function frechetDistance(a: Rows, b: Rows): FrechetDistance {
  const width = a[0]?.length ?? 0;
  const [one, other] = [centred(a, width, "first"), centred(b, width, "second")];
  const means = one.mean.reduce((sum, x, k) => sum + (x - (other.mean[k] ?? NaN)) ** 2, 0);
  const [left, right] = [triangle(one.rows), triangle(other.rows)];
  const mixed = singularValues(product(left, right)).reduce((sum, value) => sum + value, 0);
  const spread = squares(one.rows) / (a.length - 1) + squares(other.rows) / (b.length - 1);
  const covariances = spread - 2 * mixed / Math.sqrt((a.length - 1) * (b.length - 1));
  // What is below the precision of its terms is rounding.
  const exact = Math.abs(covariances) <= 1e-12 * spread ? 0 : Math.max(0, covariances);
  return { distance: means + exact, means, covariances: exact };
}

function centred(rows: Rows, width: number, which: string) {
  if (rows.length < 2) {
    throw new Error(
      `Fréchet distance: ${rows.length} embeddings in the ${which} corpus. Give at least 2 texts.`,
    );
  }
  const mean = new Float64Array(width);
  for (const [i, row] of rows.entries()) {
    if (row.length !== width || !row.every(Number.isFinite)) {
      throw new Error(
        `Fréchet distance: embedding ${i} of the ${which} corpus is not ${width} finite numbers.`,
      );
    }
    row.forEach((x, k) => mean[k] = (mean[k] ?? 0) + x / rows.length);
  }
  return { mean, rows: rows.map((row) => row.map((x, k) => x - (mean[k] ?? 0))) };
}

/** A Bᵀ. */
function product(a: Rows, b: Rows): Rows {
  return a.map((row) =>
    Float64Array.from(b, (other) => {
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += (row[k] ?? 0) * (other[k] ?? 0);
      return sum;
    })
  );
}

function squares(rows: Rows): number {
  return rows.reduce((sum, row) => row.reduce((inner, x) => inner + x * x, sum), 0);
}
