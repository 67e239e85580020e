/** Suffix arrays: all suffixes of a sequence in order, in linear time. @module */

/**
 * Where the suffixes of `symbols` start, in their order; a suffix that is the beginning of another comes before it.
 *
 * Source: G. Nong, S. Zhang, W. H. Chan, "Two Efficient Algorithms for Linear Time Suffix Array Construction", IEEE
 * Transactions on Computers 60(10), 2011 (SA-IS).
 *
 * @param symbols integers from 0 to `greatest`
 *
 * @example
 * ```ts
 * import { suffixArray } from "./suffix_array.ts";
 * import { deepEqual } from "node:assert/strict";
 * const banana = Int32Array.from([..."banana"], (letter) => letter.charCodeAt(0));
 * deepEqual([...suffixArray(banana, 127)], [5, 3, 1, 0, 4, 2]);
 * ```
 */
export function suffixArray(symbols: Int32Array, greatest: number): Int32Array {
  const n = symbols.length;
  const order = new Int32Array(n);
  if (n < 2) return order;
  const smaller = typesOf(symbols);
  const buckets = bucketsOf(symbols, smaller, greatest);
  const number = new Int32Array(n).fill(-1); // of the leftmost-S positions, in the order of the text
  let count = 0;
  for (let i = 1; i < n; i++) if (smaller[i - 1] === 0 && smaller[i] === 1) number[i] = count++;
  const starts = new Int32Array(count);
  for (let i = 0; i < n; i++) if (number[i]! >= 0) starts[number[i]!] = i; // i < n, numbers are below count
  induce(symbols, smaller, buckets, order, starts);
  if (count === 0) return order;
  const sorted = new Int32Array(count);
  for (let k = 0, at = 0; k < n; k++) if (number[order[k]!]! >= 0) sorted[at++] = order[k]!; // k < n
  const { names, last } = nameSubstrings(symbols, starts, sorted, number);
  if (last + 1 < count) {
    const reduced = suffixArray(names, last);
    for (let k = 0; k < count; k++) sorted[k] = starts[reduced[k]!]!; // k < count
  }
  induce(symbols, smaller, buckets, order, sorted);
  return order;
}

/** 1 where a suffix is smaller than the one that begins a place later; the last one is not. */
function typesOf(symbols: Int32Array): Uint8Array {
  const smaller = new Uint8Array(symbols.length);
  for (let i = symbols.length - 2; i >= 0; i--) {
    const [here, next] = [symbols[i]!, symbols[i + 1]!]; // i + 1 < length
    smaller[i] = here === next ? smaller[i + 1]! : here < next ? 1 : 0;
  }
  return smaller;
}

/** Where, in the order, the suffixes of each first symbol begin: first all that are larger, then all that are smaller. */
interface Buckets {
  readonly larger: Int32Array;
  readonly smaller: Int32Array;
}

function bucketsOf(symbols: Int32Array, smaller: Uint8Array, greatest: number): Buckets {
  const buckets = { larger: new Int32Array(greatest + 2), smaller: new Int32Array(greatest + 2) };
  for (let i = 0; i < symbols.length; i++) {
    if (smaller[i] === 0) buckets.smaller[symbols[i]!]!++; // i < length
    else buckets.larger[symbols[i]! + 1]!++;
  }
  for (let symbol = 0; symbol <= greatest; symbol++) {
    buckets.smaller[symbol]! += buckets.larger[symbol]!; // both have greatest + 2 places
    buckets.larger[symbol + 1]! += buckets.smaller[symbol]!;
  }
  return buckets;
}

/** Orders all suffixes from the order of the leftmost-S ones. Every index is a place of the text or the start of a bucket. */
function induce(
  symbols: Int32Array,
  smaller: Uint8Array,
  buckets: Buckets,
  order: Int32Array,
  leftmost: Int32Array,
): void {
  const n = symbols.length;
  order.fill(-1);
  let free = buckets.smaller.slice();
  for (let k = 0; k < leftmost.length; k++) {
    const symbol = symbols[leftmost[k]!]!;
    order[free[symbol]!] = leftmost[k]!;
    free[symbol] = free[symbol]! + 1;
  }
  free = buckets.larger.slice();
  const end = symbols[n - 1]!;
  order[free[end]!] = n - 1;
  free[end] = free[end]! + 1;
  for (let k = 0; k < n; k++) {
    const before = order[k]! - 1;
    if (before < 0 || smaller[before] === 1) continue;
    const symbol = symbols[before]!;
    order[free[symbol]!] = before;
    free[symbol] = free[symbol]! + 1;
  }
  free = buckets.larger.slice();
  for (let k = n - 1; k >= 0; k--) {
    const before = order[k]! - 1;
    if (before < 0 || smaller[before] === 0) continue;
    const next = symbols[before]! + 1;
    const place = free[next]! - 1;
    free[next] = place;
    order[place] = before;
  }
}

/** Numbers the stretches between leftmost-S positions by their order; equal stretches have one number. */
function nameSubstrings(symbols: Int32Array, starts: Int32Array, sorted: Int32Array, number: Int32Array) {
  const n = symbols.length;
  const names = new Int32Array(starts.length);
  let last = 0;
  for (let k = 1; k < sorted.length; k++) {
    const [left, right] = [sorted[k - 1]!, sorted[k]!]; // k < length
    const leftEnd = starts[number[left]! + 1] ?? n;
    const rightEnd = starts[number[right]! + 1] ?? n;
    let equal = leftEnd - left === rightEnd - right && leftEnd < n && rightEnd < n;
    for (let i = 0; equal && left + i <= leftEnd; i++) equal = symbols[left + i] === symbols[right + i];
    if (!equal) last++;
    names[number[right]!] = last;
  }
  return { names, last };
}

/**
 * How many symbols each suffix shares, from its start, with the suffix that comes before it in the order; by where it starts.
 * A symbol at which no two suffixes shall agree must occur once only, the last one too.
 *
 * Source: J. Kärkkäinen, G. Manzini, S. J. Puglisi, "Permuted Longest-Common-Prefix Array", CPM 2009.
 *
 * @example
 * ```ts
 * import { sharedPrefixes, suffixArray } from "./suffix_array.ts";
 * import { deepEqual } from "node:assert/strict";
 * const banana = Int32Array.from([..."banana$"], (letter) => letter.charCodeAt(0));
 * deepEqual([...sharedPrefixes(banana, suffixArray(banana, 127))], [0, 3, 2, 1, 0, 0, 0]);
 * ```
 */
export function sharedPrefixes(symbols: Int32Array, order: Int32Array): Int32Array {
  const shared = new Int32Array(symbols.length); // first the suffix before each, then what they share
  let previous = -1;
  for (let k = 0; k < order.length; k++) {
    shared[order[k]!] = previous; // k < length
    previous = order[k]!;
  }
  let length = 0;
  for (let i = 0; i < symbols.length; i++) {
    const j = shared[i]!; // i < length
    if (j < 0) length = 0;
    else {while (Math.max(i, j) + length < symbols.length && symbols[i + length] === symbols[j + length]) {
        length++;
      }}
    shared[i] = length;
    if (length > 0) length--;
  }
  return shared;
}
