/** Answers that were given last. @module */

/**
 * Remembers what was made for the keys that were asked for last; what fails is forgotten.
 *
 * @param most so many are kept
 *
 * @example
 * ```ts
 * import { recent } from "./recent.ts";
 * import { equal } from "node:assert/strict";
 * const squares = recent<number>(2);
 * let made = 0;
 * for (const n of [1, 2, 1, 3, 1, 2]) await squares(`${n}`, () => Promise.resolve(n * n + 0 * ++made));
 * equal(made, 4); // 2 was forgotten for 3
 * ```
 */
export function recent<T>(most: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, make) => {
    const known = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, known); // the last used is the last
    known.catch(() => kept.get(key) === known && kept.delete(key)); // whoever asked is told
    for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
    return known;
  };
}
