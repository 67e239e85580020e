/**
 * The files of the SNOMED CT Entity Linking Challenge: notes in a CSV file `note_id,text`, their annotations in another,
 * `note_id,start,end,concept_id`, with offsets in Unicode code points. Source: https://physionet.org/content/snomed-ct-entity-challenge/
 *
 * @module
 */
import { csvHeader, namedRows } from "./columns.ts";
import { csvLine } from "./csv_rows.ts";
import type { Chunk, Encoder, Format, ReadOptions, WriteOptions } from "./format.ts";
import type { Letter } from "./letter.ts";
import { listFiles } from "./list_files.ts";
import { offsetsIn } from "./offsets.ts";
import type { Draft, Problem } from "./validate.ts";

const noteColumns = ["note_id", "text"] as const;
const annotationColumns = ["note_id", "start", "end", "concept_id"] as const;
const hint = "The challenge's files have note_id,text and note_id,start,end,concept_id.";

/** Letters as the challenge keeps them; a span's label is its concept. */
export const snomed: Format = {
  name: "snomed",
  what: "a folder with notes (note_id,text) and annotations (note_id,start,end,concept_id) in .csv",
  endings: [],
  folder: true,
  read: readDrafts,
  encoder: (options) => new SnomedEncoder(options),
};

/** The two files that a path stands for: a folder that holds them, or the notes with the annotations beside. */
export async function snomedFiles(
  path: string,
  options: ReadOptions = {},
): Promise<{ readonly notes?: string; readonly annotations?: string }> {
  const isFolder = (await Deno.stat(path)).isDirectory;
  const folder = isFolder ? path : path.slice(0, path.lastIndexOf("/") + 1) || ".";
  const found: { notes?: string; annotations?: string } = {};
  const given = options.annotations === undefined ? {} : { annotations: options.annotations };
  if (!isFolder && options.annotations !== undefined) return { notes: path, ...given };
  for (const name of await listFiles(folder, [".csv", ".csv.gz"])) {
    const file = `${folder.replace(/\/+$/, "")}/${name}`;
    const columns = await csvHeader(file, options);
    const has = (names: readonly string[]) => names.every((one) => columns.includes(one));
    const kind = has(annotationColumns) ? "annotations" : has(noteColumns) ? "notes" : undefined;
    if (kind === undefined || (kind === "notes" && !isFolder)) continue;
    if (found[kind] !== undefined) {
      throw new Error(
        `${file}: ${kind}, as is ${found[kind]}. Name the notes, and the annotations with --annotations.`,
      );
    }
    found[kind] = file;
  }
  return { ...found, ...!isFolder && { notes: path }, ...given };
}

interface Row {
  readonly note: string;
  readonly start: number;
  readonly end: number;
  readonly concept: string;
  readonly line: number;
}

/** The rows of a file of annotations, or what is wrong with them. */
async function* annotationRows(file: string, options: ReadOptions): AsyncGenerator<Row | Problem> {
  for await (const { line, fields, problem } of namedRows(file, annotationColumns, hint, options)) {
    const [note = "", start = "", end = "", concept = ""] = annotationColumns.map((name) => fields.get(name));
    const wrong = problem ??
      (/^\d+$/.test(start) && /^\d+$/.test(end)
        ? undefined
        : `start "${start}" and end "${end}" must be whole numbers. Fix the offsets.`);
    if (wrong !== undefined) yield { at: `${file}:${line}`, message: wrong };
    else yield { note, start: Number(start), end: Number(end), concept, line };
  }
}

/**
 * Gives each note its annotations while the file is read: those of notes that come later are kept until then, so that a file in the order
 * of the notes takes no memory, and one in another order no more than it must.
 */
class Annotations {
  readonly #rows: AsyncGenerator<Row | Problem>;
  readonly #ahead = new Map<string, Row[]>();
  /** Of each note not taken yet: how many annotations it has, and the line of the first. */
  readonly #counts: Map<string, { count: number; readonly line: number }>;

  constructor(
    file: string,
    options: ReadOptions,
    counts: Map<string, { count: number; readonly line: number }>,
  ) {
    this.#rows = annotationRows(file, options);
    this.#counts = counts;
  }

  async take(note: string): Promise<readonly Row[]> {
    const count = this.#counts.get(note)?.count ?? 0;
    while (count > (this.#ahead.get(note)?.length ?? 0)) {
      const { value, done } = await this.#rows.next();
      if (done) break;
      if ("message" in value) continue;
      const rows = this.#ahead.get(value.note);
      if (rows) rows.push(value);
      else this.#ahead.set(value.note, [value]);
    }
    const rows = this.#ahead.get(note) ?? [];
    this.#ahead.delete(note);
    this.#counts.delete(note);
    return rows;
  }

  /** The notes that were never taken, with the line of their first annotation. */
  left(): [note: string, line: number][] {
    return [...this.#counts].map(([note, { line }]) => [note, line]);
  }
}

async function* readDrafts(path: string, options: ReadOptions): AsyncGenerator<Draft> {
  const { notes, annotations: file } = await snomedFiles(path, options);
  if (notes === undefined || file === undefined) {
    const [what, columns] = notes === undefined ? ["notes", noteColumns] : ["annotations", annotationColumns];
    throw new Error(
      `${path}: no .csv file of ${what} with the columns ${
        columns.join(",")
      }. Add it, or name another format.`,
    );
  }
  const counts = new Map<string, { count: number; readonly line: number }>();
  const bad: Problem[] = [];
  for await (const row of annotationRows(file, options)) {
    const known = "message" in row ? undefined : counts.get(row.note);
    if ("message" in row) bad.push(row);
    else if (known) known.count++;
    else counts.set(row.note, { count: 1, line: row.line });
  }
  const table = new Annotations(file, options, counts);
  const none = { id: "", text: "", meta: {}, annotations: [] };
  for (const problem of bad) yield { ...none, at: problem.at, problems: [problem] };
  let any = false;
  for await (const { line, fields, problem } of namedRows(notes, noteColumns, hint, options)) {
    any = true;
    const at = `${notes}:${line}`;
    if (problem !== undefined) {
      yield { ...none, at, problems: [{ at, message: problem }] };
      continue;
    }
    const [id = "", text = ""] = noteColumns.map((name) => fields.get(name));
    const meta = Object.fromEntries(
      [...fields].filter(([name, value]) => value !== "" && !noteColumns.some((own) => own === name)),
    );
    const { toUnits } = offsetsIn(text, options.offsets ?? "code-points");
    const annotations = (await table.take(id)).map(({ start, end, concept, line }) => (
      { start: toUnits(start), end: toUnits(end), label: concept, at: `${file}:${line}` }
    ));
    yield { id, text, meta, annotations, at };
  }
  for (const [note, line] of table.left()) {
    const at = `${file}:${line}`;
    const message = `annotates note "${note}", which is not in ${notes}. Add the note, or remove the line.`;
    yield { ...none, at, problems: [{ at, message }] };
  }
  if (!any) throw new Error(`${notes}: no row after the header. Name a file with letters.`);
}

/** Each file begins with its header. */
class SnomedEncoder implements Encoder {
  readonly #options: WriteOptions;
  state = "";

  constructor(options: WriteOptions) {
    this.#options = options;
  }

  encode({ id, text, spans }: Letter): Chunk[] {
    const { fromUnits } = offsetsIn(text, this.#options.offsets ?? "code-points");
    const rows = spans.map(({ start, end, label, fragments }) => {
      if (fragments) {
        throw new Error(
          `letter ${id}: span [${start}, ${end}) has several parts, which these columns can't hold. ` +
            "Split it (option discontinuous), or choose brat or jsonl.",
        );
      }
      return csvLine([id, String(fromUnits(start)), String(fromUnits(end)), label]);
    });
    const first = this.state === "";
    this.state = "begun";
    return [
      { file: "notes.csv", text: (first ? csvLine(noteColumns) : "") + csvLine([id, text]) },
      { file: "annotations.csv", text: (first ? csvLine(annotationColumns) : "") + rows.join("") },
    ];
  }
}
