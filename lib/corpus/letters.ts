/** Reading a corpus, whatever it is stored as. @module */
import { readFile } from "../read_file.ts";
import { readBrat } from "./brat.ts";
import { decode } from "../decode.ts";
import { withFolds } from "./folds_file.ts";
import { readJsonl } from "./jsonl.ts";
import type { Letter } from "./letter.ts";
import { listFiles } from "./list_files.ts";
import { readPlainText } from "./plain_text.ts";

/**
 * Reads the letters at a path, sorted by id: a `.jsonl` file, a `.txt` file, a folder with `.ann` files (BRAT; with a `folds.json`
 * beside them, `meta.fold` and `meta.specialty` are set from it), or a folder of `.txt` files.
 *
 * @throws Error when there is nothing at the path or nothing that is known, and whatever the reader in charge finds.
 *
 * @example
 * ```ts
 * import { letters } from "./letters.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.txt`, "On aspirin.");
 * equal((await letters(folder)).length, 1);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function letters(path: string, options: { encoding?: string } = {}): Promise<Letter[]> {
  if (!await isFolder(path)) {
    if (path.endsWith(".jsonl")) return await readJsonl(path, options);
    if (path.endsWith(".txt")) return await readPlainText(path, options);
    throw new Error(
      `${path}: no corpus by its name. Known are .jsonl, .txt, a folder of .txt and .ann (BRAT), a folder of .txt.`,
    );
  }
  const folder = path.replace(/\/+$/, "") || "/";
  const files = await listFiles(folder, [".ann", ".txt", "folds.json"]);
  if (!files.some((file) => file.endsWith(".ann"))) return await readPlainText(folder, options);
  const corpus = await readBrat(folder, options);
  if (!files.includes("folds.json")) return corpus;
  const file = `${folder}/folds.json`;
  return withFolds(corpus, decode(await readFile(file), file), file);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    const absent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
    if (!absent) throw error;
    throw new Error(`${path}: nothing there. Name a file or folder of letters.`);
  }
}
