/** Tables as Markdown. @module */

import { type CellText, readerTable } from "./cell_text.ts";
import type { Table } from "./table.ts";

/**
 * A table as GitHub-flavoured Markdown: numbers flush right, intervals in brackets, the best of a column bold, the
 * caption above.
 *
 * @example
 * ```ts
 * import { toMarkdown } from "./markdown.ts";
 * import { equal } from "node:assert/strict";
 * const columns = [{ name: "model", kind: "text" as const }, { name: "f1", kind: "interval" as const, best: "highest" as const }];
 * const rows = [{ model: "a|b", f1: { value: 0.81, low: 0.789, high: 0.83 } }];
 * equal(toMarkdown({ columns, rows }), "| model | f1 |\n|:--|--:|\n| a\\|b | **0.81** [0.79, 0.83] |\n");
 * ```
 */
export function toMarkdown(table: Table): string {
  const { heads, rows } = readerTable(table);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return [
    table.caption === undefined ? "" : `${escape(table.caption)}\n\n`,
    line(heads.map(({ title }) => escape(title))),
    `|${heads.map(({ numeric }) => numeric ? "--:" : ":--").join("|")}|\n`,
    ...rows.map((cells) => line(cells.map(cell))),
    ...(table.notes ?? []).map((note) => `\n${escape(note)}\n`),
  ].join("");
}

function cell({ value, interval, sd, mark = "", best }: CellText): string {
  const shown = (best ? `**${escape(value)}**` : escape(value)) + escape(mark);
  return interval ? `${shown} [${interval.join(", ")}]` : sd === undefined ? shown : `${shown} ± ${sd}`;
}

/** What would end a cell or begin markup; `_` only does outside of words. */
function escape(text: string): string {
  return text.replace(/[\\|*`<]|\b_|_\b/g, (match) => match.replace(/[\\|*`<_]/, "\\$&")).replace(
    /\s*\n\s*/g,
    " ",
  );
}
