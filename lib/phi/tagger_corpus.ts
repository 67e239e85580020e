/**
 * What the finders of identifying data are trained on and from, as files: `deno run -A lib/phi/tagger_corpus.ts FOLDER` writes the English texts and
 * the encoder to start from, `… FOLDER LETTERS NAME` a corpus of letters as `NAME.tsv`, and with `--start` an encoder whose pieces are learnt from them.
 *
 * @module
 */

import type { Letter } from "../corpus/letter.ts";
import { letters } from "../corpus/letters.ts";
import { wordTags } from "../ner/word_tags.ts";
import { project } from "../project.ts";
import { sha256Of } from "../checkpoint/hash_file.ts";
import { words } from "../text/words.ts";
import { writeFile } from "../write_file.ts";
import { writeTaggerStart } from "./tagger_start.ts";
import { phiTexts, type TextOptions } from "./texts/documents.ts";

/** How much is written; the recipe names the files by their content, so that a change here asks for a new recipe. */
const SIZES = {
  ...{ train: 90_000, dev: 1_500, vocabulary: 12_000 },
  start: { layers: 4, positions: 256, size: 12_500, texts: 3_200, capitalTexts: 1_500, capitals: 3_000 },
  /** In another language than the encoder's: its own words are of little use. */
  foreign: { layers: 4, positions: 256, size: 9_000, texts: 6_500, capitalTexts: 1_000, capitals: 200 },
};

/**
 * Letters as lines of a word, a tab and its tag, which recipes read.
 *
 * @example
 * ```ts
 * import { taggedLines } from "./tagger_corpus.ts";
 * import { equal } from "node:assert/strict";
 * const spans = [{ start: 4, end: 8, label: "CLINICIAN" }];
 * equal(taggedLines({ id: "a", text: "Dr. Osei", spans, meta: {} }), "Dr\tO\n.\tO\nOsei\tB-CLINICIAN\n\n");
 * ```
 */
export function taggedLines(letter: Letter): string {
  const found = words(letter.text);
  const tags = wordTags(letter, found);
  return found.map(({ text }, i) => `${text}\t${tags[i]}\n`).join("") + "\n";
}

/**
 * Writes `train.tsv`, `dev.tsv` and the encoder that training starts from, `start/`, cut from `encoder-clinical`.
 *
 * @return the hash of each, by name
 */
export async function writeTaggerCorpus(folder: string): Promise<Record<"train" | "dev" | "start", string>> {
  await Deno.mkdir(`${folder}/start`, { recursive: true });
  const tagged = async (path: string, count: number, options: TextOptions) => {
    const parts: string[] = [];
    for await (const letter of phiTexts(count, options)) parts.push(taggedLines(letter));
    await writeFile(path, parts.join(""));
    return await sha256Of(path);
  };
  const learnt = await Array.fromAsync(phiTexts(SIZES.vocabulary, { seed: 2, noise: false }));
  const spoilt = await Array.fromAsync(phiTexts(SIZES.vocabulary / 3, { seed: 3 }));
  await writeTaggerStart(
    `${project.models}/encoder-clinical`,
    [...learnt, ...spoilt],
    `${folder}/start`,
    SIZES.start,
  );
  return {
    train: await tagged(`${folder}/train.tsv`, SIZES.train, { seed: 1 }),
    dev: await tagged(`${folder}/dev.tsv`, SIZES.dev, { seed: 1, part: "dev" }),
    start: await sha256Of(`${folder}/start/model.safetensors`),
  };
}

/** Writes letters with gold spans, a letter a text, and gives the file's hash. */
export async function writeTaggedLetters(letters: readonly Letter[], path: string): Promise<string> {
  await writeFile(path, letters.map(taggedLines).join(""));
  return await sha256Of(path);
}

if (import.meta.main) {
  const [folder, from, name, start] = Deno.args;
  if (
    folder === undefined || (from === undefined) !== (name === undefined) ||
    ![undefined, "--start"].includes(start)
  ) {
    console.error("usage: deno run -A lib/phi/tagger_corpus.ts FOLDER [LETTERS NAME [--start]]");
    Deno.exit(2);
  }
  if (from === undefined) console.log(JSON.stringify(await writeTaggerCorpus(folder), undefined, 2));
  else {
    const some = await letters(from);
    console.log(`${name}.tsv ${await writeTaggedLetters(some, `${folder}/${name}.tsv`)}`);
    if (start !== undefined) {
      await writeTaggerStart(`${project.models}/encoder-clinical`, some, `${folder}/start`, SIZES.foreign);
      console.log(`start ${await sha256Of(`${folder}/start/model.safetensors`)}`);
    }
  }
}
