/** In which order corpora come out of a report card, measure by measure. @module */

import type { Row, Table } from "../report/table.ts";
import type { Measure, Reading, ReportCard } from "./card.ts";
import { BETTER } from "./tables.ts";

/**
 * The places of the corpora by each measure: 1 for the highest, the lowest, or the nearest to the real holdout, as the measure says is
 * better; corpora of one value share a place, and those without one have none. There is no place over all measures.
 *
 * @example
 * ```ts
 * import { orderTable } from "./order.ts";
 * import { deepEqual } from "node:assert/strict";
 * const reading = (corpus: string, value: number) => ({ corpus, value, low: value, high: value, n: 9 });
 * const synthetic = [reading("a", 0.9), reading("b", 0.4), reading("c", 0.6)];
 * const measure = { name: "m", title: "M", better: "real" as const, signature: "m|v1", real: reading("real holdout", 0.5), synthetic };
 * const sections = [{ name: "s", title: "S", about: "", measures: [measure], listings: [], leftOut: [] }];
 * const { rows } = orderTable({ sections });
 * deepEqual(rows, [{ section: "s", measure: "M", better: "as real", order: "b = c, a", a: 3, b: 1, c: 1 }]);
 * ```
 */
export function orderTable({ sections }: Pick<ReportCard, "sections">): Table {
  const measures = sections.flatMap(({ name, measures }) =>
    measures.map((measure) => ({ section: name, measure }))
  );
  const corpora = [
    ...new Set(measures.flatMap(({ measure }) => measure.synthetic.map(({ corpus }) => corpus))),
  ];
  return {
    caption:
      "Places of the corpora by each measure, 1 being best as the measure says. There is no place over all of them.",
    columns: [
      { name: "section", kind: "text" },
      { name: "measure", kind: "text" },
      { name: "better", kind: "text" },
      { name: "order", kind: "text" },
      ...corpora.map((name) => ({ name, kind: "integer" as const })),
    ],
    rows: measures.map(({ section, measure }): Row => {
      const places = placesOf(measure);
      const groups = Map.groupBy(places.keys(), (corpus) => places.get(corpus) ?? 0);
      return {
        section,
        measure: measure.title,
        better: BETTER[measure.better],
        order: [...groups].sort(([a], [b]) => a - b).map(([, names]) => names.join(" = ")).join(", "),
        ...Object.fromEntries(corpora.map((corpus) => [corpus, places.get(corpus) ?? null])),
      };
    }),
  };
}

/** Differences below this are rounding. */
const SAME = 1e-12;

function placesOf({ better, real, synthetic }: Measure): Map<string, number> {
  const away = ({ value }: Reading): number => {
    if (value === null || (better === "real" && real.value === null)) return NaN;
    return better === "real" ? Math.abs(value - (real.value ?? NaN)) : better === "higher" ? -value : value;
  };
  const found = synthetic.map((reading) => ({ corpus: reading.corpus, away: away(reading) }))
    .filter(({ away }) => !Number.isNaN(away));
  return new Map(
    found.map(({ corpus, away }) => [corpus, 1 + found.filter((other) => other.away < away - SAME).length]),
  );
}
