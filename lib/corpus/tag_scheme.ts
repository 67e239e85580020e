/** Tag schemes: how a tag a token writes spans of tokens. @module */

import type { Span } from "./letter.ts";

/** The schemes, by the letters that they write before a label. */
export const TAG_SCHEMES = ["iob1", "iob2", "ioe1", "ioe2", "iobes", "bilou"] as const;
export type TagScheme = typeof TAG_SCHEMES[number];

/** Where a sequence of tags leaves its scheme. */
export interface ForbiddenTag {
  /** The place of the tag in the sequence. */
  readonly index: number;
  /** What is wrong with it: `I-DRUG after O`. */
  readonly problem: string;
}

/**
 * What may follow each letter: a letter with `=` needs the label of the tag before it, a letter alone takes any label.
 * What lies before a sentence and after it counts as `O`.
 */
const followers: Readonly<Record<TagScheme, Readonly<Record<string, string>>>> = {
  iob1: { O: "O I", I: "O I B=", B: "O I B=" },
  iob2: { O: "O B", B: "O B I=", I: "O B I=" },
  ioe1: { O: "O I E", I: "O I E", E: "I= E=" },
  ioe2: { O: "O I E", I: "I= E=", E: "O I E" },
  iobes: { O: "O B S", B: "I= E=", I: "I= E=", E: "O B S", S: "O B S" },
  bilou: { O: "O B U", B: "I= L=", I: "I= L=", L: "O B U", U: "O B U" },
};

/** Where a token lies in its span, and whether the same label goes on in the neighbouring span. */
interface Place {
  readonly first: boolean;
  readonly last: boolean;
  readonly touchesPrevious: boolean;
  readonly touchesNext: boolean;
}

const letterAt: Readonly<Record<TagScheme, (place: Place) => string>> = {
  iob1: ({ first, touchesPrevious }) => first && touchesPrevious ? "B" : "I",
  iob2: ({ first }) => first ? "B" : "I",
  ioe1: ({ last, touchesNext }) => last && touchesNext ? "E" : "I",
  ioe2: ({ last }) => last ? "E" : "I",
  iobes: ({ first, last }) => first && last ? "S" : first ? "B" : last ? "E" : "I",
  bilou: ({ first, last }) => first && last ? "U" : first ? "B" : last ? "L" : "I",
};

/**
 * The first tag that the scheme forbids where it stands; undefined where there is none. A tag is `O`, a letter of the
 * scheme, or such a letter, `-` and a label.
 *
 * @example
 * ```ts
 * import { checkTags } from "./tag_scheme.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * deepEqual(checkTags(["O", "I-DRUG"], "iob2"), { index: 1, problem: "I-DRUG after O" });
 * deepEqual(checkTags(["S-DRUG"], "iob2"), { index: 0, problem: "the letter of S-DRUG (it has O, B, I)" });
 * equal(checkTags(["O", "I-DRUG"], "iob1"), undefined);
 * ```
 */
export function checkTags(tags: readonly string[], scheme: TagScheme): ForbiddenTag | undefined {
  const allowed = followers[scheme];
  let previous = "O";
  for (const [index, tag] of [...tags, "O"].entries()) {
    const letter = tag.charAt(0);
    if (!Object.hasOwn(allowed, letter) || !(letter === "O" ? tag === "O" : /^.(?:-|$)/s.test(tag))) {
      return { index, problem: `the letter of ${tag} (it has ${Object.keys(allowed).join(", ")})` };
    }
    const after = (allowed[previous.charAt(0)] ?? "").split(" ");
    if (!after.includes(letter) && !(after.includes(`${letter}=`) && labelOf(tag) === labelOf(previous))) {
      if (index === tags.length) return { index: index - 1, problem: `${previous} at the end of a sentence` };
      return { index, problem: `${tag} ${index === 0 ? "at the start of a sentence" : `after ${previous}`}` };
    }
    previous = tag;
  }
}

/**
 * The spans of a sequence of tags, `[start, end)` in tokens.
 *
 * @throws {Error} with the place of the tag, where the scheme forbids one. `lenientSpans()` and `strictSpans()` read on.
 *
 * @example
 * ```ts
 * import { decodeTags } from "./tag_scheme.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(decodeTags(["O", "I-DRUG", "I-DRUG", "B-DRUG"], "iob1"), [
 *   { start: 1, end: 3, label: "DRUG" },
 *   { start: 3, end: 4, label: "DRUG" },
 * ]);
 * ```
 */
export function decodeTags(tags: readonly string[], scheme: TagScheme): Span[] {
  const forbidden = checkTags(tags, scheme);
  if (forbidden) {
    throw new Error(
      `tag ${forbidden.index}: ${scheme} forbids ${forbidden.problem}. Mend the tag, or name another scheme.`,
    );
  }
  const spans: Span[] = [];
  let from = 0;
  // What opens and what closes a span is the same in all schemes once nothing forbidden is left.
  for (const [i, tag] of tags.entries()) {
    const [before = "O", after = "O"] = [tags[i - 1], tags[i + 1]];
    if (tag === "O") continue;
    if (borders(before, tag)) from = i;
    if (borders(tag, after)) spans.push({ start: from, end: i + 1, label: labelOf(tag) });
  }
  return spans;
}

/**
 * The tags of spans over `length` tokens.
 *
 * @param spans `[start, end)` in tokens, in any order
 * @throws {Error} when a span is empty, lies outside the tokens or overlaps another: tags can't write those
 *
 * @example
 * ```ts
 * import { encodeTags } from "./tag_scheme.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 1, end: 3, label: "DRUG" }];
 * deepEqual(encodeTags(spans, 4, "bilou"), ["O", "B-DRUG", "L-DRUG", "O"]);
 * ```
 */
export function encodeTags(spans: readonly Span[], length: number, scheme: TagScheme): string[] {
  const tags = Array.from({ length }, () => "O");
  const sorted = spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
  for (const [i, { start, end, label }] of sorted.entries()) {
    const [before, after] = [sorted[i - 1], sorted[i + 1]];
    const fits = Number.isInteger(start) && Number.isInteger(end) && (before?.end ?? 0) <= start &&
      start < end && end <= length;
    if (!fits) {
      throw new Error(
        `span [${start}, ${end}) is empty, overlaps another or lies outside ${length} tokens. Tags can't write it.`,
      );
    }
    const touchesPrevious = before?.end === start && before.label === label;
    const touchesNext = after?.start === end && after.label === label;
    for (let at = start; at < end; at++) {
      const place = { first: at === start, last: at + 1 === end, touchesPrevious, touchesNext };
      tags[at] = `${letterAt[scheme](place)}-${label}`;
    }
  }
  return tags;
}

/** Whether one span ends and another begins between two tags, or one of them is `O`. */
function borders(left: string, right: string): boolean {
  return left === "O" || right === "O" || /^[ESLU]/.test(left) || /^[BSU]/.test(right) ||
    labelOf(left) !== labelOf(right);
}

/** What stands after the first hyphen; `_` for a letter alone, as in seqeval. */
function labelOf(tag: string): string {
  return tag.slice(2) || "_";
}
