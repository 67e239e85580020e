import { equal, throws } from "node:assert/strict";
import { random } from "../random.ts";
import { lcsLength, markLcs } from "./longest_common_subsequence.ts";

/** The textbook table, kept apart from both functions under test. */
function lengthByTable(a: Int32Array, b: Int32Array): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    b.forEach((y, j) => next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0)));
    row = next;
  }
  return row[b.length] ?? 0;
}

Deno.test("lcsLength() and markLcs() agree with the textbook table across word boundaries", () => {
  const rng = random(7);
  for (const length of [0, 1, 2, 29, 30, 31, 59, 60, 61, 90, 127, 300]) {
    for (const vocabulary of [1, 2, 5, 40]) {
      const a = Int32Array.from({ length }, () => rng.below(vocabulary));
      const b = Int32Array.from({ length: rng.below(130) }, () => rng.below(vocabulary));
      const expected = lengthByTable(a, b);
      equal(lcsLength(a, b), expected);
      equal(lcsLength(b, a), expected);
      const marked = new Uint8Array(length);
      markLcs(a, b, marked);
      equal(marked.reduce((sum, bit) => sum + bit, 0), expected);
    }
  }
});

Deno.test("markLcs() rejects marks of another length", () => {
  throws(() => markLcs(Int32Array.of(1), Int32Array.of(1), new Uint8Array(2)), /2 places for 1 tokens/);
});
