/** Python's random numbers, for sampling as Python programs sample. @module */

const N = 624;
const M = 397;

/**
 * The generator behind Python's `random.Random(seed)` for a whole-numbered seed: MT19937 (Matsumoto and Nishimura, ACM TOMACS 8(1),
 * 1998), seeded by its `init_by_array` with the seed's magnitude in 32-bit words.
 *
 * @example
 * ```ts
 * import { PythonRandom } from "./python_random.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(new PythonRandom(42).sample(10, 4), [1, 0, 4, 9]); // random.Random(42).sample(range(10), 4)
 * ```
 */
export class PythonRandom {
  readonly #state = new Uint32Array(N);
  #at = N;

  constructor(seed: number) {
    const magnitude = Math.abs(seed);
    const high = Math.floor(magnitude / 2 ** 32);
    this.#initByArray(high > 0 ? [magnitude % 2 ** 32, high] : [magnitude]);
  }

  /** `random.sample(range(n), k)`: `k` different whole numbers below `n`. */
  sample(n: number, k: number): number[] {
    // Python keeps the smaller of two tables: a list of what is left, or a set of what was taken.
    const limit = 21 + (k > 5 ? 4 ** Math.ceil(Math.log(k * 3) / Math.log(4)) : 0);
    return n <= limit ? this.#fromPool(n, k) : this.#withoutRepeats(n, k);
  }

  #fromPool(n: number, k: number): number[] {
    const pool = Array.from({ length: n }, (_, i) => i);
    return Array.from({ length: k }, (_, i) => {
      const j = this.#below(n - i);
      const [taken, last] = [pool[j] ?? 0, pool[n - i - 1] ?? 0]; // both are within the pool
      pool[j] = last;
      return taken;
    });
  }

  #withoutRepeats(n: number, k: number): number[] {
    const taken = new Set<number>();
    while (taken.size < k) taken.add(this.#below(n));
    return [...taken];
  }

  /** Python's `_randbelow`: as many bits as `n` has, until they are below it. */
  #below(n: number): number {
    const bits = 32 - Math.clz32(n);
    let drawn = this.#bits32() >>> (32 - bits);
    while (drawn >= n) drawn = this.#bits32() >>> (32 - bits);
    return drawn;
  }

  #initByArray(key: readonly number[]): void {
    const state = this.#state;
    state[0] = 19650218;
    for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, mixed(state, i)) + i;
    let [i, j] = [1, 0];
    for (let k = Math.max(N, key.length); k > 0; k--) {
      state[i] = (at(state, i) ^ Math.imul(mixed(state, i), 1664525)) + (key[j] ?? 0) + j;
      i++;
      if (i >= N) [state[0], i] = [at(state, N - 1), 1];
      j = (j + 1) % key.length;
    }
    for (let k = N - 1; k > 0; k--) {
      state[i] = (at(state, i) ^ Math.imul(mixed(state, i), 1566083941)) - i;
      i++;
      if (i >= N) [state[0], i] = [at(state, N - 1), 1];
    }
    state[0] = 0x80000000;
  }

  #bits32(): number {
    if (this.#at >= N) this.#twist();
    let y = at(this.#state, this.#at++);
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < N; i++) {
      const y = (at(state, i) & 0x80000000) | (at(state, (i + 1) % N) & 0x7fffffff);
      state[i] = at(state, (i + M) % N) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#at = 0;
  }
}

function at(state: Uint32Array, i: number): number {
  return state[i] ?? 0; // indices are below N
}

function mixed(state: Uint32Array, i: number): number {
  const before = at(state, i - 1);
  return before ^ (before >>> 30);
}
