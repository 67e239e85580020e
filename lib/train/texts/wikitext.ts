/** WikiText (Merity et al. 2016) as running text. @module */

import { detokenize } from "./detokenize.ts";

/** Paragraphs with a larger share of unknown words are left out: little of their sense is left to learn from. */
const MAX_UNKNOWN = 0.2;

/**
 * The articles of a WikiText file, a text each: a paragraph or heading (`= T =` → `T`) a line, with the tokenisation undone.
 * `<unk>`, which stands for rare words, becomes the tokenizer's own `[UNK]`; a trainer must not ask for it.
 *
 * @example
 * ```ts
 * import { wikitextArticles } from "./wikitext.ts";
 * import { deepEqual } from "node:assert/strict";
 * const file = " = Tea = \n \n Tea is a hot ( or <unk> @-@ cold ) drink . \n \n = = Use = = \n = Milk = \n";
 * deepEqual(wikitextArticles(file), ["Tea\nTea is a hot (or [UNK]-cold) drink.\nUse", "Milk"]);
 * ```
 */
export function wikitextArticles(file: string): string[] {
  const articles: string[][] = [];
  for (const line of file.split("\n")) {
    const tokens = line.trim().replaceAll(". . .", "...").replaceAll("<unk>", "[UNK]").split(/\s+/);
    const level = headingLevel(tokens);
    const content = level > 0 ? tokens.slice(level, -level) : tokens;
    if (content.join("") === "") continue;
    if (level === 1 || articles.length === 0) articles.push([]);
    const unknown = content.filter((token) => token === "[UNK]").length;
    const tooMany = level === 0 && unknown > MAX_UNKNOWN * content.length;
    if (!tooMany) articles.at(-1)?.push(detokenize(content, "wikitext"));
  }
  return articles.map((lines) => lines.join("\n"));
}

/** How many `=` stand on either side of a heading; 0 for a paragraph. */
function headingLevel(tokens: readonly string[]): number {
  let level = 0;
  while (tokens[level] === "=" && tokens.at(-1 - level) === "=" && 2 * level + 1 < tokens.length) level++;
  return level;
}
