/** Labelled words, one a line. @module */

import type { LabelledWords } from "../labelled_pieces.ts";

/**
 * The sentences of a two-column file (word, tab, label; a blank line after each sentence), with their labels as they are.
 *
 * @param file the path, for error messages
 * @throws Error naming the line where there is no tab between word and label
 *
 * @example
 * ```ts
 * import { labelledLines } from "./labelled_lines.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(labelledLines("no\tO\nfever\tB-SIGN\n\nwell\tO\n", "a.tsv"), [
 *   { words: ["no", "fever"], labels: ["O", "B-SIGN"], at: "a.tsv:1" },
 *   { words: ["well"], labels: ["O"], at: "a.tsv:4" },
 * ]);
 * ```
 */
export function labelledLines(content: string, file: string): LabelledWords[] {
  const sentences: LabelledWords[] = [];
  let open: { words: string[]; labels: string[]; at: string } | undefined;
  for (const [i, line] of content.split(/\r?\n/).entries()) {
    if (line === "") {
      open = undefined;
      continue;
    }
    const [word, label] = line.split("\t");
    if (!word || !label) {
      throw new Error(`${file}:${i + 1}: no word, tab, label. Name a two-column TSV file.`);
    }
    if (!open) sentences.push(open = { words: [], labels: [], at: `${file}:${i + 1}` });
    open.words.push(word);
    open.labels.push(label);
  }
  return sentences;
}
