/** A table as plain data: what every writer of tables starts from. @module */

/** An estimate with its interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
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
export type TableValue = string | number | boolean | Interval | null;

/** A column of a table. */
export interface Column {
  /** The field of the rows, and the column's name in CSV and Parquet. */
  readonly name: string;
  /** The column's head for readers; the name by default. */
  readonly title?: string;
  /**
   * `interval` is one column to a reader, and three in CSV and Parquet: `name`, `name_low` and `name_high`.
   */
  readonly kind: "text" | "integer" | "number" | "interval" | "boolean";
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
}

/** A column of flat values, as CSV and Parquet hold it. */
export interface FlatColumn {
  readonly name: string;
  readonly kind: Exclude<Column["kind"], "interval">;
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
  for (const name of table.columns.flatMap(flatNames)) {
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
    const part = (part: keyof Interval) =>
      cells.map((cell) => isInterval(cell) ? cell[part] : isFlat(cell) ? cell : null);
    const { name, kind } = column;
    if (kind !== "interval") return [{ name, kind, values: part("value") }];
    return [
      { name, kind: "number", values: part("value") },
      { name: `${name}_low`, kind: "number", values: part("low") },
      { name: `${name}_high`, kind: "number", values: part("high") },
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
  return typeof value === "object" && value !== null;
}

function isFlat(value: TableValue): value is string | number | boolean {
  return value !== null && typeof value !== "object";
}

function flatNames({ name, kind }: Column): string[] {
  return kind === "interval" ? [name, `${name}_low`, `${name}_high`] : [name];
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
  if (typeof value !== "number") return "not a number";
  if (!Number.isFinite(value)) return "not finite; leave the cell null where there is no number";
  return kind === "integer" && !Number.isSafeInteger(value) ? "not a whole number" : undefined;
}
