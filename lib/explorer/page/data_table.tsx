/** @jsxImportSource preact */
/** A table as everywhere in the project, on the page. @module */

import type { ComponentChildren } from "preact";
import type { CellText } from "../../report/cell_text.ts";

/** A table as the server gives it. */
export interface ShownTable {
  readonly caption: string;
  readonly columns: readonly { readonly name: string; readonly title: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly CellText[])[];
}

interface TableProps {
  readonly table: ShownTable;
  /** What stands at the end of each row. */
  readonly actions?: (row: number) => ComponentChildren;
  readonly rowClass?: (row: number) => string | undefined;
  /** Columns whose heads sort, and how they do now. */
  readonly sort?: {
    readonly by: string | undefined;
    readonly descending: boolean;
    can(column: string): boolean;
    toggle(column: string): void;
  };
}

/** Numbers flush right, intervals in a soft colour behind them, the best of a column bold. */
export function DataTable({ table, actions, rowClass, sort }: TableProps) {
  return (
    <div class="scroll" role="region" aria-label={table.caption} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.columns.map(({ name, title, numeric }) => (
              <th
                key={name}
                scope="col"
                class={numeric ? "number" : undefined}
                aria-sort={sort?.by === name ? (sort.descending ? "descending" : "ascending") : undefined}
              >
                {sort?.can(name)
                  ? (
                    <button type="button" class="sort" onClick={() => sort.toggle(name)}>
                      {title}
                      <span aria-hidden="true">
                        {sort.by === name ? (sort.descending ? " ↓" : " ↑") : ""}
                      </span>
                    </button>
                  )
                  : title}
              </th>
            ))}
            {actions && <th scope="col" aria-label="actions" />}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, row) => (
            <tr key={row} class={rowClass?.(row)}>
              {cells.map((cell, i) => (
                <td key={i} class={table.columns[i]?.numeric ? "number" : undefined}>
                  <Cell cell={cell} />
                </td>
              ))}
              {actions && <td class="actions">{actions(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell: { value, interval, best } }: { readonly cell: CellText }) {
  const shown = value.replace(/^-/, "−");
  return (
    <>
      {best ? <strong>{shown}</strong> : shown}
      {interval && <span class="interval">{` [${interval.join(", ").replaceAll("-", "−")}]`}</span>}
    </>
  );
}
