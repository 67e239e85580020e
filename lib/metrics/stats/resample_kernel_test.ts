import { deepEqual, equal, ok } from "node:assert/strict";
import wabt from "wabt";
import { random } from "../../random.ts";
import {
  bcaInterval,
  bootstrapInterval,
  bootstrapIntervals,
  percentileInterval,
} from "./bootstrap_interval.ts";
import { describe } from "./describe.ts";
import { orderStatistic } from "./order_statistic.ts";
import { resample } from "./resample_kernel.ts";
import { resamplePlan } from "./resample_plan.ts";

const near = (a: number, b: number, what: string) =>
  ok(Math.abs(a - b) <= 1e-12 * Math.abs(b), `${what}: ${a} is not ${b}`);

/** Even, skewed, of two values, far from 0, with ties. */
const lists = (letters: number): Float64Array[] => {
  const stream = random(`lists/${letters}`);
  const draws = [
    () => stream.next(),
    () => Math.exp(3 * stream.normal()),
    () => Number(stream.next() < 0.05),
    () => 1e6 + stream.normal(),
    () => Math.round(4 * stream.next()) / 4,
  ];
  return draws.map((draw) => Float64Array.from({ length: letters }, draw));
};

Deno.test("resampled_means.wasm is what resampled_means.wat says", async () => {
  const text = await Deno.readTextFile(new URL("resampled_means.wat", import.meta.url));
  const { buffer } = (await wabt()).parseWat("resampled_means.wat", text, { simd: true }).toBinary({});
  deepEqual(await Deno.readFile(new URL("resampled_means.wasm", import.meta.url)), buffer);
});

Deno.test("intervals are those of the means summed draw by draw, for any number of letters and resamples", () => {
  const sizes = [[2, 600], [3, 10_000], [9, 1500], [17, 10_000], [120, 4000], [3000, 500]] as const;
  for (const [letters, resamples] of sizes) {
    const plan = resamplePlan(letters, { resamples, seed: 3 });
    for (const values of lists(letters)) {
      const means: Float64Array = Float64Array.from({ length: resamples }, (_, r) => {
        const drawn = plan.indices.subarray(r * letters, (r + 1) * letters);
        return drawn.reduce((sum, letter) => sum + (values[letter] ?? NaN), 0) / letters;
      }).sort();
      for (const level of [0.5, 0.95, 0.9999]) {
        for (const method of ["bca", "percentile"] as const) {
          const expected = method === "bca"
            ? bcaInterval(values, means, level)
            : percentileInterval(means, level);
          const got = bootstrapInterval(values, { plan, level, method });
          equal(got.method, expected.method);
          near(got.low, expected.low, `${letters} letters, ${level}: low`);
          near(got.high, expected.high, `${letters} letters, ${level}: high`);
        }
      }
    }
  }
});

Deno.test("an interval is the same to the last digit whichever lists it is computed with", () => {
  const [plan, all] = [resamplePlan(33), lists(33)];
  const alone = all.map((values) => bootstrapInterval(values, { plan }));
  deepEqual(bootstrapIntervals(all, { plan }), alone);
  deepEqual(bootstrapIntervals(all.toReversed(), { plan }), alone.toReversed());
  bootstrapInterval([1, 2, 3]); // another plan in between
  deepEqual(bootstrapIntervals(all.slice(1), { plan }), alone.slice(1));
});

Deno.test("resample() counts a tie half, also of the same letters in another order", () => {
  const plan = {
    letters: 3,
    resamples: 4,
    seed: 1,
    indices: Uint32Array.of(0, 1, 2, 2, 1, 0, 0, 0, 0, 2, 2, 2),
  };
  const values = [0.1, 0.2, 0.3];
  deepEqual(resample(plan, [{ values, ...describe(values) }], ({ below }) => below), [(0.5 + 0.5 + 1) / 4]);
});

Deno.test("a plan with too many draws for the kernel gives the same means", () => {
  const plan = resamplePlan(3, { resamples: 6_700_000, seed: 5 });
  const few = { ...plan, resamples: 1000, indices: plan.indices.subarray(0, 3000) };
  const values = [0.1, 0.25, 0.7];
  const [many] = resample(plan, [{ values, ...describe(values) }], ({ means }) => means().subarray(0, 1000));
  const [kernel] = resample(few, [{ values, ...describe(values) }], ({ means }) => means());
  kernel?.forEach((mean, r) => near(mean, many?.[r] ?? NaN, `resample ${r}`));
});

Deno.test("orderStatistic() finds every place of lists with ties, sorted and reversed ones", () => {
  const stream = random(1);
  for (let length = 1; length < 40; length++) {
    const drawn = Float64Array.from({ length }, () => stream.below(8));
    const sorted = drawn.toSorted();
    for (const list of [drawn, sorted, sorted.toReversed()]) {
      sorted.forEach((value, place) => equal(orderStatistic(list.slice(), place), value));
    }
  }
});
