/** An annotated letter as labelled words. @module */

import type { Letter } from "../../corpus/letter.ts";
import { sentences } from "../../text/sentences.ts";
import { words } from "../../text/words.ts";
import type { LabelledWords } from "../labelled_pieces.ts";

/**
 * The sentences of a letter, word by word: `B-LABEL` at the first word that a span touches, `I-LABEL` at its others, `O`
 * elsewhere. Where spans overlap, a word has the label of the one that begins first.
 *
 * @param file for error messages
 *
 * @example
 * ```ts
 * import { labelledLetter } from "./labelled_letter.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "No fever. On acetyl salicylic acid.", spans: [{ start: 13, end: 34, label: "DRUG" }], meta: {} };
 * deepEqual(labelledLetter(letter, "a.txt").map(({ labels }) => labels), [
 *   ["O", "O", "O"],
 *   ["O", "B-DRUG", "I-DRUG", "I-DRUG", "O"],
 * ]);
 * ```
 */
export function labelledLetter({ text, spans }: Letter, file: string): LabelledWords[] {
  const begun = new Set<Letter["spans"][number]>();
  const labelOf = (start: number, end: number): string => {
    const span = spans.find((span) => span.start < end && start < span.end);
    if (!span) return "O";
    const mark = begun.has(span) ? "I" : "B";
    begun.add(span);
    return `${mark}-${span.label}`;
  };
  return sentences(text).flatMap((sentence) => {
    const found = words(text.slice(sentence.start, sentence.end));
    if (found.length === 0) return [];
    return [{
      words: found.map(({ text }) => text),
      labels: found.map(({ start, end }) => labelOf(sentence.start + start, sentence.start + end)),
      at: `${file}, character ${sentence.start}`,
    }];
  });
}
