/** An experiment's outcome as tables. @module */

import type { DecidedClaim } from "../experiment/claims.ts";
import type { LevelComparison } from "../experiment/comparisons.ts";
import { type Level, repetition } from "../experiment/experiment.ts";
import { metricsOf } from "../experiment/letter_values.ts";
import type { Mean } from "../experiment/means.ts";
import type { Outcome } from "../experiment/run.ts";
import { metricNamed } from "../metrics/registry.ts";
import { type Column, estimate, type Row, type Table } from "../report/table.ts";

/**
 * Means as a table: a row a condition, a column a metric. The best mean of a column is marked where every other factor
 * than the first has one level only.
 *
 * @example
 * ```ts
 * import { meansTable } from "./tables.ts";
 * import { deepEqual } from "node:assert/strict";
 * const mean = { condition: { model: "a" }, metric: "rougeL", n: 9, mean: 0.8, sd: 0.1, low: 0.7, high: 0.9 };
 * deepEqual(meansTable([mean]).rows, [{ model: "a", letters: 9, rougeL: { value: 0.8, low: 0.7, high: 0.9 } }]);
 * ```
 */
export function meansTable(means: readonly Mean[]): Table {
  const conditions = new Map(means.map(({ condition }) => [JSON.stringify(condition), condition]));
  const rows = Map.groupBy(means, ({ condition }) => JSON.stringify(condition));
  const metrics = [...new Set(means.map(({ metric }) => metric))];
  const factors = factorColumns([...conditions.values()]);
  const one = factors.slice(1).every(({ name }) =>
    new Set([...conditions.values()].map((condition) => condition[name])).size === 1
  );
  return {
    caption: "Means over letters with 95% bootstrap intervals (BCa).",
    columns: [
      ...factors,
      { name: "letters", kind: "integer" },
      ...metrics.map((name): Column => {
        const { title, higherIsBetter } = metricNamed(name);
        const best = higherIsBetter ? "highest" as const : "lowest" as const;
        return {
          name,
          title,
          kind: "interval",
          digits: 3,
          ...(one && higherIsBetter !== undefined && { best }),
        };
      }),
    ],
    rows: [...conditions].map(([key, condition]): Row => {
      const here = rows.get(key) ?? [];
      return {
        ...condition,
        letters: here[0]?.n ?? null,
        ...Object.fromEntries(here.map((mean) => [mean.metric, estimate(mean)])),
      };
    }),
  };
}

/**
 * Paired comparisons as a table: a row a pair and metric.
 *
 * @example
 * ```ts
 * import { comparisonsTable } from "./tables.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(comparisonsTable([]).rows, []);
 * ```
 */
export function comparisonsTable(comparisons: readonly LevelComparison[]): Table {
  return {
    caption:
      "Paired comparisons over letters: the mean difference a − b with its 95% bootstrap interval, effect sizes, " +
      "and the p-value of the permutation test, as it is and adjusted by Holm over the table.",
    columns: [
      { name: "metric", kind: "text" },
      { name: "a", kind: "text" },
      { name: "b", kind: "text" },
      { name: "letters", kind: "integer" },
      { name: "difference", title: "a − b", kind: "interval", digits: 4 },
      { name: "cohen_dz", title: "Cohen's d_z", kind: "number", digits: 2 },
      { name: "rank_biserial", title: "rank-biserial", kind: "number", digits: 2 },
      { name: "p", kind: "number", digits: 4 },
      { name: "p_holm", title: "p (Holm)", kind: "number", digits: 4 },
    ],
    rows: comparisons.map((one) => ({
      metric: metricNamed(one.metric).title,
      a: String(one.a),
      b: String(one.b),
      letters: one.difference.n,
      difference: estimate(one.difference),
      cohen_dz: finite(one.cohenDz),
      rank_biserial: one.rankBiserial,
      p: one.p,
      p_holm: one.adjustedP,
    })),
  };
}

/**
 * Decided claims as a table.
 *
 * @example
 * ```ts
 * import { claimsTable } from "./tables.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(claimsTable([]).rows, []);
 * ```
 */
export function claimsTable(claims: readonly DecidedClaim[]): Table {
  const confidence = 100 * (claims[0]?.difference.level ?? 0.95);
  return {
    caption:
      `Claims, and what decides them: the ${Number(confidence.toFixed(2))}% bootstrap interval of the mean ` +
      "difference over letters, which makes all verdicts hold at once with 95% confidence (Bonferroni).",
    columns: [
      { name: "claim", kind: "text" },
      { name: "metric", kind: "text" },
      { name: "of", kind: "text" },
      { name: "over", kind: "text" },
      { name: "difference", kind: "interval", digits: 4 },
      { name: "test", title: "claimed", kind: "text" },
      { name: "verdict", kind: "text" },
      { name: "letters", kind: "integer" },
      { name: "letters_to_decide", title: "letters that would decide", kind: "integer" },
      { name: "source", kind: "text" },
      { name: "figure", kind: "text" },
    ],
    rows: claims.map((one) => ({
      claim: one.says,
      metric: metricNamed(one.metric).title,
      of: one.of,
      over: one.over,
      difference: estimate(one.difference),
      test: one.test,
      verdict: one.verdict,
      letters: one.difference.n,
      letters_to_decide: one.lettersToDecide ?? null,
      source: one.source ?? null,
      figure: one.figure === undefined ? null : `figure-${one.figure}.svg`,
    })),
  };
}

/**
 * Every value: a row a letter a cell, a column a metric.
 *
 * @example
 * ```ts
 * import { runsTable } from "./tables.ts";
 * import { deepEqual } from "node:assert/strict";
 * const scores = [{ metric: "rougeL", signature: "", ids: ["x"], values: Float64Array.of(0.5) }];
 * const corpus = [{ id: "x", text: "", spans: [], meta: { specialty: "urology" } }];
 * deepEqual(runsTable({ corpus, cells: [{ cell: { seed: 1 }, scores }] }).rows, [
 *   { seed: 1, letter: "x", specialty: "urology", rougeL: 0.5 },
 * ]);
 * ```
 */
export function runsTable({ corpus, cells }: Pick<Outcome, "corpus" | "cells">): Table {
  const metrics = metricsOf(cells).map(({ metric }) => metric);
  return {
    columns: [
      ...factorColumns(cells.map(({ cell }) => cell)),
      { name: "letter", kind: "text" },
      { name: "specialty", kind: "text" },
      ...metrics.map((name): Column => ({ name, title: metricNamed(name).title, kind: "number" })),
    ],
    rows: cells.flatMap(({ cell, scores }) => {
      const values = scores.map(({ metric, ids, values }) => ({
        metric,
        of: new Map(ids.map((id, i) => [id, finite(values[i] ?? NaN)])),
      }));
      return corpus.map(({ id, meta }): Row => ({
        ...cell,
        letter: id,
        specialty: meta.specialty ?? null,
        ...Object.fromEntries(values.map(({ metric, of }) => [metric, of.get(id) ?? null])),
      }));
    }),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function factorColumns(conditions: readonly Readonly<Record<string, Level>>[]): Column[] {
  return Object.keys(conditions[0] ?? {}).map((name): Column => {
    const levels = conditions.map((condition) => condition[name]);
    if (!levels.every((level) => typeof level === "number")) return { name, kind: "text" };
    const whole = name === repetition || levels.every((level) => Number.isInteger(level));
    const decimals = levels.map((level) => String(level).split(".")[1]?.length ?? 0);
    return whole ? { name, kind: "integer" } : { name, kind: "number", digits: Math.max(...decimals) };
  });
}
