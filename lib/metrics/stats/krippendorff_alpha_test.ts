import { equal, ok } from "node:assert/strict";
import oracle from "./krippendorff_alpha_oracle.json" with { type: "json" };
import { krippendorffAlpha } from "./krippendorff_alpha.ts";

Deno.test("krippendorffAlpha() is that of the reference implementation, with ratings missing too", () => {
  for (const { units, ...expected } of oracle) {
    for (const level of ["nominal", "ordinal", "interval"] as const) {
      const alpha = krippendorffAlpha(units, level);
      ok(Math.abs(alpha - expected[level]) < 1e-12, `${level}: ${alpha}, not ${expected[level]}`);
    }
  }
});

Deno.test("krippendorffAlpha() says nothing where there is nothing to agree on", () => {
  equal(krippendorffAlpha([[3, 3], [3, 3]], "ordinal"), NaN);
  equal(krippendorffAlpha([[1, null], [null, 2]], "nominal"), NaN);
  equal(krippendorffAlpha([], "nominal"), NaN);
});
