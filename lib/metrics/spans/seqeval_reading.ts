/** Spans read from tags as seqeval 1.2.2 reads them, sound or not. @module */

import type { Span } from "../../corpus/letter.ts";
import { LabelNumbers } from "./span_table.ts";
import {
  END,
  INSIDE,
  LETTERS,
  type NumberedTags,
  type Reading,
  rulesBetween,
  type RuleTable,
  START,
  tableOf,
} from "./seqeval_rules.ts";
import type { TagScheme } from "../../corpus/tag_scheme.ts";

const schemeLetters: Readonly<Record<TagScheme, string>> = {
  iob1: "OBI",
  iob2: "OBI",
  ioe1: "OIE",
  ioe2: "OIE",
  iobes: "OBIES",
  bilou: "OBIUL",
};

/** A tag's letter as a number, and its label. */
export interface ReadTag {
  readonly letter: number;
  readonly label: string;
}

/**
 * A tag as seqeval reads it in a mode.
 *
 * @throws {Error} when it is neither `O` nor one of the letters B, I, E, S, U, L, alone or with `-` and a label, or, in strict
 * mode, its letter is not of the scheme
 *
 * @example
 * ```ts
 * import { readTag } from "./seqeval_reading.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(readTag("B-DRUG", "lenient").label, "DRUG");
 * throws(() => readTag("ORG", "lenient"), /"ORG" is no tag/);
 * ```
 */
export function readTag(tag: string, reading: Reading): ReadTag {
  const letter = LETTERS.indexOf(tag.charAt(0));
  if (!/^(?:O|[BIESUL](?:-.*)?)$/s.test(tag)) {
    throw new Error(`"${tag}" is no tag. Write O, or a letter, a hyphen and a label: B-DRUG.`);
  }
  if (reading !== "lenient" && !schemeLetters[reading].includes(tag.charAt(0))) {
    throw new Error(
      `"${tag}" is no tag of ${reading}, whose letters are ${[...schemeLetters[reading]].join(", ")}. ` +
        "Mend it, or name another scheme.",
    );
  }
  // Beyond the hyphen after the letter, strict mode drops hyphens at both ends of a label, the default mode none.
  const label = reading === "lenient" ? tag.slice(2) : tag.slice(1).replace(/^-+|-+$/g, "");
  return { letter, label: label || "_" };
}

/** Takes each span that a reading finds. */
export type TakeSpan = (start: number, end: number, label: number) => void;

/**
 * Reads the spans of the numbered tags `[from, to)`, which are one sentence.
 *
 * @example
 * ```ts
 * import { readSpans } from "./seqeval_reading.ts";
 * import { LETTERS } from "./seqeval_rules.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = Uint8Array.from("OBI", (letter) => LETTERS.indexOf(letter));
 * const found: number[][] = [];
 * readSpans(Int32Array.of(0, 1, 2), 0, 3, { letters, labels: Int32Array.of(0, 1, 1) }, "iob2", (...span) => found.push(span));
 * deepEqual(found, [[1, 3, 1]]);
 * ```
 */
export function readSpans(
  column: Int32Array,
  from: number,
  to: number,
  tags: NumberedTags,
  reading: Reading,
  take: TakeSpan,
): void {
  const read = reading === "lenient" ? readLenient : readStrict;
  read(column, from, to, tags, tableOf(reading), take);
}

function readLenient(
  column: Int32Array,
  from: number,
  to: number,
  tags: NumberedTags,
  table: RuleTable,
  take: TakeSpan,
): void {
  let [left, begin] = [0, from];
  for (let i = from; i <= to; i++) {
    const right = i < to ? column[i]! : 0; // i < to ≤ length
    if (left === 0 && right === 0) continue;
    const rules = rulesBetween(left, right, tags, table);
    if (rules & END) take(begin, i, tags.labels[left]!); // a label for every tag
    if (rules & START) begin = i;
    left = right;
  }
}

function readStrict(
  column: Int32Array,
  from: number,
  to: number,
  tags: NumberedTags,
  table: RuleTable,
  take: TakeSpan,
): void {
  const tagAt = (i: number) => i < from || i >= to ? 0 : column[i]!; // from ≤ i < to ≤ length
  const rulesAt = (i: number) => rulesBetween(tagAt(i - 1), tagAt(i), tags, table);
  for (let i = from; i < to;) {
    if (column[i] === 0 || !(rulesAt(i) & START)) {
      i++;
      continue;
    }
    let end = i + 1;
    while (rulesAt(end) & INSIDE) end++;
    if (rulesAt(end) & END) take(i, end, tags.labels[column[i]!]!); // i < length; a label for every tag
    i = end;
  }
}

/**
 * The spans of a sequence of tags as seqeval's default mode reads them (`get_entities`): any letters, whatever follows what.
 *
 * @returns spans `[start, end)` in tokens
 * @throws {Error} with the place, where a tag is none: there seqeval warns and takes its first letter for the prefix
 *
 * @example
 * ```ts
 * import { lenientSpans } from "./seqeval_reading.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(lenientSpans(["O", "I-DRUG", "I-DRUG"]), [{ start: 1, end: 3, label: "DRUG" }]);
 * ```
 */
export function lenientSpans(tags: readonly string[]): Span[] {
  return spansOf(tags, "lenient");
}

/**
 * The spans of a sequence of tags as seqeval's strict mode reads them (`Entities`): what the scheme does not know opens no span.
 *
 * @returns spans `[start, end)` in tokens
 * @throws {Error} with the place, where a tag is none of the scheme
 *
 * @example
 * ```ts
 * import { strictSpans } from "./seqeval_reading.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(strictSpans(["O", "I-DRUG", "B-DRUG"], "iob2"), [{ start: 2, end: 3, label: "DRUG" }]);
 * ```
 */
export function strictSpans(tags: readonly string[], scheme: TagScheme): Span[] {
  return spansOf(tags, scheme);
}

function spansOf(tags: readonly string[], reading: Reading): Span[] {
  const numbers = new LabelNumbers();
  const read = ["O", ...tags].map((tag, i) => {
    try {
      return readTag(tag, reading);
    } catch (error) {
      throw new Error(`tag ${i - 1}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  });
  const names = read.map(({ label }) => label);
  const numbered = {
    letters: Uint8Array.from(read, ({ letter }) => letter),
    labels: Int32Array.from(names, (label) => numbers.of(label)),
  };
  // Every O is tag 0; other tags are numbered by their place.
  const column = Int32Array.from(tags, (tag, i) => tag === "O" ? 0 : i + 1);
  const spans: Span[] = [];
  readSpans(column, 0, tags.length, numbered, reading, (start, end, label) => {
    spans.push({ start, end, label: names.find((name) => numbers.of(name) === label) ?? "_" });
  });
  return spans;
}
