/** Sections of a letter: a title and what stands under it. @module */

import { type Range, sentences } from "./sentences.ts";

/** A section, with its offsets in UTF-16 code units. */
export interface Section {
  /** The title with its colon, where it has one; left out for what stands before the first title. */
  readonly title?: Range;
  /** From the first to the last visible character; empty, at the title's end, where nothing stands under it. */
  readonly body: Range;
}

/** A line of capitals without a final mark, of eight words at most: `PLAN`, `HISTORY OF PRESENT ILLNESS`. */
const capitals = /^[^\p{Ll}.?!,;:]*\p{Lu}[^\p{Ll}.?!,;:]*$/u;
/** What stands before a colon in a title: eight words at most, the first with a capital, without a number. */
const titled = /^(?:[-*•]\s*)?\p{Lu}[^\p{N}.?!,;:\n]*:(?=\s|$)/u;
const MOST_WORDS = 8;

/**
 * The sections of a letter in order; together they hold every visible character once.
 *
 * A title begins a line: up to eight words and a colon before a blank (`Plan:`, `Past medical history: asthma`), the first with a
 * capital, or a line of up to eight words in capitals alone.
 *
 * @example
 * ```ts
 * import { sections } from "./sections.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "Dear colleague\n\nPLAN\nHome today.\nAllergies: none";
 * const at = (range?: { start: number; end: number }) => range && text.slice(range.start, range.end);
 * deepEqual(
 *   sections(text).map(({ title, body }) => [at(title), at(body)]),
 *   [[undefined, "Dear colleague"], ["PLAN", "Home today."], ["Allergies:", "none"]],
 * );
 * ```
 */
export function sections(text: string): Section[] {
  const found: Section[] = [];
  const titles = titlesOf(text);
  const end = text.trimEnd().length;
  const first = bodyIn(text, 0, titles[0]?.start ?? end);
  if (first.start < first.end) found.push({ body: first });
  for (const [index, title] of titles.entries()) {
    found.push({ title, body: bodyIn(text, title.end, titles[index + 1]?.start ?? end) });
  }
  return found;
}

/** Titles stand at the start of a sentence that is the first of its line. */
function titlesOf(text: string): Range[] {
  const found: Range[] = [];
  for (const { start, end } of sentences(text)) {
    if (!beginsLine(text, start)) continue;
    const sentence = text.slice(start, end);
    const title = titled.exec(sentence)?.[0] ?? (capitals.test(sentence) ? sentence : undefined);
    if (title === undefined || title.split(/\s+/u).length > MOST_WORDS) continue;
    if (/^\p{L}$/u.test(title)) continue;
    found.push({ start, end: start + title.length });
  }
  return found;
}

function beginsLine(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && /[^\S\n\r\u2028\u2029]/u.test(text[at] ?? "")) at--;
  return at < 0 || /[\n\r\u2028\u2029]/u.test(text[at] ?? "");
}

function bodyIn(text: string, from: number, to: number): Range {
  const part = text.slice(from, to);
  const body = part.trim();
  if (body === "") return { start: from, end: from };
  const start = from + part.indexOf(body);
  return { start, end: start + body.length };
}
