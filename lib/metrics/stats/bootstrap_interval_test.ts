import { deepEqual, equal, ok, throws } from "node:assert/strict";
import oracle from "./stats_oracle.json" with { type: "json" };
import { bcaCorrections, bcaInterval, bootstrapInterval } from "./bootstrap_interval.ts";
import { letterMeans } from "./letter_means.ts";
import { resampledMeans, resamplePlan } from "./resample_plan.ts";

const near = (a: number, b: number | undefined, tolerance: number, what: string) =>
  ok(Math.abs(a - (b ?? NaN)) <= tolerance, `${what}: ${a} is not ${b}`);

Deno.test("bcaCorrections() and bcaInterval() equal scipy on given replicates", () => {
  for (const { name, values, replicates, given } of oracle.bootstrap) {
    const { bias, acceleration } = bcaCorrections(values, replicates);
    near(bias, given.bias, 1e-12, `${name}: bias`);
    near(acceleration, given.acceleration, 1e-12, `${name}: acceleration`);
    const { low, high, method } = bcaInterval(values, replicates, 0.9);
    equal(method, "bca");
    near(low, given.interval[0], 1e-12, `${name}: low`);
    near(high, given.interval[1], 1e-12, `${name}: high`);
  }
});

Deno.test("bootstrapInterval() agrees with 200,000 resamples of scipy within Monte Carlo error", () => {
  for (const { name, values, interval, standardError } of oracle.bootstrap) {
    const { low, high, method } = bootstrapInterval(values);
    equal(method, "bca");
    near(low, interval[0], 0.1 * standardError, `${name}: low`);
    near(high, interval[1], 0.1 * standardError, `${name}: high`);
  }
});

Deno.test("bootstrapInterval() gives the same for the same plan, and another for another seed", () => {
  const values = oracle.bootstrap[1]?.values ?? [];
  const plan = resamplePlan(values.length, { resamples: 500, seed: 1 });
  deepEqual(bootstrapInterval(values, { plan }), bootstrapInterval(values, { plan }));
  equal(bootstrapInterval(values, { plan }).resamples, 500);
  const other = resamplePlan(values.length, { resamples: 500, seed: 2 });
  ok(bootstrapInterval(values, { plan }).low !== bootstrapInterval(values, { plan: other }).low);
});

Deno.test("bootstrapInterval() says so where BCa is not defined", () => {
  const point = bootstrapInterval([0.1 + 0.2, 0.3, 0.3]);
  equal(point.method, "point");
  equal(point.low, point.high);
  const oneSided = bcaInterval([1, 2, 9], [1, 2, 3], 0.5);
  deepEqual(oneSided, { low: 1.5, high: 2.5, method: "percentile" });
});

Deno.test("bootstrapInterval() rejects what it cannot use", () => {
  throws(() => bootstrapInterval([1]), /got 1 values/);
  throws(() => bootstrapInterval([1, NaN]), /value 1 is NaN/);
  throws(() => bootstrapInterval([1, 2], { level: 95 }), /level is 95/);
  throws(() => bootstrapInterval([1, 2], { plan: resamplePlan(3) }), /2 values for a plan of 3 letters/);
  throws(() => resamplePlan(0), /letters is 0/);
});

Deno.test("resampledMeans() covers every letter about equally often", () => {
  const letters = 7;
  const means = resampledMeans([1, 0, 0, 0, 0, 0, 0], resamplePlan(letters));
  near(
    means.reduce((sum, mean) => sum + mean, 0) / means.length,
    1 / letters,
    0.005,
    "share of the first letter",
  );
});

Deno.test("letterMeans() makes the interval resample letters: repeating every seed changes nothing", () => {
  const values = [0.2, 0.4, 0.9, 0.5];
  const ids = ["a", "b", "c", "d"];
  const thrice = letterMeans([...ids, ...ids, ...ids], [...values, ...values, ...values]);
  deepEqual(thrice.ids, ids);
  near(bootstrapInterval(thrice.values).low, bootstrapInterval(values).low, 1e-12, "low");
  throws(() => letterMeans(["a", "b", "a"], [1, 2, 3]), /letter b has 1 values, the first letter 2/);
  throws(() => letterMeans(["a"], [1, 2]), /1 ids for 2 values/);
});
