/** What the experiment on metrics says, in sentences. @module */

import type { DecidedClaim } from "../../experiment/claims.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { bootstrapInterval } from "../../metrics/stats/bootstrap_interval.ts";
import type { Agreement } from "./agreement.ts";
import { evenHarmlessEdit, gradedEdits, harmlessEdit, sharpEdits, similarityMetrics } from "./metrics.ts";
import type { MetricsResults } from "./metrics_results.ts";
import { meaningRates } from "./win_rates.ts";

/** A metric that loses less than this share of its range is blind to a change. */
const BLIND = 0.001;

/**
 * The results as Markdown: how far metrics agree, what they are blind to, what they notice, and the paper's claim with its parts. Every
 * number in it is computed from the results.
 *
 * @example
 * ```ts ignore
 * Deno.jupyter.md`${metricsAnswer(results)}`;
 * ```
 */
export function metricsAnswer(results: MetricsResults): string {
  const { claims: [whole, ...parts] } = results;
  if (!whole) throw new Error("metricsAnswer: no claim was decided.");
  const sentences = [
    agreement(results.agreements),
    ...blindness(results),
    ...noticed(results),
    ...rightOrder(results),
  ];
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
  return `${list(sentences)}\n\n${headOf(whole)}: it stands only where all of its parts do.\n\n${
    list(parts.map(inWords))
  }`;
}

function agreement(pairs: readonly Agreement[]): string {
  const similar = (metric: string) => similarityMetrics.some((known) => known === metric);
  const between = pairs.filter(({ a, b }) => similar(a) && similar(b));
  const isBert = ({ a, b }: Agreement) => a === "bertscore" || b === "bertscore";
  const range = (of: readonly Agreement[]) => {
    const values = of.map(({ correlation }) => correlation.value);
    return `${two(Math.min(...values))} to ${two(Math.max(...values))}`;
  };
  const widest = between.filter(isBert).toSorted((x, y) => x.correlation.value - y.correlation.value)[0];
  const interval = widest
    ? ` (lowest with ${metricNamed(widest.a === "bertscore" ? widest.b : widest.a).title}, [${
      two(widest.correlation.low)
    }, ${two(widest.correlation.high)}])`
    : "";
  return `Metrics of shared words put letters in much the same order as one another: Spearman's ρ is ${
    range(between.filter((pair) => !isBert(pair)))
  }. With BERTScore it is ${range(between.filter(isBert))}${interval}.`;
}

function blindness({ means }: MetricsResults): string[] {
  return gradedEdits.flatMap((edit) => {
    const most = Math.max(
      ...means.flatMap(({ condition }) => condition.edit === edit ? [Number(condition.percent)] : []),
    );
    const blind = similarityMetrics.filter((metric) => {
      const mean = means.find((one) =>
        one.metric === metric && one.condition.edit === edit && one.condition.percent === most
      );
      const [least, perfect] = metricNamed(metric).range;
      return mean !== undefined && perfect - mean.mean < BLIND * (perfect - Math.max(0, least));
    });
    return blind.length === 0 ? [] : [
      `With ${most}% of the places ${edit}, ${titles(blind)} ${blind.length === 1 ? "does" : "do"} not fall.`,
    ];
  });
}

function noticed({ comparisons }: MetricsResults): string[] {
  return [harmlessEdit, evenHarmlessEdit].flatMap((harmless) =>
    sharpEdits.map((edit) => {
      const tests = comparisons.filter(({ a, b, adjustedP }) =>
        a === edit && b === harmless && adjustedP < 0.05
      );
      const more = tests.filter(({ difference }) => difference.mean < 0).map(({ metric }) => metric);
      const less = tests.filter(({ difference }) => difference.mean > 0).map(({ metric }) => metric);
      const beside = harmless === harmlessEdit ? "a harmless word" : "a number in figures";
      const who = more.length === 0
        ? `costs more than ${beside} under no metric`
        : `costs more than ${beside} under ${titles(more)}`;
      const wrong = less.length === 0 ? "" : `, and less under ${titles(less)}`;
      return `A ${nounOf(edit)} ${who}${wrong} (p < 0.05, Holm-adjusted).`;
    })
  );
}

/** How often the harmless change is told from those of the meaning. */
function rightOrder({ outcome: { cells } }: MetricsResults): string[] {
  return [harmlessEdit, evenHarmlessEdit].map((harmless) => {
    const rates = ["rougeL", "meteor", "bertscore"].map((metric) => {
      const letters = meaningRates(cells, metric, sharpEdits, harmless).filter((rate) => !Number.isNaN(rate));
      const { mean, low, high } = bootstrapInterval(letters);
      return `${metricNamed(metric).title} in ${two(mean)} [${two(low)}, ${two(high)}]`;
    });
    const beside = harmless === harmlessEdit ? "a harmless word" : "a number in figures";
    return `Of pairs of a changed meaning and ${beside}, the first scores lower by ${
      rates.join(", by ")
    }; 0.50 is chance.`;
  });
}

function headOf({ says, source, verdict }: DecidedClaim): string {
  const from = source === undefined ? "" : ` (${source})`;
  return `“${says}”${from} **${verdict[0]?.toUpperCase()}${verdict.slice(1)}**`;
}

function inWords(claim: DecidedClaim): string {
  const { difference: { mean, low, high, level }, test, lettersToDecide } = claim;
  const more = lettersToDecide === undefined ? "" : ` About ${lettersToDecide} letters would decide it.`;
  return `${headOf(claim)}: the difference in the share of pairs in the right order is ${signed(mean)}, ${
    Number((100 * level).toFixed(2))
  }% interval [${signed(low)}, ${signed(high)}], claimed was ${test.replace("-", "−")}.${more}`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(3).replace("-", "−")}`;
}

function nounOf(edit: string): string {
  return edit.replace(/^(\S+) (\S+)$/, "$2 $1");
}

function titles(metrics: readonly string[]): string {
  const names = metrics.map((metric) => metricNamed(metric).title);
  const [last = "", ...rest] = names.toReversed();
  return rest.length === 0 ? last : `${rest.toReversed().join(", ")} and ${last}`;
}

function two(value: number): string {
  return value.toFixed(2).replace(/^-(?=[0.]*$)/, "").replace("-", "−");
}
