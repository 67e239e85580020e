import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import { CommonSubsequence } from "./longest_common_subsequence.ts";

/** The textbook table, kept apart from what is under test. */
function lengthByTable(a: Int32Array, b: Int32Array): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    b.forEach((y, j) => next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0)));
    row = next;
  }
  return row[b.length] ?? 0;
}

function joined(a: Int32Array, b: Int32Array) {
  const words = Int32Array.of(...a, ...b);
  return { words, first: { start: 0, end: a.length }, second: { start: a.length, end: words.length } };
}

Deno.test("CommonSubsequence agrees with the textbook table across machine words, whatever came before", () => {
  const rng = random(7);
  const common = new CommonSubsequence();
  for (const length of [300, 0, 1, 2, 29, 30, 31, 59, 60, 61, 90, 127]) {
    for (const vocabulary of [1, 2, 5, 40]) {
      const a = Int32Array.from({ length }, () => 1 + rng.below(vocabulary));
      const b = Int32Array.from({ length: rng.below(130) }, () => 1 + rng.below(vocabulary));
      const expected = lengthByTable(a, b);
      const { words, first, second } = joined(a, b);
      equal(common.length(words, first, second, vocabulary), expected);
      equal(common.length(words, second, first, vocabulary), expected);
      const marked = new Uint8Array(length);
      common.mark(words, first, second, vocabulary, marked);
      equal(marked.reduce((sum, bit) => sum + bit, 0), expected);
    }
  }
});

Deno.test("CommonSubsequence finds the same in long texts by masks and by places, with rows kept or computed again", () => {
  const rng = random(8);
  const length = 12_000; // 400 machine words a row: more rows than are kept at once
  const a = Int32Array.from({ length }, () => 1 + rng.below(50));
  const b = Int32Array.from(a, (word) => rng.next() < 0.3 ? 1 + rng.below(50) : word);
  const { words, first, second } = joined(a, b);
  const common = new CommonSubsequence();
  const found = [50, 5000].map((greatest) => { // with 5,000 words there would be too many masks
    const marked = new Uint8Array(length);
    common.mark(words, first, second, greatest, marked);
    equal(marked.reduce((sum, bit) => sum + bit, 0), common.length(words, first, second, greatest));
    return marked;
  });
  deepEqual(found[0], found[1]);
  let next = 0; // the marked words are a subsequence of b
  for (const word of a.filter((_, i) => found[0]?.[i] === 1)) next = b.indexOf(word, next) + 1 || Infinity;
  ok(next < Infinity);
});

Deno.test("mark() rejects marks of another length", () => {
  throws(
    () =>
      new CommonSubsequence()
        .mark(Int32Array.of(1), { start: 0, end: 1 }, { start: 0, end: 1 }, 1, new Uint8Array(2)),
    /2 places for 1 tokens/,
  );
});
