/** Tables as danfojs frames, for readers to hold and look at. @module */

import type { DataFrame } from "danfojs";
import { type Displayable, jupyterDisplay } from "./display.ts";
import { checkTable, flatColumns, type Table } from "./table.ts";
import { tableHtml } from "./table_html.ts";

/**
 * A table as a danfojs frame that a notebook shows as the table: select and look as you like. Intervals are three
 * columns, as in CSV. No number of this project is computed by the frame, whose arithmetic is single precision and
 * silently wrong where values are missing.
 *
 * @throws {Error} when the table is not sound, see {@linkcode checkTable}
 *
 * @example
 * ```ts
 * import { toFrame } from "./frame.ts";
 * import { deepEqual } from "node:assert/strict";
 * const frame = await toFrame({ columns: [{ name: "f1", kind: "number" }], rows: [{ f1: 0.5 }] });
 * deepEqual(frame.shape, [1, 1]);
 * ```
 */
export async function toFrame(table: Table): Promise<DataFrame & Displayable> {
  const columns = flatColumns(checkTable(table));
  const { DataFrame } = await import("danfojs"); // takes most of a second and 160 MB: only where it is asked for
  const frame = new DataFrame(Object.fromEntries(columns.map(({ name, values }) => [name, [...values]])));
  return Object.assign(frame, {
    [jupyterDisplay]: () => ({
      "text/html": tableHtml(table),
      "text/plain": `frame of ${table.rows.length} rows: ${columns.map(({ name }) => name).join(", ")}`,
    }),
  });
}
