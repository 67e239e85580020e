/** Tables as HTML, for notebooks. @module */

import { type CellText, readerTable } from "./cell_text.ts";
import { escapeHtml } from "../escape_html.ts";
import type { Table } from "./table.ts";

/**
 * A table as an HTML `<table>`: numbers of class `number`, the best of a column bold, the caption above.
 *
 * @example
 * ```ts
 * import { tableHtml } from "./table_html.ts";
 * import { match } from "node:assert/strict";
 * match(tableHtml({ columns: [{ name: "f1", kind: "number" }], rows: [{ f1: 0.5 }] }), /<td class="number">0\.500<\/td>/);
 * ```
 */
export function tableHtml(table: Table): string {
  const { heads, rows } = readerTable(table);
  const kind = (numeric: boolean | undefined) => numeric ? ' class="number"' : "";
  const caption = table.caption === undefined ? "" : `<caption>${escapeHtml(table.caption)}</caption>`;
  const head = heads.map(({ title, numeric }) => `<th${kind(numeric)}>${escapeHtml(title)}</th>`).join("");
  const body = rows.map((cells) =>
    `<tr>${
      cells.map((text, column) => `<td${kind(heads[column]?.numeric)}>${cell(text)}</td>`).join("")
    }</tr>`
  );
  const notes = (table.notes ?? []).map((note) => `<div>${escapeHtml(note)}</div>`).join("");
  const foot = notes === "" ? "" : `<tfoot><tr><td colspan="${heads.length}">${notes}</td></tr></tfoot>`;
  return `<table>${caption}<thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody>${foot}</table>`;
}

function cell({ value, interval, sd, mark, best }: CellText): string {
  const shown = (best ? `<b>${escapeHtml(value)}</b>` : escapeHtml(value)) +
    (mark === undefined ? "" : `<sup>${escapeHtml(mark)}</sup>`);
  return interval ? `${shown} [${interval.join(", ")}]` : sd === undefined ? shown : `${shown} ± ${sd}`;
}
