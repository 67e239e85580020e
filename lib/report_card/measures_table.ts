/** The measures of a section as an HTML table that phones can hold. @module */

import { escapeHtml } from "../escape_html.ts";
import type { Measure, Reading } from "./card.ts";
import { readings } from "./tables.ts";

const WHICH: Readonly<Record<Measure["better"], string>> = {
  higher: "higher is better",
  lower: "lower is better",
  real: "as real is best",
};

/** What stands before a number that is as good as real, and what it means. */
const AS_REAL = "≈";

/** Said once, at the head of the page. */
export const AS_REAL_NOTE =
  `${AS_REAL} marks a number whose interval holds that of the real holdout; of few letters, intervals are wide.`;

/**
 * A row a measure, a column a corpus: the number, and below it its interval; where there is none, a dash, of which the reason is told when
 * pointed at. A number whose interval holds the real holdout's is marked.
 *
 * @example
 * ```ts
 * import { measuresTable } from "./measures_table.ts";
 * import { match } from "node:assert/strict";
 * const reading = (corpus: string) => ({ corpus, value: 0.5, low: 0.4, high: 0.6, n: 9 });
 * const measure = {
 *   name: "m",
 *   title: "M",
 *   better: "lower" as const,
 *   signature: "m|v1",
 *   real: reading("real holdout"),
 *   synthetic: [reading("a")],
 * };
 * match(measuresTable("T", [measure]), /≈ 0\.500<span class="ends">0\.400 to 0\.600<\/span>/);
 * ```
 */
export function measuresTable(caption: string, measures: readonly Measure[]): string {
  const [first] = measures;
  if (first === undefined) return "";
  const heads = readings(first).map(({ corpus }) =>
    `<th scope="col" class="number">${escapeHtml(corpus)}</th>`
  );
  const rows = measures.map((measure) => {
    const cells = readings(measure).map((reading, i) => cell(reading, i > 0 ? measure.real.value : null));
    return `<tr><th scope="row">${escapeHtml(measure.title)}<span class="ends">${
      WHICH[measure.better]
    }</span></th>${cells.join("")}</tr>`;
  });
  return `<table class="measures"><caption>${
    escapeHtml(`${caption}, with 95% intervals. ${AS_REAL_NOTE}`)
  }</caption>` +
    `<thead><tr><th scope="col">measure</th>${heads.join("")}</tr></thead><tbody>${
      rows.join("\n")
    }</tbody></table>`;
}

function cell({ value, low, high, reason }: Reading, real: number | null): string {
  if (value === null || low === null || high === null) {
    return `<td class="number"><abbr title="${escapeHtml(reason ?? "there is no value")}">–</abbr></td>`;
  }
  const digits = digitsOf(Math.max(Math.abs(low), Math.abs(high)));
  const text = (number: number) => number.toFixed(digits).replace(/^-(?=[0.]*$)/, "").replace("-", "−");
  const asReal = real !== null && low <= real && real <= high ? `${AS_REAL} ` : "";
  return `<td class="number">${asReal}${text(value)}<span class="ends">${text(low)} to ${
    text(high)
  }</span></td>`;
}

/** So many that about three of the figures count. */
function digitsOf(size: number): number {
  return size >= 100 ? 0 : size >= 10 ? 1 : 3;
}
