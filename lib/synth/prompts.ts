/** What sampled letters begin with. @module */

import { checkWhole } from "../check_whole.ts";
import { z } from "zod";
import { readJsonLines } from "../corpus/json_lines.ts";
import { lettersOf, type LettersOptions } from "../corpus/letters.ts";
import { readText } from "../corpus/text_stream.ts";

/** The beginning of a letter. */
export interface Prompt {
  /** Unique; a sample's id is this, a hyphen and its number. */
  readonly id: string;
  readonly text: string;
}

const shape = '{"id","prompt"} or {"id","text"}';
const line = z.looseObject({
  id: z.string().min(1),
  prompt: z.string().exactOptional(),
  text: z.string().exactOptional(),
});

/**
 * Reads prompts: lines `{"id","prompt"}` of a `.jsonl` file as they are; the lines of a `.txt` file as they are, named by their
 * numbers; or letters in any format, of which the first words are taken, three of them as in Vakili et al. 2025.
 *
 * @param words how many of a letter's; a word is what stands between blanks. Default 3.
 * @throws {Error} naming file and line, where there is no prompt, one is empty, a letter has fewer words, or two have one id
 *
 * @example
 * ```ts
 * import { readPrompts } from "./prompts.ts";
 * import { deepEqual } from "node:assert/strict";
 * const file = `${await Deno.makeTempDir()}/letters.jsonl`;
 * await Deno.writeTextFile(file, '{"id":"a","text":"Seen in\\nclinic today."}\n');
 * deepEqual(await readPrompts(file), [{ id: "a", text: "Seen in\nclinic" }]);
 * ```
 */
export async function readPrompts(
  path: string,
  { words = 3, ...reading }: LettersOptions & { readonly words?: number } = {},
): Promise<Prompt[]> {
  checkWhole("words", words);
  const prompts = await promptsAt(path, words, reading);
  const seen = new Set<string>();
  for (const { id, text } of prompts) {
    if (text.trim() === "") throw new Error(`${path}: prompt ${id} is empty. Give it a word, or remove it.`);
    if (seen.has(id)) throw new Error(`${path}: two prompts have the id ${id}. Rename one.`);
    seen.add(id);
  }
  if (prompts.length === 0) throw new Error(`${path}: no prompt. Give at least one.`);
  return prompts;
}

async function promptsAt(path: string, words: number, reading: LettersOptions): Promise<Prompt[]> {
  if (reading.format === undefined && path.endsWith(".txt") && (await Deno.stat(path)).isFile) {
    const lines = (await readText(path, reading)).split(/\r?\n/);
    return lines.flatMap((text, i) => text.trim() === "" ? [] : [{ id: `${i + 1}`, text }]);
  }
  if (reading.format === undefined && path.endsWith(".jsonl")) {
    return (await readJsonLines(path, line, shape, reading)).map(({ value: { id, prompt, text }, at }) => {
      if (prompt !== undefined) return { id, text: prompt };
      if (text === undefined) throw new Error(`${at}: neither prompt nor text. Lines are ${shape}.`);
      return { id, text: firstWords(text, words, `${at}: letter ${id}`) };
    });
  }
  const prompts: Prompt[] = [];
  for await (const { id, text } of lettersOf(path, reading)) {
    prompts.push({ id, text: firstWords(text, words, `${path}: letter ${id}`) });
  }
  return prompts;
}

/** The first words of a text, with the blanks between them; throws where it has fewer, naming the place. */
export function firstWords(text: string, count: number, where: string): string {
  const found = text.matchAll(/\S+/g).take(count).toArray();
  const last = found.at(-1);
  if (!last || found.length < count) {
    throw new Error(
      `${where} has ${found.length} words, ${count} are asked for. Leave it out, or ask for fewer.`,
    );
  }
  return text.slice(found[0]?.index ?? 0, last.index + last[0].length);
}
