/** Plain text files: a letter each, without spans. @module */
import { readFile } from "../read_file.ts";
import { decode } from "../decode.ts";
import type { Letter } from "./letter.ts";
import { listFiles } from "./list_files.ts";
import { type Draft, validate } from "./validate.ts";

/**
 * Reads one text file, or every `.txt` of a folder. A letter's id is its file's name without the extension.
 *
 * @throws Error when the folder holds no `.txt`, and whatever {@linkcode validate} and {@linkcode decode} find.
 *
 * @example
 * ```ts
 * import { readPlainText } from "./plain_text.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.txt`, "On aspirin.");
 * deepEqual(await readPlainText(folder), [{ id: "a", text: "On aspirin.", spans: [], meta: {} }]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function readPlainText(path: string, options: { encoding?: string } = {}): Promise<Letter[]> {
  const { isDirectory } = await Deno.stat(path);
  const files = isDirectory ? (await listFiles(path, [".txt"])).map((file) => `${path}/${file}`) : [path];
  if (files.length === 0) {
    throw new Error(`${path}: no .txt file in it. Name a folder of letters, or one letter's file.`);
  }
  const drafts = files.map(async (file): Promise<Draft> => {
    const id = file.slice(file.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
    return {
      id,
      text: decode(await readFile(file), file, options.encoding),
      meta: {},
      annotations: [],
      at: file,
    };
  });
  return validate(await Promise.all(drafts));
}
