/** The word lists behind readability. `data/lexicons/README.md` says where each comes from. @module */

import { fileURLToPath } from "node:url";
import { readFile } from "../../read_file.ts";
import { Hyphenation } from "./hyphenation.ts";

/** The folder with the project's word lists. */
export const LEXICONS: string = fileURLToPath(new URL("../../../data/lexicons", import.meta.url));

const REMEDY = "It is part of the project: fetch it again, or name another folder";

/**
 * The hyphenation patterns of a language.
 *
 * @throws {Error} when the file is missing or damaged
 *
 * @example
 * ```ts
 * import { openHyphenation } from "./lexicons.ts";
 * import { equal } from "node:assert/strict";
 * equal((await openHyphenation("en-US")).points("medication"), 3);
 * ```
 */
export async function openHyphenation(
  language: "en-US" | "es",
  folder: string = LEXICONS,
): Promise<Hyphenation> {
  return new Hyphenation(await unpacked(`${folder}/hyphen-${language}.dic.gz`));
}

/**
 * By English word in small letters, the syllables of the first pronunciation that the CMU Pronouncing Dictionary has of it.
 *
 * @throws {Error} when the file is missing or damaged
 *
 * @example
 * ```ts
 * import { openSyllables } from "./lexicons.ts";
 * import { equal } from "node:assert/strict";
 * equal((await openSyllables()).get("medication"), 4);
 * ```
 */
export async function openSyllables(folder: string = LEXICONS): Promise<ReadonlyMap<string, number>> {
  const lines = (await unpacked(`${folder}/cmudict-syllables.gz`)).trimEnd().split("\n");
  const syllables = new Map<string, number>();
  lines.forEach((words, count) => words.split(" ").forEach((word) => word && syllables.set(word, count)));
  return syllables;
}

/**
 * The English words, in small letters, that nearly all pupils of the fourth grade know: Dale and Chall's list, as textstat
 * has it.
 *
 * @throws {Error} when the file is missing
 *
 * @example
 * ```ts
 * import { openEasyWords } from "./lexicons.ts";
 * import { equal } from "node:assert/strict";
 * equal((await openEasyWords()).has("afternoon"), true);
 * ```
 */
export async function openEasyWords(folder: string = LEXICONS): Promise<ReadonlySet<string>> {
  const bytes = await readFile(`${folder}/easy-words-en.txt`, REMEDY);
  return new Set(new TextDecoder().decode(bytes).trimEnd().split("\n"));
}

async function unpacked(path: string): Promise<string> {
  const packed = await readFile(path, REMEDY);
  try {
    return await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")))
      .text();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}: ${reason}. Fetch it again.`, { cause: error });
  }
}

/** What counting syllables and easy words of English or Spanish takes. */
export interface ReadabilityLexicons {
  readonly english: Hyphenation;
  readonly spanish: Hyphenation;
  readonly syllables: ReadonlyMap<string, number>;
  readonly easyWords: ReadonlySet<string>;
}

/**
 * All of them.
 *
 * @throws {Error} when a file is missing or damaged
 *
 * @example
 * ```ts
 * import { openReadabilityLexicons } from "./lexicons.ts";
 * import { equal } from "node:assert/strict";
 * equal((await openReadabilityLexicons()).spanish.points("medicamento"), 4);
 * ```
 */
export async function openReadabilityLexicons(folder: string = LEXICONS): Promise<ReadabilityLexicons> {
  const [english, spanish, syllables, easyWords] = await Promise.all([
    openHyphenation("en-US", folder),
    openHyphenation("es", folder),
    openSyllables(folder),
    openEasyWords(folder),
  ]);
  return { english, spanish, syllables, easyWords };
}
