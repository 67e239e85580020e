/** The notebooks that can be run by name. @module */

import { UsageError } from "./usage_error.ts";

/** A notebook of the project. */
export interface NotebookFile {
  /** Without number and extension: `model_comparison`. */
  readonly name: string;
  readonly path: string;
  /** The file's name without its extension. */
  readonly stem: string;
}

/**
 * The notebooks of a folder, in the order of their numbers; those of the given names, if any.
 *
 * @throws {UsageError} for a name that no notebook has, listing those there are
 *
 * @example
 * ```ts
 * import { notebooksOf } from "./notebooks.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * for (const file of ["02_b.ipynb", "01_a.ipynb", "notes.md"]) await Deno.writeTextFile(`${folder}/${file}`, "");
 * deepEqual((await notebooksOf(folder, [])).map(({ name }) => name), ["a", "b"]);
 * ```
 */
export async function notebooksOf(folder: string, names: readonly string[]): Promise<NotebookFile[]> {
  const all: NotebookFile[] = [];
  for await (const { name: file } of Deno.readDir(folder)) {
    const [, stem = "", name] = file.match(/^(\d+_(\w+))\.ipynb$/) ?? [];
    if (name !== undefined) all.push({ name, stem, path: `${folder}/${file}` });
  }
  all.sort((a, b) => a.stem < b.stem ? -1 : 1);
  const unknown = names.find((wanted) => !all.some(({ name, stem }) => wanted === name || wanted === stem));
  if (unknown !== undefined) {
    throw new UsageError(`no notebook "${unknown}". Known: ${all.map(({ name }) => name).join(", ")}.`);
  }
  return names.length === 0
    ? all
    : all.filter(({ name, stem }) => names.includes(name) || names.includes(stem));
}
