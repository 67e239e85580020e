/** Seeded random numbers: the only source of chance in the project, so that a seed names a result. @module */

/** A stream of random numbers. */
export interface Random {
  /** The next number in [0, 1), with 32 bits of resolution. */
  next(): number;
  /** The next whole number in [0, n). */
  below(n: number): number;
  /** The next normal deviate with mean 0 and standard deviation 1 (Box–Muller). */
  normal(): number;
  /** The same array in random order (Fisher–Yates), shuffled in place. */
  shuffle<T>(items: T[]): T[];
}

/**
 * A random stream that the seed alone decides: the same seed gives the same numbers on every machine.
 * The generator is sfc32 (Doty-Humphrey's PractRand), seeded through FNV-1a of the seed's text, so that
 * `"42/letter-7"` and `"42/letter-8"` are unrelated streams and work split over letters does not depend on their order.
 *
 * @example
 * ```ts
 * import { random } from "./random.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(random(42).shuffle([1, 2, 3, 4]), random("42").shuffle([1, 2, 3, 4]));
 * ```
 */
export function random(seed: number | string): Random {
  let [a, b, c, counter] = [hash(`a${seed}`), hash(`b${seed}`), hash(`c${seed}`), 1];
  const bits = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();
  const next = () => bits() / 2 ** 32;
  const below = (n: number) => Math.floor(next() * n);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const shuffle = <T>(items: T[]) => {
    for (let i = items.length - 1; i > 0; i--) {
      const j = below(i + 1);
      const [x, y] = [items[i], items[j]];
      if (x !== undefined && y !== undefined) [items[i], items[j]] = [y, x];
    }
    return items;
  };
  return { next, below, normal, shuffle };
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
