/** The one check between a file of letters and everything that reads letters. @module */
import type { Letter, Span } from "./letter.ts";

/** A span as a file states it, with what is needed to check it and to say where it is wrong. */
export interface Annotation extends Span {
  /** Where it was read: `"cardio-07.ann:12"`. */
  readonly at: string;
  /** What the file calls it: `"T9"`. */
  readonly name?: string;
  /** The text that the file says the span covers; line breaks may be written as blanks. */
  readonly text?: string;
}

/** A letter as a file states it, not yet checked. */
export interface Draft {
  readonly id: string;
  readonly text: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  /** Where the letter was read: `"cardio-07.txt"`, `"letters.jsonl:3"`. */
  readonly at: string;
}

/**
 * Turns drafts into letters, their spans sorted, the letters in the order of their ids (by code unit).
 *
 * @throws Error, one line with the place, the value and the remedy, when there is no letter, an id is empty or used
 * twice, a letter holds no visible character, or a span is empty, backward, outside its letter, unlabelled, overlaps another,
 * or covers other text than the file says. No message holds more of a letter than the start of one span.
 *
 * @example
 * ```ts
 * import { validate } from "./validate.ts";
 * import { throws } from "node:assert/strict";
 * const annotations = [{ start: 3, end: 10, label: "DRUG", at: "a.ann:1", name: "T1", text: "aspirin" }];
 * throws(
 *   () => validate([{ id: "a", text: "On aspirin daily.", meta: {}, annotations: annotations.map((a) => ({ ...a, start: 4 })), at: "a.txt" }]),
 *   { message: 'a.ann:1: span T1 [4, 10) reads "spirin", annotation says "aspirin". Fix the offsets.' },
 * );
 * ```
 */
export function validate(drafts: readonly Draft[]): Letter[] {
  const places = new Map<string, string>();
  for (const { id, at } of drafts) {
    if (id.trim() === "") throw new Error(`${at}: a letter's id is empty. Give every letter an id.`);
    const before = places.get(id);
    if (before !== undefined) {
      throw new Error(`${at}: id "${id}" is already that of ${before}. Give every letter an id of its own.`);
    }
    places.set(id, at);
  }
  return drafts.map(letterOf).sort((a, b) => a.id < b.id ? -1 : 1);
}

function letterOf({ id, text, meta, annotations, at }: Draft): Letter {
  if (!/\S/.test(text)) {
    throw new Error(`${at}: the letter is empty. Leave it out, or check how it was exported.`);
  }
  const sorted = [...annotations].sort((a, b) => a.start - b.start || a.end - b.end);
  let previous: Annotation | undefined;
  for (const annotation of sorted) {
    checkSpan(annotation, text);
    if (previous && annotation.start < previous.end) {
      throw new Error(
        `${annotation.at}: ${describe(annotation)} overlaps ${describe(previous)} of ${previous.at}. ` +
          "Keep one of them: gold spans must not overlap.",
      );
    }
    previous = annotation;
  }
  return { id, text, spans: sorted.map(({ start, end, label }) => ({ start, end, label })), meta };
}

function checkSpan(annotation: Annotation, text: string): void {
  const { start, end, label, at } = annotation;
  const say = (problem: string) => new Error(`${at}: ${describe(annotation)} ${problem}`);
  if (!Number.isInteger(start) || !Number.isInteger(end)) {
    throw say("has offsets that are no whole numbers. Fix them.");
  }
  if (end <= start) throw say(`is ${end === start ? "empty" : "backward"}. Fix the offsets, or remove it.`);
  if (start < 0 || end > text.length) {
    throw say(`lies outside the letter [0, ${text.length}). Fix the offsets.`);
  }
  if (label.trim() === "") throw say("has no label. Give it one.");
  const slice = text.slice(start, end);
  if (annotation.text !== undefined && oneLine(slice) !== oneLine(annotation.text)) {
    throw say(`reads ${quote(slice)}, annotation says ${quote(annotation.text)}. Fix the offsets.`);
  }
}

function describe({ name, start, end }: Annotation): string {
  return `span ${name === undefined ? "" : `${name} `}[${start}, ${end})`;
}

/** BRAT writes the line breaks of a covered text as blanks. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\t]/g, " ");
}

/** At most 40 characters, so that a wrong offset does not print half a letter. */
function quote(text: string): string {
  const line = oneLine(text);
  return JSON.stringify(line.length > 40 ? `${line.slice(0, 39)}…` : line);
}
