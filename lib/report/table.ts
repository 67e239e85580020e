/** A table as plain data: what every writer of tables starts from. @module */

/** An estimate with its interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Stands behind the value, explained by a note of the table: `"*"` for a difference from the baseline. */
  readonly mark?: string;
}

/** A mean with the standard deviation of what it is a mean of. */
export interface Spread {
  readonly value: number;
  readonly sd: number;
  /** As that of an {@linkcode Interval}. */
  readonly mark?: string;
}

/**
 * A bootstrap estimate as a cell. The BCa interval of a very skewed sample need not hold the mean; here it is widened to it.
 *
 * @example
 * ```ts
 * import { estimate } from "./table.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(estimate({ mean: 0.5, low: 0.6, high: 0.7 }), { value: 0.5, low: 0.5, high: 0.7 });
 * ```
 */
export function estimate(
  { mean, low, high }: { readonly mean: number; readonly low: number; readonly high: number },
): Interval {
  return { value: mean, low: Math.min(low, mean), high: Math.max(high, mean) };
}

/** What a cell holds; `null` where there is nothing. */
export type TableValue = string | number | boolean | Interval | Spread | null;

/** A column of a table. */
export interface Column {
  /** The field of the rows, and the column's name in CSV and Parquet. */
  readonly name: string;
  /** The column's head for readers; the name by default. */
  readonly title?: string;
  /**
   * `interval` is one column to a reader, and three in CSV and Parquet: `name`, `name_low` and `name_high`; `spread` is
   * `name` and `name_sd`. Where cells have marks, they are a column `name_mark`.
   */
  readonly kind: "text" | "integer" | "number" | "interval" | "spread" | "boolean";
  /** Digits after the point for readers, 3 for numbers and 2 for intervals by default. CSV and Parquet round nothing. */
  readonly digits?: number;
  /** Numbers far below 1 as `3.4e-7`, with one digit after the point by default. */
  readonly scientific?: true;
  /** Which value is set in bold for readers. */
  readonly best?: "highest" | "lowest";
}

/** A row: column's name → value. A column that a row leaves out is `null` there. */
export type Row = Readonly<Record<string, TableValue>>;

/** A table. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What the table shows and how its numbers were computed. */
  readonly caption?: string;
  /** Stand below it: what marks mean, with what each metric was computed. */
  readonly notes?: readonly string[];
}

/** A column of flat values, as CSV and Parquet hold it. */
export interface FlatColumn {
  readonly name: string;
  readonly kind: Exclude<Column["kind"], "interval" | "spread">;
  readonly values: readonly (string | number | boolean | null)[];
}

/**
 * Checks a table once, so that no writer has to.
 *
 * @returns the same table
 * @throws {Error} one line naming column, row and value: when a name is used twice, a row has a field without a column,
 * a value is not of its column's kind or not finite, or an interval does not hold its value
 *
 * @example
 * ```ts
 * import { checkTable } from "./table.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => checkTable({ columns: [{ name: "f1", kind: "number" }], rows: [{ f1: "high" }] }), /row 1: f1 is "high", not a number/);
 * ```
 */
export function checkTable(table: Table): Table {
  const names = new Set<string>();
  for (const name of table.columns.flatMap((column) => flatNames(column, table.rows))) {
    if (names.has(name)) throw new Error(`table: two columns are named "${name}".`);
    names.add(name);
  }
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  for (const [index, row] of table.rows.entries()) {
    for (const [name, value] of Object.entries(row)) {
      const column = columns.get(name);
      if (!column) {
        throw new Error(
          `table row ${index + 1}: no column "${name}". There are: ${[...columns.keys()].join(", ")}.`,
        );
      }
      const wrong = value === null ? undefined : fault(column, value);
      if (wrong) {
        throw new Error(
          `table row ${index + 1}: ${name} is ${
            typeof value === "number" ? value : JSON.stringify(value)
          }, ${wrong}.`,
        );
      }
    }
  }
  return table;
}

/**
 * A table's columns as flat values, each interval as three.
 *
 * @example
 * ```ts
 * import { flatColumns } from "./table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const table = { columns: [{ name: "f1", kind: "interval" as const }], rows: [{ f1: { value: 0.8, low: 0.7, high: 0.9 } }] };
 * deepEqual(flatColumns(table).map(({ name, values }) => [name, values]), [["f1", [0.8]], ["f1_low", [0.7]], ["f1_high", [0.9]]]);
 * ```
 */
export function flatColumns({ columns, rows }: Table): FlatColumn[] {
  return columns.flatMap((column): FlatColumn[] => {
    const cells = rows.map((row) => row[column.name] ?? null);
    const { name, kind } = column;
    const values = cells.map((cell) => isEstimate(cell) ? cell.value : cell);
    if (kind !== "interval" && kind !== "spread") return [{ name, kind, values }];
    const marks = cells.map((cell) => isEstimate(cell) ? cell.mark ?? null : null);
    const parts = kind === "spread"
      ? [{ name: `${name}_sd`, values: cells.map((cell) => isSpread(cell) ? cell.sd : null) }]
      : [
        { name: `${name}_low`, values: cells.map((cell) => isInterval(cell) ? cell.low : null) },
        { name: `${name}_high`, values: cells.map((cell) => isInterval(cell) ? cell.high : null) },
      ];
    return [
      { name, kind: "number", values },
      ...parts.map((part) => ({ ...part, kind: "number" as const })),
      ...marks.some((mark) => mark !== null)
        ? [{ name: `${name}_mark`, kind: "text" as const, values: marks }]
        : [],
    ];
  });
}

/**
 * Whether a value is an estimate with its interval.
 *
 * @example
 * ```ts
 * import { isInterval } from "./table.ts";
 * import { ok } from "node:assert/strict";
 * ok(isInterval({ value: 1, low: 0, high: 2 }) && !isInterval(1));
 * ```
 */
export function isInterval(value: TableValue): value is Interval {
  return isEstimate(value) && "low" in value;
}

/**
 * Whether a value is a mean with its standard deviation.
 *
 * @example
 * ```ts
 * import { isSpread } from "./table.ts";
 * import { ok } from "node:assert/strict";
 * ok(isSpread({ value: 1, sd: 0.5 }) && !isSpread({ value: 1, low: 0, high: 2 }));
 * ```
 */
export function isSpread(value: TableValue): value is Spread {
  return isEstimate(value) && "sd" in value;
}

/**
 * Whether a value is a number with more to it.
 *
 * @example
 * ```ts
 * import { isEstimate } from "./table.ts";
 * import { ok } from "node:assert/strict";
 * ok(isEstimate({ value: 1, sd: 0.5 }) && !isEstimate(1));
 * ```
 */
export function isEstimate(value: TableValue): value is Interval | Spread {
  return typeof value === "object" && value !== null;
}

function flatNames({ name, kind }: Column, rows: readonly Row[]): string[] {
  if (kind !== "interval" && kind !== "spread") return [name];
  const marked = rows.some((row) => {
    const cell = row[name] ?? null;
    return isEstimate(cell) && cell.mark !== undefined;
  });
  const parts = kind === "spread" ? [`${name}_sd`] : [`${name}_low`, `${name}_high`];
  return [name, ...parts, ...marked ? [`${name}_mark`] : []];
}

function fault({ kind }: Column, value: Exclude<TableValue, null>): string | undefined {
  if (kind === "text") return typeof value === "string" ? undefined : "not a text";
  if (kind === "boolean") return typeof value === "boolean" ? undefined : "not true or false";
  if (kind === "interval") {
    if (!isInterval(value)) return "not an interval { value, low, high }";
    return value.low <= value.value && value.value <= value.high && Number.isFinite(value.high - value.low)
      ? undefined
      : "not an interval around its value";
  }
  if (kind === "spread") {
    return isSpread(value) && Number.isFinite(value.value) && value.sd >= 0 && value.sd < Infinity
      ? undefined
      : "not a mean with its deviation { value, sd }";
  }
  if (typeof value !== "number") return "not a number";
  if (!Number.isFinite(value)) return "not finite; leave the cell null where there is no number";
  return kind === "integer" && !Number.isSafeInteger(value) ? "not a whole number" : undefined;
}
