/** Writing a corpus, in any format. @module */
import type { Format, WriteOptions } from "./format.ts";
import { stemOf } from "./format.ts";
import { formatByName, formatNamed, trimmed } from "./formats.ts";
import type { Letter } from "./letter.ts";
import { Output, type OutputPlace } from "./output.ts";

/** What is written, and how. */
export interface WriteLettersOptions extends WriteOptions {
  /** The format's name; left out, it is found by the path's ending, and is BRAT where there is none. */
  readonly format?: string;
  /** Whether a folder's files are packed, each with `.gz` behind its name. */
  readonly gzip?: boolean;
}

/**
 * Writes letters as they come to a file, or to a folder's files: whole or not at all. A file whose name ends with `.gz` is packed.
 *
 * @throws Error naming the letter when the format can't hold it, and the file when it can't be written
 *
 * @example
 * ```ts
 * import { letters } from "./letters.ts";
 * import { writeLetters } from "./write_letters.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const corpus = [{ id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} }];
 * await writeLetters(`${folder}/letters.csv.gz`, corpus);
 * deepEqual(await letters(`${folder}/letters.csv.gz`), corpus);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeLetters(
  path: string,
  letters: Iterable<Letter> | AsyncIterable<Letter>,
  options: WriteLettersOptions = {},
): Promise<void> {
  const format = outputFormat(path, options.format);
  const encoder = format.encoder(options, stemOf(path));
  const output = await Output.open(outputPlace(path, format, options));
  try {
    for await (const letter of letters) {
      for (const chunk of encoder.encode(letter)) await output.add(chunk);
    }
    for (const chunk of encoder.end?.() ?? []) await output.add(chunk);
    await output.finish();
  } catch (error) {
    await output.remove();
    throw error;
  }
}

/** The format to write at a path. */
export function outputFormat(path: string, name?: string): Format {
  if (name !== undefined) return formatNamed(name);
  const format = formatByName(path);
  return format && !format.folder ? format : formatNamed("brat");
}

/** The place of an output of that format. */
export function outputPlace(
  path: string,
  { folder }: Format,
  { gzip = false }: WriteLettersOptions,
): OutputPlace {
  return { path: trimmed(path), folder, gzip };
}
