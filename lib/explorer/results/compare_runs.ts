/** Two runs, letter by letter. @module */

import { z } from "zod";
import { MOST_RESAMPLED } from "./mean.ts";
import { pairedTests } from "../../metrics/stats/paired_tests.ts";
import { resamplePlan } from "../../metrics/stats/resample_plan.ts";
import { estimate, type Table } from "../../report/table.ts";
import { Unanswerable } from "../route.ts";
import { checkNames, type Condition, conditionSchema } from "./condition_query.ts";
import { letterValues } from "./letter_values.ts";
import type { ExperimentData, MetricInfo, OpenResults } from "./open_results.ts";

/** A run: cells of an experiment, those with these levels. */
export const runSchema = z.object({ experiment: z.string(), condition: conditionSchema });

/** As {@linkcode runSchema} reads it. */
export type Run = z.output<typeof runSchema>;

/** A letter's value under both runs. */
export interface PairedLetter {
  readonly letter: string;
  readonly a: number;
  readonly b: number;
}

/** Two runs compared. */
export interface RunComparison {
  readonly table: Table;
  /** The letters that both have a value of the chosen metric for. */
  readonly letters: readonly PairedLetter[];
  readonly metric: MetricInfo;
  /** Letters that only one of the runs has. */
  readonly alone: number;
}

/** So many resamples where there are many letters, so that an answer takes a moment and no more. */
const FEW_RESAMPLES = 1000;

/**
 * Compares two runs, which may be of different experiments, by paired permutation tests over the letters that both have, for every
 * metric that both have; Holm's adjustment is over these.
 *
 * @param chosen the metric whose letters are given
 * @throws {Unanswerable} when they have no metric in common, or fewer than two letters
 *
 * @example
 * ```ts
 * import { tinyProject } from "../tiny_project.ts";
 * import { compareRuns } from "./compare_runs.ts";
 * import { openResults } from "./open_results.ts";
 * import { equal } from "node:assert/strict";
 * const results = await openResults((await tinyProject(await Deno.makeTempDir())).results);
 * const run = (model: string) => ({ experiment: "model_comparison", condition: { model } });
 * const { letters } = await compareRuns(results, run("encoder"), run("trigram"), "rougeL");
 * equal(letters.length, 12);
 * await results.close();
 * ```
 */
export async function compareRuns(
  results: OpenResults,
  a: Run,
  b: Run,
  chosen: string | undefined,
): Promise<RunComparison> {
  const [left, right] = [await results.data(a.experiment), await results.data(b.experiment)];
  checkNames(left, { factors: Object.keys(a.condition) });
  checkNames(right, { factors: Object.keys(b.condition) });
  const metrics = left.metrics.filter(({ name }) => right.metrics.some((other) => other.name === name));
  const names = metrics.map(({ name }) => name);
  const values = [
    await valuesOf(left, a.condition, names),
    await valuesOf(right, b.condition, names),
  ] as const;
  const family = metrics.flatMap((metric) => {
    const letters = pairedLetters(values[0].get(metric.name), values[1].get(metric.name));
    return letters.length < 2 ? [] : [{ metric, letters }];
  });
  const [first] = family;
  if (!first) {
    throw new Unanswerable(
      "these runs have no metric on two letters in common. Choose runs on the same letters.",
    );
  }
  const focus = family.find(({ metric }) => metric.name === chosen) ?? first;
  const n = focus.letters.length;
  const many = n > MOST_RESAMPLED;
  const tests = pairedTests(
    family.map(({ metric, letters }) => ({
      name: metric.name,
      a: letters.map((letter) => letter.a),
      b: letters.map((letter) => letter.b),
    })),
    many && family.every(({ letters }) => letters.length === n)
      ? { permutations: FEW_RESAMPLES, plan: resamplePlan(n, { resamples: FEW_RESAMPLES }) }
      : {},
  );
  const all = new Set([...values].flatMap((of) => [...of.get(focus.metric.name)?.keys() ?? []]));
  return {
    metric: focus.metric,
    letters: focus.letters,
    alone: all.size - n,
    table: {
      caption:
        `A: ${nameOf(a)}. B: ${nameOf(b)}. Paired over letters: the mean difference A − B with its 95% ` +
        "bootstrap interval, effect size, and the p-value of the permutation test, adjusted by Holm over the rows." +
        (many ? ` ${FEW_RESAMPLES} resamples.` : ""),
      columns: [
        { name: "metric", kind: "text" },
        { name: "letters", kind: "integer" },
        { name: "a", title: "A", kind: "number" },
        { name: "b", title: "B", kind: "number" },
        { name: "difference", title: "A − B", kind: "interval", digits: 4 },
        { name: "cohen_dz", title: "Cohen's d_z", kind: "number", digits: 2 },
        { name: "p_holm", title: "p (Holm)", kind: "number", digits: 4 },
      ],
      rows: tests.map((test, i) => {
        const { metric, letters } = family[i]!; // a test a member of the family
        return {
          metric: metric.title,
          letters: letters.length,
          a: mean(letters.map((letter) => letter.a)),
          b: mean(letters.map((letter) => letter.b)),
          difference: estimate(test.difference),
          cohen_dz: Number.isFinite(test.cohenDz) ? test.cohenDz : null,
          p_holm: test.adjustedP,
        };
      }),
    },
  };
}

/** A run in words. */
export function nameOf({ experiment, condition }: Run): string {
  const levels = Object.entries(condition).map(([factor, level]) => `${factor} ${level}`);
  return `${experiment}${levels.length === 0 ? "" : `, ${levels.join(", ")}`}`;
}

async function valuesOf(data: ExperimentData, condition: Condition, metrics: readonly string[]) {
  const [values] = await letterValues(data, [condition], metrics, {});
  return values ?? new Map<string, Map<string, number>>();
}

function pairedLetters(
  a: ReadonlyMap<string, number> = new Map(),
  b: ReadonlyMap<string, number> = new Map(),
): PairedLetter[] {
  return [...a].flatMap(([letter, value]) => {
    const other = b.get(letter);
    return other === undefined ? [] : [{ letter, a: value, b: other }];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
