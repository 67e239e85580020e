/** Notebook files: nbformat 4.5, read, checked and written. @module */

import { z } from "zod";
import { writeFile } from "../write_file.ts";

/** The specification allows any text to be one string or a list of its lines; inside it is always one string. */
const text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(""))]);

/** Mime type → content. JSON types hold any value, all others text. */
const bundle = z.record(z.string(), z.json()).transform((data) => {
  const join = ([mime, value]: [string, z.core.util.JSONType]): [string, z.core.util.JSONType] => {
    const lines = mime.endsWith("json") ? undefined : z.array(z.string()).safeParse(value).data;
    return [mime, lines === undefined ? value : lines.join("")];
  };
  return Object.fromEntries(Object.entries(data).map(join));
});

const metadata = z.record(z.string(), z.json());

const output = z.discriminatedUnion("output_type", [
  z.object({ output_type: z.literal("stream"), name: z.enum(["stdout", "stderr"]), text }),
  z.object({ output_type: z.literal("display_data"), data: bundle, metadata }),
  z.object({
    output_type: z.literal("execute_result"),
    execution_count: z.number().nullable(),
    data: bundle,
    metadata,
  }),
  z.object({
    output_type: z.literal("error"),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);

const cellMetadata = z.looseObject({ tags: z.array(z.string()).optional() });
const shared = {
  id: z.string().regex(/^[\w-]{1,64}$/, "a cell id is 1 to 64 letters, digits, - and _").default(""),
  metadata: cellMetadata,
  source: text,
};
const attachments = z.record(z.string(), bundle).optional();

const cell = z.discriminatedUnion("cell_type", [
  z.object({
    cell_type: z.literal("code"),
    ...shared,
    execution_count: z.number().nullable().default(null),
    outputs: z.array(output).default([]),
  }),
  z.object({ cell_type: z.literal("markdown"), ...shared, attachments }),
  z.object({ cell_type: z.literal("raw"), ...shared, attachments }),
]);

const notebook = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.number(),
  metadata: z.looseObject({
    kernelspec: z.looseObject({ name: z.string() }).optional(),
    title: z.string().optional(),
  }),
  cells: z.array(cell),
});

/** A notebook in memory: as in the file, but every text is one string and every cell has an id. */
export type Notebook = z.output<typeof notebook>;
/** A cell of a notebook: code, markdown or raw. */
export type Cell = Notebook["cells"][number];
/** A cell that is run. */
export type CodeCell = Extract<Cell, { cell_type: "code" }>;
/** What a cell put out: a stretch of a stream, a display, its value, or an error. */
export type Output = CodeCell["outputs"][number];
/** Mime type → content of one display. */
export type MimeBundle = z.output<typeof bundle>;

/**
 * Reads a notebook from the text of its file. Cells without an id get `cell-1`, `cell-2`, … by position.
 *
 * @param json the file's text, nbformat 4.0 to 4.5
 * @param name what to call the file in an error
 * @throws {Error} when it is no such notebook, naming the place in it, or when two cells have the same id
 *
 * @example
 * ```ts
 * import { parseNotebook } from "./notebook.ts";
 * import { equal } from "node:assert/strict";
 * const json = `{"nbformat": 4, "nbformat_minor": 4, "metadata": {},
 *   "cells": [{"cell_type": "code", "metadata": {}, "source": ["1 +", " 1"], "outputs": [], "execution_count": null}]}`;
 * equal(parseNotebook(json, "sum.ipynb").cells[0]?.source, "1 + 1");
 * ```
 */
export function parseNotebook(json: string, name: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`${name}: not a notebook: ${error instanceof Error ? error.message : error}.`);
  }
  const { data, error } = notebook.safeParse(value);
  if (!data) {
    const issue = error.issues[0];
    throw new Error(`${name}: not a notebook of nbformat 4: ${issue?.path.join(".")}: ${issue?.message}.`);
  }
  const seen = new Set<string>();
  for (const [index, cell] of data.cells.entries()) {
    if (cell.id === "") cell.id = `cell-${index + 1}`;
    if (seen.has(cell.id)) {
      throw new Error(`${name}: cell ${index + 1} has the id "${cell.id}" of an earlier cell. Change it.`);
    }
    seen.add(cell.id);
  }
  return data;
}

/**
 * Reads a notebook file, as {@linkcode parseNotebook} does.
 *
 * @throws {Error} when the file can't be read or is no notebook
 *
 * @example
 * ```ts
 * import { readNotebook, writeNotebook } from "./notebook.ts";
 * import { deepEqual } from "node:assert/strict";
 * const path = `${await Deno.makeTempDir()}/empty.ipynb`;
 * await writeNotebook(path, { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });
 * deepEqual((await readNotebook(path)).cells, []);
 * ```
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let json: string;
  try {
    json = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new Error(`${path}: no such notebook.`);
    throw error;
  }
  return parseNotebook(json, path);
}

/**
 * The text of a notebook file: nbformat 4.5 with sorted keys, one space of indent and texts as lists of lines,
 * as Jupyter itself writes it, so that the same notebook is always the same bytes.
 *
 * @example
 * ```ts
 * import { formatNotebook, parseNotebook } from "./notebook.ts";
 * import { deepEqual } from "node:assert/strict";
 * const empty = { nbformat: 4 as const, nbformat_minor: 5, metadata: {}, cells: [] };
 * deepEqual(parseNotebook(formatNotebook(empty), "empty.ipynb"), empty);
 * ```
 */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: lines(cell.source),
    ...(cell.cell_type === "code" ? { outputs: cell.outputs.map(fileOutput) } : {}),
  }));
  return JSON.stringify(sorted({ ...notebook, nbformat_minor: 5, cells }), null, 1) + "\n";
}

/**
 * Writes a notebook file whole or not at all, in the form of {@linkcode formatNotebook}.
 *
 * @throws {Error} one line with the file and the remedy, when it can't be written
 *
 * @example
 * ```ts
 * import { writeNotebook } from "./notebook.ts";
 * const path = `${await Deno.makeTempDir()}/empty.ipynb`;
 * await writeNotebook(path, { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });
 * ```
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeFile(path, formatNotebook(notebook));
}

function fileOutput(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type === "error") return output;
  const entry = (
    [mime, value]: [string, unknown],
  ) => [mime, typeof value === "string" && !mime.endsWith("json") ? lines(value) : value];
  return { ...output, data: Object.fromEntries(Object.entries(output.data).map(entry)) };
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]),
  );
}
