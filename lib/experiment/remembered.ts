/** Work that is done once a key. @module */

/**
 * Remembers what was made for each key; `all()` gives all of it, sorted by key.
 *
 * @example
 * ```ts
 * import { remembered } from "./remembered.ts";
 * import { deepEqual } from "node:assert/strict";
 * let made = 0;
 * const lengths = remembered((word: string) => Promise.resolve(word.length + 0 * ++made));
 * for (const word of ["b", "aa", "b"]) await lengths.get(word);
 * deepEqual([made, await lengths.all()], [2, { aa: 2, b: 1 }]);
 * ```
 */
export function remembered<K extends string, T>(make: (key: K) => Promise<T>) {
  const known = new Map<K, Promise<T>>();
  return {
    get(key: K): Promise<T> {
      const made = known.get(key) ?? make(key);
      known.set(key, made);
      return made;
    },
    async all(): Promise<Record<string, T>> {
      const entries: [string, T][] = [];
      for (const [key, made] of known) entries.push([key, await made]);
      return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1));
    },
  };
}
