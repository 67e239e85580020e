/** The texts that a language model is trained on. @module */

import { decode } from "../../decode.ts";
import { readVerified } from "../read_verified.ts";
import { readVerifiedLetters } from "./brat_folder.ts";
import { csvColumn } from "./csv_column.ts";
import { iobTexts } from "./iob.ts";
import type { TextSource } from "./source.ts";
import { wikitextArticles } from "./wikitext.ts";

/**
 * Reads the texts of a source, in the file's order. Weights are the trainer's business: a text comes once.
 *
 * @param corpora the folder that `source.file` is relative to
 * @throws Error in one line, with the file and where the corpus is publicly had, where the file is missing or is not the one
 * that `source.sha256` names; with file and line where it is malformed
 *
 * @example
 * ```ts
 * import { readTexts } from "./read_texts.ts";
 * import { rejects } from "node:assert/strict";
 * const what = { corpus: "none", licence: "none", from: "https://example.org" };
 * const source = { kind: "wikitext", file: "none.txt", sha256: "0".repeat(64), weight: 1, ...what } as const;
 * await rejects(readTexts(source, "/corpora"), /none\.txt: missing\. Get it from https:\/\/example\.org/);
 * ```
 */
export async function readTexts(source: TextSource, corpora: string): Promise<string[]> {
  const path = `${corpora}/${source.file}`;
  if (source.kind === "brat") return (await readVerifiedLetters(path, source)).map(({ text }) => text);
  const content = decode(await readVerified(path, source), path);
  switch (source.kind) {
    case "wikitext":
      return wikitextArticles(content);
    case "csv":
      return csvColumn(content, path, source.column);
    case "iob":
      return iobTexts(content, path, source.sentences);
  }
}
