/** What a rule that finds identifying data is. @module */

import type { Span } from "../../corpus/letter.ts";
import type { PhiKind } from "../labels.ts";

/** Something found, `[start, end)` in UTF-16 code units. */
export interface Found extends Span {
  readonly label: PhiKind;
}

/** Finds one sort of identifying data, in English and in Spanish. */
export interface PhiRule {
  readonly name: string;
  /** In any order; may overlap. */
  find(text: string): Found[];
}

/**
 * A pattern with the flag `g`; what its group `phi` holds, which must end the match, is of the kind; without the
 * group, all of it. Blanks around it and marks at its end are left out.
 */
export type KindPattern = readonly [PhiKind, RegExp];

/** A rule from patterns; with a gate as {@linkcode gated} has it. */
export function patternRule(name: string, patterns: readonly KindPattern[], gate?: RegExp): PhiRule {
  const find = (text: string) => patterns.flatMap(([label, pattern]) => matches(text, label, pattern));
  return gate === undefined ? { name, find } : gated(name, gate, find);
}

/**
 * A rule that looks only through lines that a pattern matches, and those that end in a colon: most lines hold nothing, and a look at
 * each is cheaper than many patterns.
 */
export function gated(name: string, gate: RegExp, find: (text: string) => Found[]): PhiRule {
  const passes = (line: string) => gate.test(line) || line.trimEnd().endsWith(":");
  return { name, find: (text) => foundOn(text, passes, find) };
}

/** What is found in lines that pass; those that follow each other are searched as one text. */
export function foundOn(
  text: string,
  passes: (line: string) => boolean,
  find: (text: string) => Found[],
): Found[] {
  return foundIn(text, stretchesOf(text, passes), find);
}

/**
 * What is found in lines that pass and those before and behind them, for patterns that reach over a line break; each stretch is searched as
 * a text of its own.
 */
export function foundAround(text: string, gate: RegExp, find: (text: string) => Found[]): Found[] {
  return foundIn(text, stretchesOf(text, (line) => gate.test(line), 1), find);
}

interface Stretch {
  readonly start: number;
  end: number;
}

function foundIn(text: string, stretches: readonly Stretch[], find: (text: string) => Found[]): Found[] {
  return stretches.flatMap(({ start, end }) =>
    find(text.slice(start, end)).map((one) => ({ ...one, start: one.start + start, end: one.end + start }))
  );
}

interface Line extends Stretch {
  readonly content: string;
}

let last: { readonly text: string; readonly lines: readonly Line[] } = { text: "", lines: [] };

/** The lines of a text with their line breaks. Every rule asks for those of one letter, one after the other. */
function linesOf(text: string): readonly Line[] {
  if (last.text === text) return last.lines;
  const lines: Line[] = [];
  for (let start = 0; start < text.length;) {
    const at = text.indexOf("\n", start);
    const end = at < 0 ? text.length : at + 1;
    lines.push({ start, end, content: text.slice(start, end) });
    start = end;
  }
  last = { text, lines };
  return lines;
}

/** Lines that pass, and so many around them; those that follow each other as one. */
function stretchesOf(text: string, passes: (line: string) => boolean, around = 0): Stretch[] {
  const found: Stretch[] = [];
  const lines = linesOf(text);
  for (const [i, { start, end, content }] of lines.entries()) {
    if (!passes(content)) continue;
    const from = lines[Math.max(0, i - around)]?.start ?? start;
    const to = lines[Math.min(lines.length - 1, i + around)]?.end ?? end;
    const before = found.at(-1);
    if (before && before.end >= from) before.end = to;
    else found.push({ start: from, end: to });
  }
  return found;
}

/** What a pattern finds. */
export function matches(text: string, label: PhiKind, pattern: RegExp): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(pattern)) {
    const whole = match.groups?.["phi"] ?? match[0];
    const kept = whole.trimStart().replace(/[\s.,;:–-]+$/u, "");
    const start = match.index + match[0].length - whole.trimStart().length;
    if (kept !== "") found.push({ start, end: start + kept.length, label });
  }
  return found;
}
