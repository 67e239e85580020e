/** The tests and intervals beside SciPy and statsmodels. */
import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import { benjaminiHochberg } from "./benjamini_hochberg.ts";
import { binomialTest } from "./binomial_test.ts";
import { bootstrapInterval } from "./bootstrap_interval.ts";
import { clusterInterval } from "./cluster_interval.ts";
import { equivalenceTest } from "./equivalence_test.ts";
import { incompleteBeta } from "./incomplete_beta.ts";
import { mcnemar, mcnemarOfCounts } from "./mcnemar.ts";
import { minimumDetectableEffect, pairedPower } from "./minimum_detectable_effect.ts";
import { pairedBootstrap } from "./paired_bootstrap.ts";
import { pairedTest } from "./paired_test.ts";
import { kendall, rankCorrelationInterval, spearman } from "./rank_correlation.ts";
import { cliffsDelta, cohenD, effectInterval, hedgesG } from "./standardised_difference.ts";
import { intervalOfReplicates, statisticInterval } from "./statistic_interval.ts";
import { noncentralTCdf, studentTCdf, studentTQuantile } from "./student_t.ts";
import oracle from "./scipy_oracle.json" with { type: "json" };
import { wilcoxon } from "./wilcoxon.ts";

const near = (a: number, b: number | undefined, tolerance: number, what: string) =>
  ok(Math.abs(a - (b ?? NaN)) <= tolerance, `${what}: ${a} is not ${b}`);
/** Of numbers that may be tiny: within 1e-9 of themselves. */
const alike = (a: number, b: number | undefined, what: string) => near(a, b, 1e-9 * Math.abs(b ?? NaN), what);

Deno.test("incompleteBeta(), studentTCdf() and studentTQuantile() equal scipy to 9 digits, tails included", () => {
  for (const [x = NaN, a = NaN, b = NaN, value] of oracle.beta) {
    alike(incompleteBeta(x, a, b), value, `${x} ${a} ${b}`);
  }
  for (const [x = NaN, degrees = NaN, p] of oracle.t) alike(studentTCdf(x, degrees), p, `t ${x} ${degrees}`);
  for (const [p = NaN, degrees = NaN, x] of oracle.tQuantile) {
    alike(studentTQuantile(p, degrees), x, `q ${p} ${degrees}`);
  }
  deepEqual([studentTCdf(-Infinity, 3), studentTCdf(Infinity, 3), studentTQuantile(0, 3)], [0, 1, -Infinity]);
  throws(() => studentTCdf(1, 0), /0 degrees of freedom/);
  throws(() => incompleteBeta(2, 1, 1), /x is 2/);
});

Deno.test("noncentralTCdf() equals scipy", () => {
  for (const [x = NaN, degrees = NaN, shift = NaN, p] of oracle.noncentral) {
    near(noncentralTCdf(x, degrees, shift), p, 1e-9, `${x} ${degrees} ${shift}`);
  }
});

Deno.test("wilcoxon() equals scipy: exact, with ties and zeros too, and both normal approximations", () => {
  for (const { differences, statistic, normal, corrected, exact } of oracle.wilcoxon) {
    const approximate = wilcoxon(differences, { method: "normal" });
    near(approximate.statistic, statistic, 1e-9, "statistic");
    near(approximate.p, normal, 1e-9, "normal");
    near(wilcoxon(differences, { method: "normal", continuity: true }).p, corrected, 1e-9, "corrected");
    if (exact !== undefined) near(wilcoxon(differences, { method: "exact" }).p, exact, 1e-9, "exact");
  }
  equal(wilcoxon([0, 0]).p, 1);
  equal(wilcoxon(Array.from({ length: 51 }, (_, i) => i + 1)).method, "normal");
  throws(() => wilcoxon([1, NaN]), /value 1 is NaN/);
  throws(() => wilcoxon([]), /got 0 values/);
});

Deno.test("wilcoxon() and pairedTest() are exact over all signs, ties and zeros included, for 12 letters", () => {
  const rng = random("signs");
  for (let round = 0; round < 5; round++) {
    const differences = Array.from({ length: 12 }, () => (rng.below(9) - 3) / 4);
    const kept = differences.filter((d) => d !== 0);
    const ranks = kept.map((d) =>
      kept.filter((other) => Math.abs(other) < Math.abs(d)).length +
      (kept.filter((other) => Math.abs(other) === Math.abs(d)).length + 1) / 2
    );
    const extreme = (sizes: readonly number[]) => {
      const signed = (signs: number) =>
        sizes.reduce((sum, size, i) => sum + ((signs >> i) & 1 ? size : -size), 0);
      const observed = Math.abs(sizes.reduce((sum, size, i) => sum + ((kept[i] ?? 0) > 0 ? size : -size), 0));
      let count = 0;
      for (let signs = 0; signs < 2 ** kept.length; signs++) if (Math.abs(signed(signs)) >= observed) count++;
      return count / 2 ** kept.length;
    };
    near(wilcoxon(differences).p, extreme(ranks), 1e-12, "ranks");
    const { p, method } = pairedTest(differences, differences.map(() => 0));
    near(p, extreme(kept.map(Math.abs)), 1e-12, "values");
    equal(method, "exact");
  }
});

Deno.test("kendall() and spearman() equal scipy, ties included, with their p-values", () => {
  for (const { a, b, kendall: tau, spearman: rho } of oracle.correlations) {
    for (
      const [name, { correlation, p }, expected] of [["tau", kendall(a, b), tau], [
        "rho",
        spearman(a, b),
        rho,
      ]] as const
    ) {
      near(correlation, expected[0], 1e-12, `${name} of ${a.length}`);
      near(p, expected[1], 1e-9, `p of ${name} of ${a.length}`);
    }
  }
  const column = [3, 1, 2, 5];
  deepEqual([kendall(column, column).correlation, spearman(column, column.map((x) => -x)).correlation], [
    1,
    -1,
  ]);
  equal(kendall(column, [7, 7, 7, 7]).correlation, NaN);
  equal(spearman(column, [7, 7, 7, 7]).p, NaN);
  throws(() => kendall([1, 2, NaN], [1, 2, 3]), /value 2 is NaN/);
  throws(() => spearman([1, 2, 3], [1, 2]), /3 values against 2/);
  throws(() => spearman([1, 2], [1, 2]), /got 2 letters/);
});

Deno.test("intervalOfReplicates() equals scipy's BCa and percentile intervals, of one group and of two", () => {
  const { a, b, c, spearman: one, delta } = oracle.intervals;
  const pick = (of: readonly number[], drawn: Uint32Array | undefined) =>
    Array.from(drawn ?? [], (i) => of[i] ?? NaN);
  const correlate = ([drawn]: readonly Uint32Array[]) => spearman(pick(a, drawn), pick(b, drawn)).correlation;
  for (const method of ["bca", "percentile"] as const) {
    const { low, high } = intervalOfReplicates([a.length], correlate, one.replicates, { level: 0.9, method });
    near(low, one[method][0], 1e-9, method);
    near(high, one[method][1], 1e-9, method);
  }
  const dominance = ([x, y]: readonly Uint32Array[]) => cliffsDelta(pick(a, x), pick(c, y));
  const sizes = [a.length, c.length];
  const { low, high } = intervalOfReplicates(sizes, dominance, delta.replicates, {
    level: 0.9,
    method: "bca",
  });
  near(low, delta.bca[0], 1e-9, "low");
  near(high, delta.bca[1], 1e-9, "high");
});

Deno.test("rankCorrelationInterval() is seeded, leaves out what is not defined, and is no point where resamples vary", () => {
  const [a, b] = [[1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5]]; // leaving out any letter changes tau by the same
  const interval = rankCorrelationInterval("kendall", a, b, { resamples: 2000 });
  deepEqual(rankCorrelationInterval("kendall", a, b, { resamples: 2000 }), interval);
  equal(interval.method, "percentile");
  ok(interval.low < interval.value && interval.value < interval.high);
  const other = rankCorrelationInterval("kendall", a, b, { resamples: 2000, seed: 1 });
  equal(other.resamples + other.undefinedResamples, 2000);
  throws(() => rankCorrelationInterval("spearman", [1, 1, 1], [1, 2, 3]), /the statistic is NaN/);
});

Deno.test("statisticInterval() of a mean is bootstrapInterval(), and draws groups apart", () => {
  const values = [0.2, 0.4, 0.9, 0.5, 0.1, 0.7];
  const mean = ([drawn = new Uint32Array()]: readonly Uint32Array[]) =>
    drawn.reduce((sum, i) => sum + (values[i] ?? NaN), 0) / drawn.length;
  const { low, high } = statisticInterval([6], mean);
  const expected = bootstrapInterval(values);
  near(low, expected.low, 1e-12, "low");
  near(high, expected.high, 1e-12, "high");
  const percentile = statisticInterval([6], mean, { method: "percentile" });
  near(percentile.low, bootstrapInterval(values, { method: "percentile" }).low, 1e-12, "percentile");
  throws(() => statisticInterval([6, 1], mean), /a group of 1 letters/);
  throws(() => statisticInterval([6], mean, { level: 2 }), /level is 2/);
});

Deno.test("clusterInterval() draws letters with all their values: copies of a value add no certainty", () => {
  const values = [0.2, 0.4, 0.9, 0.5];
  const ids = ["a", "b", "c", "d"];
  const once = clusterInterval(ids, values);
  const often = clusterInterval([...ids, ...ids, ...ids], [...values, ...values, ...values]);
  near(often.low, once.low, 1e-12, "low");
  near(clusterInterval(ids, values).value, 0.5, 1e-12, "mean");
  const uneven = clusterInterval(["a", "a", "a", "b", "c"], [0, 0, 0, 1, 1]);
  equal(uneven.value, 0.4);
  ok(uneven.low === 0 && uneven.high === 1); // a resample may hold one letter alone
  throws(() => clusterInterval(["a"], [1, 2]), /1 ids for 2 values/);
  throws(() => clusterInterval(["a", "b"], [1, NaN]), /value 1 is NaN/);
});

Deno.test("cliffsDelta(), cohenD() and hedgesG() equal their definitions", () => {
  for (const { a, b, cliff, d, g } of oracle.groups) {
    near(cliffsDelta(a, b), cliff, 1e-12, "delta");
    near(cohenD(a, b), d, 1e-9, "d");
    near(hedgesG(a, b), g, 1e-9, "g");
    near(cliffsDelta(b, a), -cliff, 1e-12, "mirrored");
  }
  equal(cohenD([1, 1], [1, 1]), 0);
  const { value, low, high } = effectInterval(hedgesG, [1, 2, 3, 5, 4], [0, 1, 3, 2], { resamples: 1000 });
  ok(low < value && value < high);
  throws(() => effectInterval(hedgesG, [1, 2], [1, NaN]), /value 1 is NaN/);
  throws(() => cliffsDelta([1], [NaN]), /value 0 is NaN/);
});

Deno.test("mcnemar() equals statsmodels, but gives 1 for equal counts and no disagreement", () => {
  for (const [b = NaN, c = NaN, exact, corrected] of oracle.mcnemar) {
    const result = mcnemarOfCounts(b, c);
    near(result.exactP, exact, 1e-9, `exact ${b} ${c}`);
    near(result.correctedP, corrected, 1e-9, `corrected ${b} ${c}`);
  }
  // statsmodels: 0.773 for 6 against 6, and nan for none.
  deepEqual([
    mcnemarOfCounts(6, 6).correctedP,
    mcnemarOfCounts(0, 0).correctedP,
    mcnemarOfCounts(6, 6).exactP,
  ], [1, 1, 1]);
  throws(() => mcnemar([true], []), /1 letters against 0/);
  throws(() => mcnemarOfCounts(1.5, 2), /1.5 letters/);
});

Deno.test("binomialTest() equals scipy: an accuracy of .549 is chance for 100 letters and none for 1,000", () => {
  for (const [successes = NaN, trials = NaN, chance = NaN, p, low, high] of oracle.binomial) {
    const result = binomialTest(successes, trials, { chance });
    alike(result.p, p, `p of ${successes} of ${trials}`);
    near(result.low, low, 1e-9, "low");
    near(result.high, high, 1e-9, "high");
  }
  const [few, many] = [binomialTest(55, 100), binomialTest(549, 1000)];
  ok(few.low < 0.5 && few.p > 0.3);
  ok(many.low > 0.5 && many.p < 0.01);
  throws(() => binomialTest(3, 2), /3 of 2 letters/);
  throws(() => binomialTest(NaN, 2), /NaN of 2 letters/);
  throws(() => binomialTest(1, 2, { chance: 1 }), /chance is 1/);
});

Deno.test("benjaminiHochberg() equals scipy", () => {
  for (const { p, adjusted } of oracle.benjaminiHochberg) {
    benjaminiHochberg(p).forEach((value, i) => near(value, adjusted[i], 1e-12, `${p}`));
  }
  deepEqual(benjaminiHochberg([]), []);
  throws(() => benjaminiHochberg([NaN]), /p-value 0 is NaN/);
});

Deno.test("equivalenceTest() equals statsmodels and scipy", () => {
  for (const { differences, p, above, below, interval } of oracle.equivalence) {
    const result = equivalenceTest(differences, { low: -0.05, high: 0.04 });
    near(result.p, p, 1e-9, "p");
    near(result.pAboveLow, above, 1e-9, "above");
    near(result.pBelowHigh, below, 1e-9, "below");
    near(result.low, interval[0], 1e-9, "low");
    near(result.high, interval[1], 1e-9, "high");
    equal(result.p < 0.05, result.low > -0.05 && result.high < 0.04);
  }
  deepEqual([equivalenceTest([0, 0], 0.1).p, equivalenceTest([0.2, 0.2], 0.1).p], [0, 1]);
  throws(() => equivalenceTest([1, 2], 0), /the margin goes from 0 to 0|the margin goes from -0 to 0/);
  throws(() => equivalenceTest([1, NaN], 1), /value 1 is NaN/);
  throws(() => equivalenceTest([1], 1), /got 1 differences/);
});

Deno.test("pairedPower() and minimumDetectableEffect() equal statsmodels", () => {
  for (const { n, alpha, power, effect, at } of oracle.power) {
    for (const [e = NaN, expected] of at) {
      near(pairedPower(2 * e, { n, sd: 2, alpha }), expected, 1e-9, `power of ${e}`);
    }
    const found = minimumDetectableEffect({ n, sd: 1, alpha, power });
    near(found, effect, 1e-5, "effect"); // statsmodels' root finder stops there
    near(pairedPower(found, { n, sd: 1, alpha }), power, 1e-12, "its power");
  }
  equal(pairedPower(100, { n: 100, sd: 1 }), 1);
  throws(() => minimumDetectableEffect({ n: 20, sd: 0 }), /sd is 0/);
  throws(() => minimumDetectableEffect({ n: 1, sd: 1 }), /1 letters/);
  throws(() => minimumDetectableEffect({ n: 20, sd: 1, power: 0.01 }), /power is 0.01/);
});

Deno.test("pairedBootstrap() is near the permutation test, symmetric, and 1 where nothing differs", () => {
  const rng = random("paired");
  const a = Array.from({ length: 60 }, () => rng.normal());
  const b = a.map((value) => value - 0.1 + 0.5 * rng.normal());
  const { p, better, difference } = pairedBootstrap(a, b);
  near(p, pairedTest(a, b).p, 0.03, "p");
  const back = pairedBootstrap(b, a);
  equal(back.p, p);
  near(back.better, 1 - better, 1e-12, "better");
  deepEqual(difference, pairedTest(a, b).difference);
  deepEqual([pairedBootstrap(a, a).p, pairedBootstrap(a, a).better], [1, 0.5]);
  throws(() => pairedBootstrap([1, 2], [1]), /2 values against 1/);
  throws(() => pairedBootstrap([1, NaN], [1, 2]), /value 1 is NaN/);
});
