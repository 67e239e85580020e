/** Text that remembers which part of the source each of its units comes from. @module */

/** A range of a text, in UTF-16 units, half-open, and whether a pattern matched it. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly matched: boolean;
}

/** What becomes of what a pattern matches when a text is split, by the names of `tokenizer.json`. */
export type SplitBehavior = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous";

/**
 * A text on its way through normalisation, with for each UTF-16 unit the range of the source that it stands for. The rules by
 * which ranges survive an edit are those of Hugging Face's `NormalizedString`, so that offsets are Python's: an inserted character
 * shares the range of the one before it, and what is removed belongs to nobody.
 *
 * @example
 * ```ts
 * import { Aligned } from "./aligned.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = Aligned.of("ſx").edited(["s", "s", "x"], [0, 1, 0]);
 * deepEqual([text.text, text.range(0, 2), text.range(2, 3)], ["ssx", [0, 1], [1, 2]]);
 * ```
 */
export class Aligned {
  readonly text: string;
  /** Where in the source this part of it begins. */
  readonly origin: number;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];

  private constructor(text: string, origin: number, starts: readonly number[], ends: readonly number[]) {
    this.text = text;
    this.origin = origin;
    this.#starts = starts;
    this.#ends = ends;
  }

  /** A source that nothing has been done to yet. */
  static of(text: string): Aligned {
    const [starts, ends]: [number[], number[]] = [[], []];
    for (let i = 0; i < text.length; i++) {
      const pair = isPair(text, i);
      starts.push(i);
      ends.push(pair ? i + 2 : i + 1);
      if (!pair) continue;
      starts.push(i);
      ends.push(i + 2);
      i++;
    }
    return new Aligned(text, 0, starts, ends);
  }

  /** The range of the source that units [start, end) stand for; an empty range stays as it is. */
  range(start: number, end: number): [start: number, end: number] {
    if (start >= end) return [this.origin + start, this.origin + start];
    return [this.#starts[start] ?? this.origin, this.#ends[end - 1] ?? this.origin];
  }

  slice(start: number, end: number): Aligned {
    if (start === 0 && end === this.text.length) return this;
    const origin = start < end ? this.#starts[start] ?? this.origin : this.origin;
    return new Aligned(
      this.text.slice(start, end),
      origin,
      this.#starts.slice(start, end),
      this.#ends.slice(start, end),
    );
  }

  /** The same ranges for a text of the same length, unit by unit. */
  renamed(text: string): Aligned {
    return text === this.text ? this : new Aligned(text, this.origin, this.#starts, this.#ends);
  }

  /** Another text, each unit of which has the range that a unit of this one has. */
  picked(text: string, units: readonly number[]): Aligned {
    const starts = units.map((unit) => this.#starts[unit] ?? this.origin);
    const ends = units.map((unit) => this.#ends[unit] ?? this.origin);
    return new Aligned(text, starts[0] ?? this.origin, starts, ends);
  }

  /**
   * The text that `characters` make, one code point each. A change of 0 says that the character replaces the next one of this
   * text, 1 that it is new, and −n that it replaces the next one and the n after it go.
   *
   * @param skipped code points at the beginning that go
   */
  edited(characters: readonly string[], changes: readonly number[], skipped = 0): Aligned {
    const text = this.text;
    const [starts, ends]: [number[], number[]] = [[], []];
    let at = 0;
    const skip = (count: number) => {
      for (; count > 0 && at < text.length; count--) at += isPair(text, at) ? 2 : 1;
    };
    skip(skipped);
    for (const [i, character] of characters.entries()) {
      const change = changes[i] ?? 0;
      const from = change > 0 ? at - 1 : at;
      const [start, end] = [this.#starts[from] ?? this.origin, this.#ends[from] ?? this.origin];
      for (let unit = 0; unit < character.length; unit++) {
        starts.push(start);
        ends.push(end);
      }
      if (change <= 0) skip(1 - change);
    }
    return new Aligned(characters.join(""), this.origin, starts, ends);
  }

  /** The text without the code points that are not to be kept. */
  filtered(keep: (character: string) => boolean): Aligned {
    let kept = "";
    const [starts, ends]: [number[], number[]] = [[], []];
    let at = 0;
    for (const character of this.text) {
      if (keep(character)) {
        kept += character;
        for (let unit = at; unit < at + character.length; unit++) {
          starts.push(this.#starts[unit] ?? this.origin);
          ends.push(this.#ends[unit] ?? this.origin);
        }
      }
      at += character.length;
    }
    return at === kept.length ? this : new Aligned(kept, this.origin, starts, ends);
  }

  /** Each code point replaced by some, or by itself. */
  mapped(map: (character: string) => string): Aligned {
    const [characters, changes]: [string[], number[]] = [[], []];
    let changed = false;
    for (const character of this.text) {
      const replacement = map(character);
      if (replacement === character) {
        characters.push(character);
        changes.push(0);
        continue;
      }
      changed = true;
      let change = 0;
      for (const next of replacement) {
        characters.push(next);
        changes.push(change);
        change = 1;
      }
    }
    return changed ? this.edited(characters, changes) : this;
  }

  /** Something put before the text, which takes the range of its first character. An empty text stays empty. */
  prepended(prefix: string): Aligned {
    if (this.text === "") return this;
    const [first = ""] = this.text;
    const [start, end] = [this.#starts[0] ?? this.origin, this.#ends[0] ?? this.origin];
    const head = Array.from({ length: prefix.length + first.length });
    return new Aligned(
      prefix + this.text,
      this.origin,
      [...head.map(() => start), ...this.#starts.slice(first.length)],
      [...head.map(() => end), ...this.#ends.slice(first.length)],
    );
  }

  /** Each match replaced by the content, which takes the range of the match's last character. */
  replaced(matches: readonly Match[], content: string): Aligned {
    if (!matches.some(({ matched }) => matched)) return this;
    let text = "";
    const [starts, ends]: [number[], number[]] = [[], []];
    for (const { start, end, matched } of matches) {
      text += matched ? content : this.text.slice(start, end);
      const length = matched ? content.length : end - start;
      for (let i = 0; i < length; i++) {
        const from = matched ? end - 1 : start + i;
        starts.push(this.#starts[from] ?? this.origin);
        ends.push(this.#ends[from] ?? this.origin);
      }
    }
    return new Aligned(text, this.origin, starts, ends);
  }

  /** The parts that matches cut the text into; empty ones are left out. */
  split(matches: readonly Match[], behavior: SplitBehavior): Aligned[] {
    const parts: Aligned[] = [];
    for (const { start, end } of joined(matches, behavior)) {
      if (start < end) parts.push(this.slice(start, end));
    }
    return parts;
  }
}

function joined(matches: readonly Match[], behavior: SplitBehavior): readonly Match[] {
  switch (behavior) {
    case "Isolated":
      return matches;
    case "Removed":
      return matches.filter(({ matched }) => !matched);
    case "Contiguous":
      return fold(matches, (before, match) => before.matched === match.matched);
    case "MergedWithPrevious":
      return fold(matches, (before, match) => match.matched && !before.matched);
    case "MergedWithNext":
      return fold(matches, (before, match) => before.matched && !match.matched);
  }
}

/** Neighbours that belong together made one; the test sees the two as they were matched. */
function fold(
  matches: readonly Match[],
  together: (before: Match, match: Match) => boolean,
): readonly Match[] {
  const folded: Match[] = [];
  for (const [i, match] of matches.entries()) {
    const [before, last] = [matches[i - 1], folded.at(-1)];
    if (before && last && together(before, match)) folded[folded.length - 1] = { ...last, end: match.end };
    else folded.push(match);
  }
  return folded;
}

/** All of a text as matches of a pattern and what lies between them. The pattern has the flag `g`. */
export function matchesOf(pattern: RegExp, text: string): Match[] {
  const matches: Match[] = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (last < match.index) matches.push({ start: last, end: match.index, matched: false });
    matches.push({ start: match.index, end, matched: true });
    last = end;
  }
  if (last < text.length) matches.push({ start: last, end: text.length, matched: false });
  return matches;
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}
