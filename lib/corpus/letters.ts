/** Reading a corpus, whatever it is stored as. @module */
import type { ReadOptions } from "./format.ts";
import { formatAt, formatNamed, trimmed } from "./formats.ts";
import type { Letter } from "./letter.ts";
import { sifted, type SiftOptions } from "./sift.ts";
import { byId, type Draft } from "./validate.ts";

/** What is at a path, and how to read it. */
export interface LettersOptions extends ReadOptions, SiftOptions {
  /** The format's name; left out, it is found by the path's name and the folder's files. */
  readonly format?: string;
}

/**
 * Reads the letters at a path, sorted by id: those of {@linkcode lettersOf}, all in memory.
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
export async function letters(path: string, options: LettersOptions = {}): Promise<Letter[]> {
  return (await Array.fromAsync(lettersOf(path, options))).sort(byId);
}

/**
 * Reads the letters at a path one by one, in the order of the file or of the files' names, in constant memory: JSON Lines, CSV, i2b2 and
 * MEDDOCAN XML, SNOMED-challenge CSV pairs, IOB, text, or BRAT (with a `folds.json` beside the letters, `meta.fold` and
 * `meta.specialty` are set from it); each file may be packed (`.gz`). Offsets become UTF-16 code units.
 *
 * @throws Error, one line with file, line and remedy, at the first letter in which something is wrong; with `onBad`, such letters
 * are told and left out.
 *
 * @example
 * ```ts
 * import { lettersOf } from "./letters.ts";
 * import { deepEqual } from "node:assert/strict";
 * const file = await Deno.makeTempFile({ suffix: ".tsv" });
 * await Deno.writeTextFile(file, "On\tO\naspirin\tB-DRUG\n\n");
 * for await (const { text, spans } of lettersOf(file, { format: "iob" })) {
 *   deepEqual([text, spans], ["On aspirin", [{ start: 3, end: 10, label: "DRUG" }]]);
 * }
 * await Deno.remove(file);
 * ```
 */
export async function* lettersOf(path: string, options: LettersOptions = {}): AsyncGenerator<Letter> {
  yield* sifted(await draftsAt(path, options), options);
}

/** The drafts at a path. */
export async function draftsAt(path: string, options: LettersOptions = {}): Promise<AsyncIterable<Draft>> {
  const format = options.format === undefined ? await formatAt(path, options) : formatNamed(options.format);
  return format.read(trimmed(path), options);
}
