/** Paired differences to one level of a factor. @module */

import { pairedTests } from "../../metrics/stats/paired_tests.ts";
import { intervals } from "../../report/figures/intervals.ts";
import { estimate, type Row } from "../../report/table.ts";
import { checkNames } from "./condition_query.ts";
import { type DrawnFigure, type FigureMark, more, MOST_ROWS, nothing } from "./drawn_figure.ts";
import type { FigureOf } from "./figure_query.ts";
import { letterValues } from "./letter_values.ts";
import type { ExperimentData } from "./open_results.ts";

/** A panel a metric, a row a level; the dashed line is no difference. */
export async function forestFigure(data: ExperimentData, query: FigureOf<"forest">): Promise<DrawnFigure> {
  const { factor, baseline, where, metrics } = query;
  checkNames(data, { factors: [factor], metrics });
  const all = data.factors.find(({ name }) => name === factor)?.levels ?? [];
  const meant = all.filter((level) => level !== baseline && (where[factor]?.includes(level) ?? true));
  const levels = meant.slice(0, MOST_ROWS);
  const { [factor]: _, ...others } = where;
  const values = await letterValues(
    data,
    [baseline, ...levels].map((level) => ({ [factor]: level })),
    metrics,
    others,
  );
  const family = data.metrics.filter(({ name }) => metrics.includes(name)).flatMap((metric) => {
    const base = values[0]?.get(metric.name) ?? new Map<string, number>();
    return levels.flatMap((level, i) => {
      const pairs = [...values[i + 1]?.get(metric.name) ?? []].flatMap(([letter, value]) => {
        const against = base.get(letter);
        return against === undefined ? [] : [[value, against] as const];
      });
      return pairs.length < 2 ? [] : [{
        ...{ metric, level, name: `${metric.title}, ${level}` },
        a: pairs.map(([a]) => a),
        b: pairs.map(([, b]) => b),
      }];
    });
  });
  nothing(family.length);
  const tests = pairedTests(family);
  const marks = levels.map((level): FigureMark => ({
    label: String(level),
    experiment: data.id,
    condition: { [factor]: level },
    lines: [
      `${factor} ${level} − ${baseline}`,
      ...tests.flatMap((test, i) =>
        family[i]?.level === level ? [`${family[i].metric.title}: p ${pText(test.adjustedP)} (Holm)`] : []
      ),
    ],
  }));
  const rows = tests.map(({ difference }, i) => {
    const { metric, level } = family[i]!; // a test a member of the family
    return { metric: metric.title, label: String(level), ...estimate(difference) };
  });
  return {
    spec: intervals(rows, {
      digits: 3,
      reference: Object.fromEntries(rows.map(({ metric }) => [metric, 0])),
    }),
    marks,
    notes: more(meant.length, levels.length, "levels"),
    data: {
      caption:
        `${data.id}: paired difference to ${factor} ${baseline}, mean over letters with its 95% bootstrap interval; ` +
        "p of the permutation test, adjusted by Holm over the table.",
      columns: [
        { name: "metric", kind: "text" },
        { name: factor, kind: "text" },
        { name: "letters", kind: "integer" },
        { name: "difference", kind: "interval", digits: 4 },
        { name: "p_holm", title: "p (Holm)", kind: "number", digits: 4 },
      ],
      rows: tests.map(({ difference, adjustedP }, i): Row => ({
        metric: family[i]?.metric.title ?? null,
        [factor]: String(family[i]?.level),
        letters: difference.n,
        difference: estimate(difference),
        p_holm: adjustedP,
      })),
    },
  };
}

function pText(p: number): string {
  return p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`;
}
