import { deepEqual, equal, throws } from "node:assert/strict";
import { comparisons } from "./comparisons.ts";
import { letterValues, metricsOf } from "./letter_values.ts";
import { means } from "./means.ts";

const ids = ["x", "y", "z", "w"];
const scores = (metric: string, values: number[], signature = metric) => (
  { metric, signature, ids, values: Float64Array.from(values) }
);

/** Three models at two ratios with two seeds; the last one has no copy rate, as masked text has none. */
const factors = { model: ["a", "b", "none"], ratio: [0.3, 0.7], seed: [1, 2] };
const cells = factors.model.flatMap((model, m) =>
  factors.ratio.flatMap((ratio) =>
    factors.seed.map((seed) => ({
      cell: { model, ratio, seed },
      scores: [
        scores("rougeL", ids.map((_, i) => (m + ratio + seed + i) / 10)),
        ...(model === "none" ? [] : [scores("copy-rate", ids.map((_, i) => (m * i) / 10))]),
      ],
    }))
  )
);

Deno.test("letterValues() takes the mean over what the condition leaves open, a value a letter", () => {
  const rounded = (values?: Float64Array) => [...values ?? []].map((value) => Number(value.toFixed(12)));
  deepEqual(rounded(letterValues(cells, "rougeL", { model: "a", ratio: 0.3 })?.values), [
    0.18,
    0.28,
    0.38,
    0.48,
  ]);
  deepEqual(rounded(letterValues(cells, "rougeL", { model: "a" })?.values), [0.2, 0.3, 0.4, 0.5]);
  equal(letterValues(cells, "copy-rate", { model: "none" }), undefined);
  throws(() => letterValues(cells, "copy-rate", {}), /8 of 12 cells with \{\} have it/);
});

Deno.test("metricsOf() refuses numbers that were computed in different ways", () => {
  const mixed = ["v1", "v2"].map((signature) => ({
    cell: {},
    scores: [scores("rougeL", [1, 2, 3, 4], signature)],
  }));
  throws(() => metricsOf(mixed), /rougeL: computed as v1 and as v2/);
});

Deno.test("means() has a row for every condition that was scored, seeds and letters never counted twice", () => {
  const rows = means({ factors, cells });
  equal(rows.length, 6 + 4);
  equal(rows.every(({ n }) => n === ids.length), true);
  deepEqual(rows[0]?.condition, { model: "a", ratio: 0.3 });
  equal(means({ factors, cells }, ["model"]).length, 3 + 2);
});

Deno.test("comparisons() tests every pair that has the metric, as one family", () => {
  const found = comparisons({ factors, cells, experiment: { compare: "model" } });
  deepEqual(found.map(({ metric, a, b }) => `${metric} ${a} ${b}`), [
    "rougeL a b",
    "rougeL a none",
    "rougeL b none",
    "copy-rate a b",
  ]);
  // Four letters that all differ in one direction: 2 of 16 sign assignments; Holm counts all four tests.
  deepEqual(found.map(({ p }) => p), [0.125, 0.125, 0.125, 0.25]);
  deepEqual(found.map(({ adjustedP }) => adjustedP), [0.5, 0.5, 0.5, 0.5]);
  equal(found[0]?.difference.mean.toFixed(6), "-0.100000");
});
