import { deepEqual, equal, throws } from "node:assert/strict";
import { random } from "../random.ts";
import { decideClaims } from "./claims.ts";
import type { Claim, Factors } from "./experiment.ts";

/** Forty letters under "a", and under "b" higher by `gap` on average, over two seeds. */
function cells(gap: number, spread: number) {
  const rng = random(5);
  const base = Array.from({ length: 40 }, () => 0.5 + 0.2 * rng.next());
  const noise = base.map(() => spread * rng.normal());
  return [1, 2].flatMap((seed) =>
    ["a", "b"].map((model) => ({
      cell: { model, seed },
      scores: [{
        metric: "rougeL",
        signature: "rougeL",
        ids: base.map((_, i) => `${i}`),
        values: Float64Array.from(base, (value, i) => model === "a" ? value : value + gap + (noise[i] ?? 0)),
      }],
    }))
  );
}

const sides = { says: "b against a", metric: "rougeL", of: { model: "b" }, over: { model: "a" } };
const verdict = (gap: number, spread: number, test: { atLeast: number } | { within: number }) => {
  const claim: Claim<Factors> = { ...sides, ...test };
  return decideClaims(cells(gap, spread), [claim])[0]?.verdict;
};

Deno.test("decideClaims() decides superiority by the side of the margin on which the interval lies", () => {
  deepEqual([0.1, 0.02, -0.1].map((gap) => verdict(gap, 0.02, { atLeast: 0.02 })), [
    "supported",
    "undecided",
    "contradicted",
  ]);
});

Deno.test("decideClaims() decides equivalence by inclusion, and takes no difference for equal when it is unsure", () => {
  deepEqual([0, 0.01, 0.1, -0.1].map((gap) => verdict(gap, 0.01, { within: 0.01 })), [
    "supported",
    "undecided",
    "contradicted",
    "contradicted",
  ]);
  equal(verdict(0, 0.2, { within: 0.01 }), "undecided");
});

Deno.test("decideClaims() widens the intervals with the number of claims", () => {
  const claim: Claim<Factors> = { ...sides, atLeast: 0 };
  const [alone] = decideClaims(cells(0.01, 0.02), [claim]);
  const [one] = decideClaims(cells(0.01, 0.02), [claim, claim, claim, claim, claim]);
  equal(alone?.difference.level, 0.95);
  equal(one?.difference.level, 0.99);
  equal((one?.difference.low ?? 0) < (alone?.difference.low ?? 0), true);
  deepEqual(decideClaims([], []), []);
});

Deno.test("decideClaims() says which condition was not run", () => {
  const claim: Claim<Factors> = { ...sides, of: { model: "c" }, atLeast: 0 };
  throws(() => decideClaims(cells(0, 0.1), [claim]), /rougeL was not computed for model c/);
});
