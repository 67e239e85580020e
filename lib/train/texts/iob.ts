/** Annotated sentences, a token a line, as running text. @module */

import { detokenize } from "./detokenize.ts";
import { labelledLines } from "./labelled_lines.ts";

/**
 * The texts of a two-column file (token, tab, label; a blank line after each sentence), in documents of `sentences` consecutive
 * sentences. The labels are not read. The files do not mark where an abstract ends, so a document may span two.
 *
 * A sentence that the corpus broke inside a decimal (`… was 6 .` / `7 % of …`) is put together again.
 *
 * @param file the path, for error messages
 * @throws Error naming the line where there is no tab between token and label
 *
 * @example
 * ```ts
 * import { iobTexts } from "./iob.ts";
 * import { deepEqual } from "node:assert/strict";
 * const lines = "She\tO\nhad\tO\n0\tO\n.\tO\n\n5\tO\nmg\tO\n.\tO\n\nThen\tO\n.\tO\n";
 * deepEqual(iobTexts(lines, "a.tsv", 2), ["She had 0.5 mg. Then."]);
 * ```
 */
export function iobTexts(content: string, file: string, sentences = 8): string[] {
  const texts: string[] = [];
  const all = joinDecimals(labelledLines(content, file).map(({ words }) => words)).map((tokens) =>
    detokenize(mend(tokens), "split-punctuation")
  );
  for (let i = 0; i < all.length; i += sentences) texts.push(all.slice(i, i + sentences).join(" "));
  return texts;
}

function joinDecimals(sentences: readonly (readonly string[])[]): string[][] {
  const joined: string[][] = [];
  for (const tokens of sentences) {
    const last = joined.at(-1);
    const broken = last && last.at(-1) === "." && /^\d+$/.test(last.at(-2) ?? "") &&
      /^\d+$/.test(tokens[0] ?? "");
    if (broken) last.push(...tokens);
    else joined.push([...tokens]);
  }
  return joined;
}

/** Arrows and dashes of several characters in one token again; an abstract's end is marked by a second full stop. */
function mend(tokens: readonly string[]): string[] {
  return tokens.join(" ").replaceAll("- - >", "-->").replaceAll("- >", "->").replace(/ \.( \.)+$/, " .")
    .split(" ");
}
