import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import oracle from "./stats_oracle.json" with { type: "json" };
import { cohenDz, rankBiserial } from "./effect_size.ts";
import { holm } from "./holm.ts";
import { pairedTest } from "./paired_test.ts";
import { pairedTests } from "./paired_tests.ts";

const near = (a: number, b: number, tolerance: number) =>
  ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

Deno.test("pairedTest() equals scipy's exact permutation test, and its effect sizes scipy's", () => {
  for (const { a, b, p, dz, rankBiserial: rank } of oracle.exact) {
    const result = pairedTest(a, b);
    equal(result.method, "exact");
    near(result.p, p, 1e-12);
    near(result.cohenDz, dz, 1e-9);
    const differences = a.map((value, i) => Math.round((value - (b[i] ?? NaN)) * 1e6) / 1e6);
    near(rankBiserial(differences), rank, 1e-12);
  }
});

Deno.test("pairedTest() of 60 letters agrees with 400,000 permutations of scipy within Monte Carlo error", () => {
  const { a, b, p } = oracle.sampled;
  const result = pairedTest(a, b, { permutations: 50_000 });
  equal(result.method, "sampled");
  near(result.p, p, 4 * Math.sqrt(p * (1 - p) / 50_000));
  ok(result.difference.low < result.difference.mean && result.difference.mean < result.difference.high);
});

Deno.test("pairedTest() is symmetric, is never 0, and is 1 where nothing differs", () => {
  const a = Array.from({ length: 100 }, (_, i) => 1 + i / 1000);
  const b = a.map((value, i) => value - 0.5 - i / 1e5);
  const result = pairedTest(a, b, { permutations: 999 });
  equal(result.p, 1 / 1000);
  equal(pairedTest(b, a, { permutations: 999 }).p, result.p);
  equal(result.rankBiserial, 1);
  const same = pairedTest(a, a);
  deepEqual([same.p, same.cohenDz, same.rankBiserial, same.difference.method], [1, 0, 0, "point"]);
});

Deno.test("pairedTest() finds a true null at the 5% level about one time in twenty", () => {
  const rng = random(3);
  let rejected = 0;
  for (let run = 0; run < 200; run++) {
    const a = Array.from({ length: 20 }, () => rng.normal());
    const { p } = pairedTest(a, a.map(() => rng.normal()), { permutations: 199, seed: run });
    if (p <= 0.05) rejected++;
  }
  ok(rejected >= 2 && rejected <= 20, `${rejected} of 200`); // 0.1% and 99.9% points of Binomial(200, 0.05): 2 and 21
});

Deno.test("rankBiserial() shares ranks among ties, cohenDz() is infinite without spread", () => {
  equal(rankBiserial([1, -1, 2]), (1.5 - 1.5 + 3) / 6);
  equal(cohenDz([2, 2]), Infinity);
});

Deno.test("pairedTest() rejects sides that do not match", () => {
  throws(() => pairedTest([1, 2], [1]), /2 values against 1/);
  throws(() => pairedTest([1, NaN], [1, 2]), /value 1 is NaN/);
  throws(() => pairedTest([1, 2], [2, 1], { permutations: 0 }), /permutations is 0/);
});

Deno.test("holm() equals statsmodels", () => {
  for (const { p, adjusted } of oracle.holm) {
    holm(p).forEach((value, i) => near(value, adjusted[i] ?? NaN, 1e-15));
  }
  deepEqual(holm([]), []);
  throws(() => holm([0.5, 1.5]), /p-value 1 is 1.5/);
});

Deno.test("pairedTests() adjusts over its family and names the comparison that fails", () => {
  const [a, b] = [[1, 2, 3, 4, 5], [0, 0, 0, 0, 0]];
  const results = pairedTests([{ name: "x", a, b }, { name: "y", a, b: a }]);
  deepEqual(results.map(({ name, p, adjustedP }) => [name, p, adjustedP]), [["x", 2 / 32, 4 / 32], [
    "y",
    1,
    1,
  ]]);
  deepEqual(results[0]?.difference, pairedTest(a, b).difference);
  throws(() => pairedTests([{ name: "nouns", a: [1], b: [2] }]), /nouns: bootstrapInterval: got 1 values/);
});
