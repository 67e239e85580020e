/** Tables as Parquet. @module */

import { parquetWriteBuffer } from "hyparquet-writer";
import { type FlatColumn, flatColumns, type Table } from "./table.ts";

const types = { text: "STRING", integer: "INT64", number: "DOUBLE", boolean: "BOOLEAN" } as const;

/**
 * A table as a Parquet file: texts, 64-bit integers, doubles and booleans, all of which may be null; the same columns
 * as {@linkcode toCsv}. The same table gives the same bytes.
 *
 * @example
 * ```ts
 * import { toParquet } from "./parquet.ts";
 * import { equal } from "node:assert/strict";
 * const bytes = toParquet({ columns: [{ name: "f1", kind: "number" }], rows: [{ f1: 0.5 }] });
 * equal(new TextDecoder().decode(bytes.subarray(0, 4)), "PAR1");
 * ```
 */
export function toParquet(table: Table): Uint8Array {
  const columnData = flatColumns(table).map(({ name, kind, values }) => ({
    name,
    type: types[kind],
    nullable: true,
    data: values.map((value) => stored(kind, value)),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function stored(kind: FlatColumn["kind"], value: string | number | boolean | null) {
  return kind === "integer" && typeof value === "number" ? BigInt(value) : value;
}
