import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import { deidentification } from "./deidentification.ts";
import { deidIntervals } from "./deid_intervals.ts";
import type { SpanPair } from "./letter_source.ts";
import { scoreSpans } from "./score_spans.ts";
import { spanIntervals } from "./span_intervals.ts";
import { ratio, SumBootstrap } from "./sum_bootstrap.ts";
import oracle from "./sum_bootstrap_oracle.json" with { type: "json" };

const near = (found: number, expected: number, tolerance: number, what: string) =>
  ok(Math.abs(found - expected) <= tolerance, `${what}: ${found} is not ${expected}`);

/** A letter with so many spans found, missed and made up. */
function letter(id: string, found: number, missed: number, spurious: number): SpanPair {
  const spans = (from: number, to: number) =>
    Array.from(
      { length: to - from },
      (_, i) => ({ start: 2 * (from + i), end: 2 * (from + i) + 1, label: "A" }),
    );
  const gold = spans(0, found + missed);
  return { id, gold, predicted: [...spans(0, found), ...spans(100, 100 + spurious)] };
}

Deno.test("spanIntervals() agrees with 100,000 resamples of scipy within Monte Carlo error", () => {
  for (const { hits, actual, possible, ...expected } of oracle) {
    const pairs = hits.map((hit, i) => letter(`${i}`, hit, (possible[i] ?? 0) - hit, (actual[i] ?? 0) - hit));
    const [scores] = scoreSpans(pairs, ["seqeval"]);
    ok(scores);
    const { micro, macro, perLabel } = spanIntervals(scores, new SumBootstrap(pairs.length));
    for (const [name, [low = NaN, high = NaN, error = NaN]] of Object.entries(expected)) {
      const interval = new Map(Object.entries(micro)).get(name);
      ok(interval);
      equal(interval.method, "bca");
      near(interval.low, low, 0.1 * error, `${name} low`);
      near(interval.high, high, 0.1 * error, `${name} high`);
    }
    deepEqual([perLabel.get("A"), macro], [micro, micro]); // one label is all labels and their mean
  }
});

Deno.test("spanIntervals() of the macro average leaves absent labels out of a resample", () => {
  const span = (label: string) => ({ start: 0, end: 3, label });
  // A is in the first letter alone, and always found: a resample without it has one label, not a zero.
  const pairs = [
    { id: "a", gold: [span("A")], predicted: [span("A")] },
    { id: "b", gold: [span("B")], predicted: [span("B")] },
    { id: "c", gold: [span("B")], predicted: [span("B")] },
  ];
  const [scores] = scoreSpans(pairs, ["seqeval"]);
  ok(scores);
  const { macro } = spanIntervals(scores, new SumBootstrap(3));
  deepEqual(macro.f1, { low: 1, high: 1, method: "point" });
});

Deno.test("SumBootstrap: sums and left-out letters by brute force", () => {
  const bootstrap = new SumBootstrap(3, { resamples: 50, seed: 7 });
  const [ones, first] = [bootstrap.sums([1, 1, 1]), bootstrap.sums([1, 0, 0])];
  deepEqual([...ones.resampled], Array.from({ length: 50 }, () => 3)); // every resample holds three letters
  deepEqual([...first.leftOut], [0, 1, 1]);
  near(first.resampled.reduce((sum, times) => sum + times, 0) / 50, 1, 0.35, "how often the first is drawn");
  deepEqual([...ratio(first, ones).leftOut], [0, 0.5, 0.5]);
  deepEqual(new SumBootstrap(3, { resamples: 50, seed: 7 }).sums([1, 0, 0]), first);
  equal(new SumBootstrap(4000, { seed: 1 }).resamples, 2500);
});

Deno.test("deidIntervals() of letters that are all alike are points, of others they hold the rate", () => {
  const rng = random("deid-intervals");
  const text = "Ann Lee saw no fever.";
  const letters = Array.from({ length: 20 }, (_, i) => ({
    id: `${i}`,
    text,
    gold: [{ start: 0, end: 7, label: "NAME" }],
    predicted: [{ start: 0, end: 4 + rng.below(6), label: "NAME" }],
  }));
  const scores = deidentification(letters);
  const { recall, precision, overRedaction, leakingLetters } = deidIntervals(scores, new SumBootstrap(20));
  for (
    const [rate, interval] of [
      [scores.corpus.recall, recall],
      [scores.corpus.precision, precision],
      [scores.corpus.overRedaction, overRedaction],
      [scores.leaking.rate, leakingLetters],
    ] as const
  ) {
    ok(rate !== null && interval !== null && interval.low < rate && rate < interval.high);
  }
});

Deno.test("intervals refuse one letter and columns for other letters", () => {
  throws(() => new SumBootstrap(1), /got 1 letters/);
  throws(() => new SumBootstrap(2).sums([1, 2, 3]), /3 values for 2 letters/);
  const [scores] = scoreSpans([letter("a", 1, 0, 0), letter("b", 1, 1, 0)], ["seqeval"]);
  ok(scores);
  throws(() => spanIntervals(scores, new SumBootstrap(3)), /2 values for 3 letters/);
  throws(() => spanIntervals(scores, new SumBootstrap(2, { level: 95 })), /level is 95/);
});
