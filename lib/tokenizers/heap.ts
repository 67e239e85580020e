/** A priority queue. @module */

/**
 * A binary heap: `pop()` gives the item that comes before all others.
 *
 * @example
 * ```ts
 * import { Heap } from "./heap.ts";
 * import { equal } from "node:assert/strict";
 * const heap = new Heap<number>((a, b) => a < b);
 * for (const x of [3, 1, 2]) heap.push(x);
 * equal(heap.pop(), 1);
 * equal(heap.size, 2);
 * ```
 */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  /** @param before whether the first item comes out before the second; a strict order */
  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    const items = this.#items;
    let i = items.length;
    items.push(item);
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = items[up];
      if (parent === undefined || !this.#before(item, parent)) break;
      items[i] = parent;
      i = up;
    }
    items[i] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const [top, last] = [items[0], items.pop()];
    if (items.length === 0 || last === undefined) return top;
    let i = 0;
    while (true) {
      const child = this.#firstChild(i);
      const item = items[child];
      if (item === undefined || !this.#before(item, last)) break;
      items[i] = item;
      i = child;
    }
    items[i] = last;
    return top;
  }

  /** The child of `i` that comes first; past the end where there is none. */
  #firstChild(i: number): number {
    const [left, right] = [this.#items[2 * i + 1], this.#items[2 * i + 2]];
    return left !== undefined && right !== undefined && this.#before(right, left) ? 2 * i + 2 : 2 * i + 1;
  }
}
