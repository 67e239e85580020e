import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import { kolmogorovSmirnov, mannWhitney } from "./two_sample.ts";
import oracle from "./two_sample_oracle.json" with { type: "json" };

function near(value: number, expected: number | undefined, what: string) {
  const gap = Math.abs(value - (expected ?? NaN));
  ok(gap <= 1e-12 + 1e-9 * Math.abs(expected ?? NaN), `${what}: ${value} is not ${expected}`);
}

Deno.test("kolmogorovSmirnov() and mannWhitney() equal SciPy", () => {
  for (const [i, { a, b, ks, u }] of oracle.entries()) {
    const [smirnov, whitney] = [kolmogorovSmirnov(a, b), mannWhitney(a, b)];
    near(smirnov.statistic, ks[0], `case ${i}: D`);
    near(smirnov.p, ks[1], `case ${i}: p of D`);
    near(whitney.statistic, u[0], `case ${i}: U`);
    near(whitney.p, u[1], `case ${i}: p of U`);
  }
  equal(oracle.filter(({ a, b }) => mannWhitney(a, b).method === "exact").length, 5);
});

Deno.test("both tests do not care which sample comes first, nor about the order in it", () => {
  const rng = random("two samples");
  for (let round = 0; round < 20; round++) {
    const [a, b] = [1 + rng.below(15), 1 + rng.below(15)].map((n) =>
      Array.from({ length: n }, () => rng.below(9))
    );
    const [x, y] = [a ?? [], b ?? []];
    for (const test of [kolmogorovSmirnov, mannWhitney]) {
      const { p, statistic } = test(x, y);
      ok(p > 0 && p <= 1, `${p}`);
      near(test(y, x).p, p, "exchanged");
      deepEqual(test(x.toReversed(), y.toSorted()).statistic, statistic);
    }
    near(mannWhitney(x, y).statistic + mannWhitney(y, x).statistic, x.length * y.length, "U + U'");
  }
});

Deno.test("kolmogorovSmirnov() counts the orders that reach as far", () => {
  // All ways to put 3 of 7 values in the first sample.
  const value = kolmogorovSmirnov([1, 2, 5], [3, 4, 6, 7]);
  let [reached, all] = [0, 0];
  for (let mask = 0; mask < 128; mask++) {
    const a = [1, 2, 3, 4, 5, 6, 7].filter((x) => mask & 1 << (x - 1));
    if (a.length !== 3) continue;
    all++;
    const b = [1, 2, 3, 4, 5, 6, 7].filter((x) => !a.includes(x));
    if (kolmogorovSmirnov(a, b).statistic >= value.statistic - 1e-12) reached++;
  }
  near(value.p, reached / all, "p");
});

Deno.test("both tests refuse a sample without values, or with one that is no number", () => {
  for (const test of [kolmogorovSmirnov, mannWhitney]) {
    throws(() => test([], [1]), /0 values/);
    throws(() => test([1], [1, NaN]), /value 1 is NaN/);
  }
});
