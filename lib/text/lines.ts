/** Lines of a letter, and which of them go on in the next. @module */

import type { Range } from "./sentences.ts";

const breaks = /\r\n|[\n\r\u2028\u2029]/g;
/** Longer lines than this are paragraphs: nobody wraps so late. */
const WIDEST = 120;
/** A line that is shorter than this was not wrapped for want of room. */
const NARROWEST = 40;

const listItem = /^\s*(?:[-–—*•·>#+]|\[[ xX]?\]|\(?(?:\d{1,3}|\p{L})[.)](?=\s))/u;
const heading = /^[^.!?]{1,60}:(?:\s|$)/u;
/** Ends a sentence, or says that a list or a value follows. */
const closed = /[.?!:;…]["'”’)\]]*\s*$/u;
const set = (words: string) => new Set(words.split(" "));
/** A line that ends in one of these has not said what it was about to say. */
const opening = set(
  "a an the of and or with his her their its for from to by el la los las un una de del con para y su sus al",
);
/** A line that begins with one of these goes on from the line before. */
const linking = set(
  "of in on at for with from to and or but nor as than that which who whose after before without during while " +
    "de del en con por para y que sin sobre entre desde hasta como",
);
/** A line that holds one of these is a clause rather than the name of a list. */
const clausal = set(
  "is are was were be been has have had he she they it we did does do will can could should would may might " +
    "es son era fue fueron ha han había se presenta presentaba refiere acude está",
);

/**
 * The stretches of a text that line breaks end: a line, or several where the break stands within a sentence, as in text wrapped at a
 * margin. A line goes on in the next one unless it ends in a final mark, colon or semicolon, or has no small letters, or the next is
 * blank, a list item or a heading; and then where
 * - its last word wants another (`of`, `and`, `con`), or the next line's first word, in lower case, goes on from one,
 * - it is a clause that starts with a capital and the next line starts in lower case, or
 * - the text is wrapped, and the next line's first word had no room on it.
 */
export function blocks(text: string): Range[] {
  const lines = linesOf(text);
  const width = wrappedAt(lines.map(({ start, end }) => text.slice(start, end).trimEnd()));
  const found: Range[] = [];
  let [start, end] = [0, -1];
  for (const line of lines) {
    const inside = end >= 0 && goesOn(text.slice(start, end), text.slice(line.start, line.end), width);
    if (end >= 0 && !inside) found.push({ start, end });
    if (!inside) start = line.start;
    end = line.end;
  }
  if (end >= 0) found.push({ start, end });
  return found;
}

/** The width at which a text is wrapped: that of its longest line, where most lines that have another below had no room for more. */
function wrappedAt(lines: readonly string[]): number {
  const widest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  if (widest > WIDEST || widest < NARROWEST) return Infinity;
  let [full, pairs] = [0, 0];
  for (const [index, line] of lines.entries()) {
    const below = lines[index + 1];
    if (line === "" || below === undefined || below === "") continue;
    pairs++;
    if (hasNoRoom(line, below, widest)) full++;
  }
  return full >= 2 && full > pairs / 2 ? widest : Infinity;
}

function hasNoRoom(line: string, below: string, width: number): boolean {
  return line.length >= NARROWEST && line.length + 1 + firstWord(below).length > width;
}

function firstWord(line: string): string {
  return /^\s*(\S+)/u.exec(line)?.[1] ?? "";
}

function linesOf(text: string): Range[] {
  const found: Range[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(breaks)) {
    found.push({ start, end: index });
    start = index + mark.length;
  }
  found.push({ start, end: text.length });
  return found;
}

function goesOn(above: string, below: string, width: number): boolean {
  const last = above.slice(Math.max(above.lastIndexOf("\n"), above.lastIndexOf("\r")) + 1).trimEnd();
  if (closed.test(last) || !/\p{Ll}/u.test(last) || below.trim() === "") return false;
  if (listItem.test(below) || heading.test(below)) return false;
  if (opening.has(/\p{L}+$/u.exec(last)?.[0] ?? "")) return true;
  const next = /^\s*(\p{Ll}+)/u.exec(below)?.[1]; // in lower case, that is
  if (next !== undefined && (linking.has(next) || isClause(above))) return true;
  return hasNoRoom(last, below, width);
}

function isClause(line: string): boolean {
  return /^\s*\p{Lu}/u.test(line) && !line.includes(":") &&
    Array.from(line.matchAll(/\p{L}+/gu)).some(([word]) => clausal.has(word.toLowerCase()));
}
