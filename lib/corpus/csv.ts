/** CSV: one letter a row, in columns that have names. @module */
import { z } from "zod";
import { namedRows } from "./columns.ts";
import { csvLine } from "./csv_rows.ts";
import type { Encoder, Format, ReadOptions, WriteOptions } from "./format.ts";
import type { Letter } from "./letter.ts";
import { offsetsIn } from "./offsets.ts";
import type { Draft } from "./validate.ts";

const ownColumns = ["id", "text", "spans", "meta"] as const;
const stretch = { start: z.int(), end: z.int() };
const spansSchema = z.array(z.strictObject({
  ...stretch,
  label: z.string(),
  fragments: z.array(z.strictObject(stretch)).min(2).exactOptional(),
}));
const metaSchema = z.record(z.string(), z.string());

/**
 * Letters in rows: a column of ids, one of texts; `spans` (JSON, as in JSON Lines) and `meta` (a JSON object) if there are such
 * columns. Every other column is `meta` under its name, where it is not empty.
 */
export const csv: Format = {
  name: "csv",
  what: "a .csv file with columns id and text, or others that are named",
  endings: [".csv"],
  folder: false,
  read: readDrafts,
  encoder: (options) => new CsvEncoder(options),
};

async function* readDrafts(file: string, options: ReadOptions): AsyncGenerator<Draft> {
  const { idColumn = "id", textColumn = "text" } = options;
  const hint = "Name the columns (options idColumn and textColumn; --id-column, --text-column).";
  let any = false;
  for await (const { line, fields, problem } of namedRows(file, [idColumn, textColumn], hint, options)) {
    any = true;
    const at = `${file}:${line}`;
    const draft = { id: fields.get(idColumn) ?? "", text: fields.get(textColumn) ?? "", at };
    const bad = (message: string): Draft => ({
      ...draft,
      meta: {},
      annotations: [],
      problems: [{ at, message }],
    });
    if (problem !== undefined) {
      yield bad(problem);
      continue;
    }
    const spans = parsed(fields.get("spans"), spansSchema);
    const others = parsed(fields.get("meta"), metaSchema);
    if (spans === "bad" || others === "bad") {
      const [column, shape] = spans === "bad"
        ? ["spans", '[{"start","end","label"}]']
        : ["meta", '{"name":"text"}'];
      yield bad(`column ${column}: not of the shape ${shape}. Mend it, or rename the column.`);
      continue;
    }
    const { toUnits } = offsetsIn(draft.text, options.offsets ?? "utf16");
    const move = <T extends { start: number; end: number }>(one: T) => (
      { ...one, start: toUnits(one.start), end: toUnits(one.end) }
    );
    const named = [...fields].filter(([name, value]) =>
      value !== "" && name !== idColumn && name !== textColumn && name !== "spans" && name !== "meta"
    );
    yield {
      ...draft,
      meta: { ...Object.fromEntries(named), ...others },
      annotations: (spans ?? []).map(({ fragments, ...span }) => (
        { ...move(span), ...fragments && { fragments: fragments.map(move) }, at }
      )),
    };
  }
  if (!any) throw new Error(`${file}: no row after the header. Name a file with letters.`);
}

/** The value of a cell; undefined of an empty one. */
function parsed<T>(cell: string | undefined, schema: z.ZodType<T>): T | undefined | "bad" {
  if (cell === undefined || cell === "") return undefined;
  try {
    return schema.parse(JSON.parse(cell));
  } catch { // the reader says where, and quotes nothing
    return "bad";
  }
}

/** The first letter's `meta` decides the columns; what does not fit into them goes into `meta`. */
class CsvEncoder implements Encoder {
  readonly #options: WriteOptions;
  #columns: readonly string[] | undefined;

  constructor(options: WriteOptions) {
    this.#options = options;
  }

  get state(): string {
    return JSON.stringify(this.#columns ?? null);
  }

  set state(value: string) {
    this.#columns = z.array(z.string()).nullable().parse(JSON.parse(value)) ?? undefined;
  }

  encode({ id, text, spans, meta }: Letter) {
    const { fromUnits } = offsetsIn(text, this.#options.offsets ?? "utf16");
    const move = <T extends { start: number; end: number }>(one: T) => (
      { ...one, start: fromUnits(one.start), end: fromUnits(one.end) }
    );
    const moved = spans.map((span) => (
      { ...move(span), ...span.fragments && { fragments: span.fragments.map(move) } }
    ));
    const first = this.#columns === undefined;
    const columns = this.#columns ??= Object.keys(meta).filter((name) =>
      !ownColumns.some((own) => own === name)
    );
    const rest = Object.entries(meta).filter(([name, value]) => value === "" || !columns.includes(name));
    const cells = columns.map((name) => (Object.hasOwn(meta, name) ? meta[name] : undefined) ?? "");
    const json = (value: unknown, empty: boolean) => empty ? "" : JSON.stringify(value);
    const row = csvLine([
      id,
      text,
      json(moved, moved.length === 0),
      ...cells,
      json(Object.fromEntries(rest), rest.length === 0),
    ]);
    const header = first ? csvLine(["id", "text", "spans", ...columns, "meta"]) : "";
    return [{ file: "", text: header + row }];
  }
}
