/** An experiment's results in sentences. @module */

import type { DecidedClaim } from "../experiment/claims.ts";
import type { LevelComparison } from "../experiment/comparisons.ts";
import type { Mean } from "../experiment/means.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { Results } from "./results.ts";

/**
 * What the results say, as Markdown: for each of the metrics which level of the compared factor is best and whether it
 * differs from the next; then each claim with its verdict. Every number in it is computed from the results.
 *
 * @param metrics which metrics to speak of
 * @param except levels that do not compete
 * @throws {Error} when a metric was not computed for two levels
 *
 * @example
 * ```ts
 * import { answer } from "./answer.ts";
 * import { match } from "node:assert/strict";
 * const mean = (model: string, mean: number) => (
 *   { condition: { model }, metric: "rougeL", n: 9, mean, sd: 0.1, low: mean - 0.1, high: mean + 0.1 }
 * );
 * const difference = { n: 9, mean: -0.1, sd: 0.1, low: -0.2, high: -0.05, level: 0.95, resamples: 10, method: "bca" as const };
 * const pair = { name: "", metric: "rougeL", a: "a", b: "b", difference, p: 0.01, adjustedP: 0.02, permutations: 512,
 *   method: "exact" as const, cohenDz: -1, rankBiserial: -1 };
 * const results = { overall: [mean("a", 0.7), mean("b", 0.8)], comparisons: [pair], claims: [] };
 * match(answer(results, ["rougeL"]), /\*\*b\*\* is best in ROUGE-L: 0\.800 .*above a \(p = 0\.020/);
 * ```
 */
export function answer(
  { overall, comparisons, claims }: Pick<Results, "overall" | "comparisons" | "claims">,
  metrics: readonly string[],
  except: readonly string[] = [],
): string {
  const competing = overall.filter(({ condition }) => !except.includes(levelOf(condition)));
  const best = metrics.map((metric) => bestOf(metric, competing, comparisons));
  return [...best, ...claims.map(verdict)].map((sentence) => `- ${sentence}`).join("\n");
}

function bestOf(metric: string, means: readonly Mean[], comparisons: readonly LevelComparison[]): string {
  const { title, higherIsBetter } = metricNamed(metric);
  const sign = higherIsBetter ? 1 : -1;
  const [first, second] = means.filter((mean) => mean.metric === metric).sort((a, b) =>
    sign * (b.mean - a.mean)
  );
  if (!first || !second) {
    throw new Error(`${metric}: computed for fewer than two levels. Score more of them.`);
  }
  const [winner, next] = [levelOf(first.condition), levelOf(second.condition)];
  const test = comparisons.find(({ metric: of, a, b }) =>
    of === metric && [a, b].map(String).sort().join() === [winner, next].sort().join()
  );
  if (!test) throw new Error(`${metric}: ${winner} and ${next} were not compared.`);
  const p = test.adjustedP < 0.001 ? "p < 0.001" : `p = ${test.adjustedP.toFixed(3)}`;
  const gap = three(Math.abs(test.difference.mean));
  const where = higherIsBetter ? "above" : "below";
  const than = test.adjustedP < 0.05
    ? `${gap} ${where} ${next} (${p}, Holm-adjusted)`
    : `not told apart from ${next}, which is ${gap} away (${p}, Holm-adjusted)`;
  return `**${winner}** is best in ${title}: ${three(first.mean)} [${three(first.low)}, ${
    three(first.high)
  }], ${than}.`;
}

function verdict({ says, source, difference, test, verdict, metric, lettersToDecide }: DecidedClaim): string {
  const { mean, low, high, level } = difference;
  const confidence = Number((100 * level).toFixed(2));
  const from = source === undefined ? "" : ` (${source})`;
  const more = lettersToDecide === undefined ? "" : ` About ${lettersToDecide} letters would decide it.`;
  return `“${says}”${from} **${verdict[0]?.toUpperCase()}${verdict.slice(1)}:** the difference in ${
    metricNamed(metric).title
  } is ` +
    `${signed(mean)}, ${confidence}% interval [${signed(low)}, ${signed(high)}], claimed was ${test}.${more}`;
}

function levelOf(condition: Mean["condition"]): string {
  return String(Object.values(condition)[0]);
}

function three(value: number): string {
  return value.toFixed(3).replace("-", "−");
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(4).replace("-", "−")}`;
}
