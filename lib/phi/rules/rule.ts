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
  return {
    name,
    find: (text) =>
      stretchesOf(text, gate).flatMap(({ start, end }) =>
        find(text.slice(start, end)).map((one) => ({
          ...one,
          start: one.start + start,
          end: one.end + start,
        }))
      ),
  };
}

/** Lines that pass the gate, with their line breaks; those that follow each other as one. */
function stretchesOf(text: string, gate: RegExp): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length;) {
    const line = text.indexOf("\n", start);
    const end = line < 0 ? text.length : line + 1;
    const content = text.slice(start, end);
    if (gate.test(content) || /:\s*$/.test(content)) {
      const last = found.at(-1);
      if (last?.end === start) last.end = end;
      else found.push({ start, end });
    }
    start = end;
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
