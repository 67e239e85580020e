/** Eigenvalues of symmetric tridiagonal matrices. @module */

/** Steps on one eigenvalue before giving up; two or three are usual. */
const MOST_STEPS = 60;

/**
 * Brings a symmetric tridiagonal matrix to diagonal form by implicit QL steps with Wilkinson's shift: `diagonal` becomes the
 * eigenvalues, in no order, to about 1e-15 of the largest; `beside` is used up. Rows of `vectors`, where given, take part in
 * every rotation: those of the identity become the eigenvectors.
 *
 * Source: H. Bowdler, R. S. Martin, C. Reinsch, J. H. Wilkinson, "The QR and QL algorithms for symmetric matrices",
 * Numerische Mathematik 11, 1968.
 *
 * @param beside elements (i, i + 1)
 * @throws {Error} where a number is not finite
 *
 * @example
 * ```ts
 * import { diagonalise } from "./tridiagonal.ts";
 * import { deepEqual } from "node:assert/strict";
 * const diagonal = Float64Array.of(2, 2);
 * diagonalise(diagonal, Float64Array.of(1));
 * deepEqual([...diagonal].sort().map((x) => x.toFixed(12)), ["1.000000000000", "3.000000000000"]);
 * ```
 */
export function diagonalise(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: readonly Float64Array[] = [],
): void {
  const n = diagonal.length;
  const d = (i: number) => diagonal[i] ?? 0;
  const e = Float64Array.from({ length: n }, (_, i) => beside[i] ?? 0); // one more than needed, and 0
  const largest = [...diagonal, ...e].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (!Number.isFinite(largest)) {
    throw new Error(`eigenvalues: a matrix holds ${largest}. Give finite numbers.`);
  }
  const small = Number.EPSILON * largest;
  for (let low = 0; low < n; low++) {
    for (let step = 0;; step++) {
      let high = low;
      while (high < n - 1 && Math.abs(e[high] ?? 0) > small) high++;
      if (high === low) break;
      if (step === MOST_STEPS) throw new Error(`eigenvalues: no convergence in ${MOST_STEPS} steps.`);
      sweep(diagonal, e, low, high, shiftOf(d(low), d(low + 1), e[low] ?? 0), vectors);
    }
  }
}

/** The eigenvalue of the 2 × 2 matrix (a, off; off, b) that is nearer to a. */
function shiftOf(a: number, b: number, off: number): number {
  const half = (b - a) / (2 * off);
  return a - off / (half + (half < 0 ? -1 : 1) * Math.hypot(half, 1));
}

/** One QL step on rows low to high: a rotation at the bottom, and the bulge it makes chased to the top. */
function sweep(
  diagonal: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  shift: number,
  vectors: readonly Float64Array[],
): void {
  let [sine, cosine, carried] = [1, 1, 0];
  let bulge = (diagonal[high] ?? 0) - shift;
  for (let i = high - 1; i >= low; i--) {
    const above = sine * (e[i] ?? 0);
    const kept = cosine * (e[i] ?? 0);
    const length = Math.hypot(above, bulge);
    e[i + 1] = length;
    if (length === 0) { // the matrix falls apart here
      diagonal[i + 1] = (diagonal[i + 1] ?? 0) - carried;
      e[high] = 0;
      return;
    }
    [sine, cosine] = [above / length, bulge / length];
    const rest = (diagonal[i + 1] ?? 0) - carried;
    const moved = ((diagonal[i] ?? 0) - rest) * sine + 2 * cosine * kept;
    carried = sine * moved;
    diagonal[i + 1] = rest + carried;
    bulge = cosine * moved - kept;
    rotate(vectors[i], vectors[i + 1], sine, cosine);
  }
  diagonal[low] = (diagonal[low] ?? 0) - carried;
  e[low] = bulge;
  e[high] = 0;
}

function rotate(
  a: Float64Array | undefined,
  b: Float64Array | undefined,
  sine: number,
  cosine: number,
): void {
  if (!a || !b) return;
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k] ?? 0, b[k] ?? 0];
    a[k] = cosine * x - sine * y;
    b[k] = sine * x + cosine * y;
  }
}
