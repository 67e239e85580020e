/** Pieces of a letter that fit a model's window. @module */
import { type Range, sentences } from "./sentences.ts";
import { words } from "./words.ts";

/** How long a chunk may and must be. */
export interface ChunkOptions {
  /** The most tokens of a chunk, special tokens of the model not included. */
  readonly budget: number;
  /** Tokens of a stretch of the text; `start` is where it stands. */
  readonly count: (stretch: string, start: number) => number;
  /** End a chunk as soon as it holds this many lines. Left out: as many whole sentences as fit. */
  readonly minLines?: number;
}

/**
 * Cuts a text into consecutive chunks of whole sentences within the budget, without the blanks around them; together they hold every
 * visible character once. A sentence longer than the budget is cut between words into parts as long as fit.
 *
 * With `minLines` this is how Synthetic4Health (arXiv 2409.09501) cuts letters: a chunk has at least so many lines where the budget
 * allows, and no more sentences than that takes.
 *
 * @throws Error when the budget or `minLines` is no positive whole number, or a single word is over the budget.
 *
 * @example
 * ```ts
 * import { chunks } from "./chunks.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "No fever. No cough. Home today.";
 * const count = (stretch: string) => stretch.split(" ").length;
 * deepEqual(
 *   chunks(text, { budget: 4, count }).map(({ start, end }) => text.slice(start, end)),
 *   ["No fever. No cough.", "Home today."],
 * );
 * ```
 */
export function chunks(text: string, { budget, count, minLines }: ChunkOptions): Range[] {
  for (const [name, value] of Object.entries({ budget, minLines: minLines ?? 1 })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Error(`${name} = ${value}: choose a whole number of 1 or more.`);
    }
  }
  const fits = (start: number, end: number) => count(text.slice(start, end), start) <= budget;
  const units = sentences(text).flatMap((sentence) =>
    fits(sentence.start, sentence.end) ? [sentence] : splitAtWords(text, sentence, fits)
  );
  const found: Range[] = [];
  let chunk: Range | undefined;
  for (const unit of units) {
    const full = chunk !== undefined && minLines !== undefined && linesOf(text, chunk, unit) >= minLines;
    if (chunk !== undefined && !full && fits(chunk.start, unit.end)) {
      chunk = { start: chunk.start, end: unit.end };
    } else {
      if (chunk) found.push(chunk);
      chunk = unit;
    }
  }
  if (chunk) found.push(chunk);
  return found;
}

/** Lines that hold something, of a chunk that the next unit would start a new line after; an unfinished line does not count. */
function linesOf(text: string, chunk: Range, next: Range): number {
  const between = text.slice(chunk.end, next.start);
  if (!/[\n\r]/.test(between)) return 0;
  return text.slice(chunk.start, chunk.end).split(/[\n\r]+/).filter((line) => line.trim() !== "").length;
}

function splitAtWords(text: string, sentence: Range, fits: (start: number, end: number) => boolean): Range[] {
  const parts: Range[] = [];
  let part: Range | undefined;
  for (const word of words(text.slice(sentence.start, sentence.end))) {
    const [start, end] = [sentence.start + word.start, sentence.start + word.end];
    if (part && fits(part.start, end)) {
      part = { start: part.start, end };
      continue;
    }
    if (!fits(start, end)) {
      throw new Error(`the word at [${start}, ${end}) alone is over the budget of tokens. Raise the budget.`);
    }
    if (part) parts.push(part);
    part = { start, end };
  }
  if (part) parts.push(part);
  return parts;
}
