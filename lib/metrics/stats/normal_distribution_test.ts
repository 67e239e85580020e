import { equal, ok, throws } from "node:assert/strict";
import oracle from "./stats_oracle.json" with { type: "json" };
import { normalCdf, normalQuantile } from "./normal_distribution.ts";
import { quantile } from "./quantile.ts";

Deno.test("normalCdf() and normalQuantile() equal scipy's ndtr and ndtri to 13 digits, tails included", () => {
  for (const [x = NaN, p = NaN] of oracle.normalCdf) {
    ok(Math.abs(normalCdf(x) - p) <= 1e-13 * p, `normalCdf(${x}) = ${normalCdf(x)}, not ${p}`);
  }
  for (const [p = NaN, x = NaN] of oracle.normalQuantile) {
    ok(
      Math.abs(normalQuantile(p) - x) <= 1e-12 * Math.max(Math.abs(x), 1),
      `normalQuantile(${p}) is not ${x}`,
    );
  }
});

Deno.test("normalQuantile() is infinite at the ends and rejects what is no probability", () => {
  equal(normalQuantile(0), -Infinity);
  equal(normalQuantile(1), Infinity);
  throws(() => normalQuantile(1.1), /p is 1.1/);
});

Deno.test("quantile() reaches both ends and rejects an empty sample", () => {
  equal(quantile([1, 5], 0), 1);
  equal(quantile([1, 5], 1), 5);
  throws(() => quantile([], 0.5), /got 0 values/);
});
