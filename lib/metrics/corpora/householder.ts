/** Reflections that make matrices simpler and keep their singular values. @module */

import { diagonalise } from "./tridiagonal.ts";

/** A matrix by its rows. */
export type Rows = readonly Float64Array[];

/**
 * The vector v of length 1 for which x − 2 v (v · x) is 0 but for its first element; nothing where x is so already.
 */
function reflector(x: Float64Array): Float64Array | undefined {
  let squares = 0;
  for (let i = 1; i < x.length; i++) squares += (x[i] ?? 0) ** 2;
  if (squares === 0) return undefined;
  const v = x.slice();
  const first = x[0] ?? 0;
  v[0] = first + (first < 0 ? -1 : 1) * Math.sqrt(first ** 2 + squares);
  const length = Math.sqrt((v[0] ?? 0) ** 2 + squares);
  for (let i = 0; i < v.length; i++) v[i] = (v[i] ?? 0) / length;
  return v;
}

/** Reflects, in the rows from `top` on, the columns from `left` on: M − 2 v (vᵀ M). */
function reflectRows(rows: Rows, top: number, left: number, v: Float64Array): void {
  const width = rows[top]?.length ?? 0;
  const sums = new Float64Array(width);
  for (let i = 0; i < v.length; i++) {
    const [row, weight] = [rows[top + i], v[i] ?? 0];
    if (row) { for (let k = left; k < width; k++) sums[k] = (sums[k] ?? 0) + weight * (row[k] ?? 0); }
  }
  for (let i = 0; i < v.length; i++) {
    const [row, weight] = [rows[top + i], 2 * (v[i] ?? 0)];
    if (row) { for (let k = left; k < width; k++) row[k] = (row[k] ?? 0) - weight * (sums[k] ?? 0); }
  }
}

/** Reflects, in the rows from `top` on, the columns from `left` on: M − 2 (M v) vᵀ. */
function reflectColumns(rows: Rows, top: number, left: number, v: Float64Array): void {
  for (let i = top; i < rows.length; i++) {
    const row = rows[i];
    if (!row) continue;
    let sum = 0;
    for (let k = 0; k < v.length; k++) sum += (row[left + k] ?? 0) * (v[k] ?? 0);
    for (let k = 0; k < v.length; k++) row[left + k] = (row[left + k] ?? 0) - 2 * sum * (v[k] ?? 0);
  }
}

const column = (rows: Rows, top: number, k: number) =>
  Float64Array.from({ length: rows.length - top }, (_, i) => rows[top + i]?.[k] ?? 0);

/**
 * A matrix R with RᵀR = MᵀM and no more rows than columns: M itself, or the R of its QR decomposition.
 *
 * @example
 * ```ts
 * import { triangle } from "./householder.ts";
 * import { equal } from "node:assert/strict";
 * const [only] = triangle([Float64Array.of(3), Float64Array.of(4)]);
 * equal(Math.abs(only?.[0] ?? 0), 5);
 * ```
 */
export function triangle(matrix: Rows): Rows {
  const width = matrix[0]?.length ?? 0;
  if (matrix.length <= width) return matrix;
  const rows = matrix.map((row) => row.slice());
  for (let k = 0; k < width; k++) {
    const v = reflector(column(rows, k, k));
    if (v) reflectRows(rows, k, k, v);
  }
  return rows.slice(0, width);
}

/**
 * The singular values of a matrix, in no order, to about 1e-15 of the largest: it is brought to two diagonals by
 * reflections from both sides, and these are the eigenvalues of the tridiagonal matrix that has them, zigzag, beside a
 * diagonal of zeros.
 *
 * Source: G. Golub, W. Kahan, "Calculating the singular values and pseudo-inverse of a matrix", SIAM J. Numer. Anal. 2, 1965.
 *
 * @example
 * ```ts
 * import { singularValues } from "./householder.ts";
 * import { deepEqual } from "node:assert/strict";
 * const values = singularValues([Float64Array.of(0, -2), Float64Array.of(3, 0)]);
 * deepEqual([...values].sort().map((x) => x.toFixed(12)), ["2.000000000000", "3.000000000000"]);
 * ```
 */
export function singularValues(matrix: Rows): Float64Array {
  const width = matrix[0]?.length ?? 0;
  const upright = matrix.length >= width;
  const rows = upright
    ? matrix.map((row) => row.slice())
    : Array.from({ length: width }, (_, k) => column(matrix, 0, k));
  const n = Math.min(matrix.length, width);
  const zigzag = new Float64Array(Math.max(0, 2 * n - 1));
  for (let k = 0; k < n; k++) {
    const left = reflector(column(rows, k, k));
    if (left) reflectRows(rows, k, k, left);
    zigzag[2 * k] = rows[k]?.[k] ?? 0;
    if (k + 1 >= n) continue;
    const right = reflector((rows[k] ?? new Float64Array()).slice(k + 1));
    if (right) reflectColumns(rows, k, k + 1, right);
    zigzag[2 * k + 1] = rows[k]?.[k + 1] ?? 0;
  }
  const eigenvalues = new Float64Array(2 * n);
  diagonalise(eigenvalues, zigzag);
  return eigenvalues.sort().slice(n).map((value) => Math.max(0, value)); // the others are these with a minus
}

/** An eigenvalue and its vector of length 1. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
}

/**
 * The eigenvalues and eigenvectors of a symmetric matrix, the greatest value first; of each vector the element that is
 * largest in size, the first of several, is positive.
 *
 * @example
 * ```ts
 * import { symmetricEigen } from "./householder.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [first] = symmetricEigen([Float64Array.of(2, 1), Float64Array.of(1, 2)]);
 * deepEqual([first?.value.toFixed(9), first?.vector[0]?.toFixed(9)], ["3.000000000", Math.SQRT1_2.toFixed(9)]);
 * ```
 */
export function symmetricEigen(matrix: Rows): Eigenpair[] {
  const n = matrix.length;
  const rows = matrix.map((row) => row.slice());
  const vectors = rows.map((_, i) => Float64Array.from({ length: n }, (_, k) => i === k ? 1 : 0));
  for (let k = 0; k + 2 < n; k++) {
    const v = reflector(column(rows, k + 1, k));
    if (!v) continue;
    reflectRows(rows, k + 1, k, v);
    reflectColumns(rows, k, k + 1, v);
    reflectRows(vectors, k + 1, 0, v);
  }
  const diagonal = Float64Array.from(rows, (row, i) => row[i] ?? 0);
  diagonalise(
    diagonal,
    Float64Array.from({ length: Math.max(0, n - 1) }, (_, i) => rows[i]?.[i + 1] ?? 0),
    vectors,
  );
  return vectors.map((vector, i) => ({ value: diagonal[i] ?? 0, vector: turned(vector) }))
    .sort((a, b) => b.value - a.value);
}

function turned(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, x) => Math.abs(x) > Math.abs(most) ? x : most, 0);
  return largest < 0 ? vector.map((x) => -x) : vector;
}
