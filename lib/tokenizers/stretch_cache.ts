/** A memory for what stretches of texts have come to. @module */

/**
 * Values by stretches of texts, found without cutting the stretch out of its text: a `Map` would make, hash and throw away a string for
 * each word of a corpus. When a generation is full, the one before it is forgotten; what is asked for moves on to the new one.
 *
 * @example
 * ```ts
 * import { StretchCache } from "./stretch_cache.ts";
 * import { equal } from "node:assert/strict";
 * const cache = new StretchCache<number>(1000);
 * cache.set("fever", 5);
 * equal(cache.get("No fever.", 3, 8), 5);
 * equal(cache.get("No fever.", 0, 2), undefined);
 * ```
 */
export class StretchCache<T> {
  readonly #most: number;
  #young = new Generation<T>();
  #old = new Generation<T>();

  /** @param most how many stretches make a generation */
  constructor(most: number) {
    this.#most = most;
  }

  /** What was set for the same characters as [from, to) of the text. */
  get(text: string, from: number, to: number): T | undefined {
    const hash = hashOf(text, from, to);
    const value = this.#young.get(text, from, to, hash);
    if (value !== undefined || this.#old.size === 0) return value;
    const older = this.#old.get(text, from, to, hash);
    if (older !== undefined) this.set(text.slice(from, to), older);
    return older;
  }

  set(stretch: string, value: T): void {
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Generation();
    }
    // A slice would keep the text that it is of.
    const own = stretch.length > 12 ? stretch.split("").join("") : stretch;
    this.#young.set(own, value, hashOf(stretch, 0, stretch.length));
  }
}

/** A hash table with open addressing. */
class Generation<T> {
  size = 0;
  #mask = 1023;
  #hashes = new Int32Array(1024);
  #keys: (string | undefined)[] = Array.from({ length: 1024 });
  #values: (T | undefined)[] = Array.from({ length: 1024 });

  get(text: string, from: number, to: number, hash: number): T | undefined {
    return this.#values[this.#find(text, from, to, hash)];
  }

  set(key: string, value: T, hash: number): void {
    if (2 * this.size > this.#mask) this.#grow();
    const at = this.#find(key, 0, key.length, hash);
    if (this.#keys[at] === undefined) this.size++;
    this.#keys[at] = key;
    this.#values[at] = value;
    this.#hashes[at] = hash;
  }

  /** The cell of a stretch, or the empty one where it belongs. */
  #find(text: string, from: number, to: number, hash: number): number {
    for (let at = (hash ^ (hash >>> 15)) & this.#mask;; at = (at + 1) & this.#mask) {
      const key = this.#keys[at];
      if (key === undefined) return at;
      if (this.#hashes[at] === hash && key.length === to - from && text.startsWith(key, from)) return at;
    }
  }

  #grow(): void {
    const [keys, values, hashes] = [this.#keys, this.#values, this.#hashes];
    const size = 2 * keys.length;
    this.#mask = size - 1;
    this.#hashes = new Int32Array(size);
    this.#keys = Array.from({ length: size });
    this.#values = Array.from({ length: size });
    this.size = 0;
    for (const [at, key] of keys.entries()) {
      const value = values[at];
      if (key !== undefined && value !== undefined) this.set(key, value, hashes[at] ?? 0);
    }
  }
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
