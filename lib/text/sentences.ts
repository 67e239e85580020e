/** Sentences of a clinical letter: prose, lists and headings. @module */
import { abbreviations } from "./abbreviations.ts";
import { blocks } from "./lines.ts";

/** A stretch of a text, `[start, end)` in UTF-16 code units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Sentence-final marks with the quotes and brackets that close after them, where a blank follows. */
const finalMarks = /[.?!…]+["'”’)\]]*(?=\s)/gu;

/**
 * The sentences of a text, without the blanks around them, in order; together they hold every visible character once.
 *
 * A line break ends a sentence (letters are lines as much as prose: headings, list items, values) unless it stands within one, as
 * in text that is wrapped at a margin; `lines.ts` says how that is told. Elsewhere a sentence ends at `.`, `?` or `!` before a blank,
 * unless what follows starts in lower case, or the full stop belongs to an abbreviation (`Dr.`, `approx.`), an initial (`J.`), an
 * abbreviation with inner stops (`p.r.n.`), `no.` before a number, or the number of a list item at the line's start.
 *
 * @example
 * ```ts
 * import { sentences } from "./sentences.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "Plan:\n1. Seen by Dr. Osei. Hb 9.8 today.";
 * deepEqual(
 *   sentences(text).map(({ start, end }) => text.slice(start, end)),
 *   ["Plan:", "1. Seen by Dr. Osei.", "Hb 9.8 today."],
 * );
 * ```
 */
export function sentences(text: string): Range[] {
  return blocks(text).flatMap((block) => sentencesOf(text, block));
}

/** The sentences of one of a text's blocks. */
export function sentencesOf(text: string, block: Range): Range[] {
  const found: Range[] = [];
  const stretch = text.slice(block.start, block.end);
  let from = 0;
  for (const { 0: marks, index } of stretch.matchAll(finalMarks)) {
    const end = index + marks.length;
    if (!endsSentence(stretch, index, marks, end)) continue;
    push(found, stretch, from, end, block.start);
    from = end;
  }
  push(found, stretch, from, stretch.length, block.start);
  return found;
}

function push(found: Range[], line: string, from: number, to: number, offset: number): void {
  const part = line.slice(from, to);
  const trimmed = part.trim();
  if (trimmed === "") return;
  const start = offset + from + part.indexOf(trimmed);
  found.push({ start, end: start + trimmed.length });
}

function endsSentence(line: string, index: number, marks: string, end: number): boolean {
  if (/^\s*[\p{Ll},;:]/u.test(line.slice(end, end + 40))) return false;
  if (!marks.startsWith(".") || marks.startsWith("..")) return true;
  const before = /\S*$/u.exec(line.slice(Math.max(0, index - 40), index))?.[0] ?? "";
  if (before === line.slice(0, index).trim() && /^\(?(\d{1,2}|\p{L})$/u.test(before)) return false; // "1." opens a list item
  const word = /[\p{L}.]*$/u.exec(before)?.[0] ?? "";
  if (/^\p{Lu}$/u.test(word) || /\p{L}\.\p{L}$/u.test(word)) return false; // "J.", "p.r.n."
  if (/^nos?$/i.test(word) && /^\s*\d/.test(line.slice(end))) return false; // "no. 12", but "Pain? No. Fever?"
  return !abbreviations.has(word.toLowerCase());
}
