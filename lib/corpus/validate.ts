/** The one check between a file of letters and everything that reads letters. @module */
import type { Letter, Span, Standoff } from "./letter.ts";

/** A span as a file states it, with what is needed to check it and to say where it is wrong. */
export interface Annotation extends Span {
  /** Where it was read: `"cardio-07.ann:12"`. */
  readonly at: string;
  /** The column in that line, from 1. */
  readonly column?: number;
  /** What the file calls it: `"T9"`. */
  readonly name?: string;
  /** The text that the file says the span covers; line breaks may be written as blanks. */
  readonly text?: string;
}

/** Something wrong in a corpus. */
export interface Problem {
  /** The file, or the file and its line: `"cardio-07.ann:12"`. */
  readonly at: string;
  /** The column in that line, from 1. */
  readonly column?: number;
  /** What is wrong and what to do, in one line. */
  readonly message: string;
}

/** A letter as a file states it, not yet checked. */
export interface Draft {
  readonly id: string;
  readonly text: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  /** Where the letter was read: `"cardio-07.txt"`, `"letters.jsonl:3"`. */
  readonly at: string;
  /** What kept its reader from making a letter of it. Of such a draft nothing else is looked at. */
  readonly problems?: readonly Problem[];
  readonly standoff?: Standoff;
}

/** What may pass. */
export interface ValidateOptions {
  /** Spans that overlap; left out: refused. */
  readonly overlapping?: "refuse" | "keep";
}

/**
 * Turns drafts into letters, their spans sorted, the letters in the order of their ids (by code unit).
 *
 * @throws Error, one line with the place, the value and the remedy, when an id is empty or used
 * twice, a letter holds no visible character, or a span is empty, backward, outside its letter, unlabelled, overlaps another,
 * cuts a surrogate pair, or covers other text than the file says. No message holds more of a letter than the start of one span.
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
export function validate(drafts: readonly Draft[], options: ValidateOptions = {}): Letter[] {
  const ids = new UsedIds();
  for (const draft of drafts) throwFirst(draft.problems ?? ids.problems(draft));
  return drafts.map((draft) => letterOf(draft, options)).sort(byId);
}

/** By code unit. */
export function byId(a: Letter, b: Letter): number {
  return a.id < b.id ? -1 : 1;
}

/** Throws the first of the problems, if there is one. */
export function throwFirst([first]: readonly Problem[]): void {
  if (first) throw problemError(first);
}

/** A problem as an error: `at: message`. */
export function problemError({ at, message }: Problem): Error {
  return new Error(`${at}: ${message}`);
}

/** The draft of one letter's file, or one that says why the file can't be read: other files may still be. */
export async function attempt(id: string, at: string, make: () => Promise<Draft>): Promise<Draft> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [, file = at, message = error.message] = /^(\S.*?): (.*)$/s.exec(error.message) ?? [];
    return { id, text: "", meta: {}, annotations: [], at, problems: [{ at: file, message }] };
  }
}

/** The ids of a corpus so far. */
export class UsedIds {
  readonly #places = new Map<string, string>();

  /** What is wrong with a draft's id. The id counts as used from here on. */
  problems({ id, at }: Pick<Draft, "id" | "at">): Problem[] {
    if (id.trim() === "") return [{ at, message: "a letter's id is empty. Give every letter an id." }];
    const before = this.#places.get(id);
    if (before !== undefined) {
      return [{
        at,
        message: `id "${id}" is already that of ${before}. Give every letter an id of its own.`,
      }];
    }
    this.#places.set(id, at);
    return [];
  }
}

/** The letter of a draft, without a look at other letters' ids; throws the first of {@linkcode draftProblems}. */
export function letterOf(draft: Draft, options: ValidateOptions = {}): Letter {
  throwFirst(draftProblems(draft, options));
  return bareLetter(draft);
}

/** The letter of a draft in which nothing is wrong. */
export function bareLetter({ id, text, meta, annotations, standoff }: Draft): Letter {
  const spans = sorted(annotations).map(({ start, end, label, fragments }): Span => (
    { start, end, label, ...fragments && { fragments } }
  ));
  return { id, text, spans, meta, ...standoff && { standoff } };
}

/** All that is wrong with one draft, its id left aside. */
export function draftProblems(draft: Draft, { overlapping = "refuse" }: ValidateOptions = {}): Problem[] {
  const { text, annotations, at, problems } = draft;
  if (problems && problems.length > 0) return [...problems];
  if (!/\S/.test(text)) {
    return [{ at, message: "the letter is empty. Leave it out, or check how it was exported." }];
  }
  const found: Problem[] = [];
  let furthest: Annotation | undefined;
  for (const annotation of sorted(annotations)) {
    const message = spanProblem(annotation, text);
    if (message !== undefined) {
      found.push(problemAt(annotation, `${describe(annotation)} ${message}`));
      continue;
    }
    if (overlapping === "refuse" && furthest && annotation.start < furthest.end) {
      found.push(problemAt(
        annotation,
        `${describe(annotation)} overlaps ${describe(furthest)} of ${furthest.at}. ` +
          "Keep one of them: gold spans must not overlap.",
      ));
    }
    if (!furthest || annotation.end > furthest.end) furthest = annotation;
  }
  return found;
}

function sorted(annotations: readonly Annotation[]): Annotation[] {
  return [...annotations].sort((a, b) => a.start - b.start || a.end - b.end);
}

function problemAt({ at, column }: Annotation, message: string): Problem {
  return { at, ...column !== undefined && { column }, message };
}

function spanProblem(annotation: Annotation, text: string): string | undefined {
  const { start, end, label, fragments = [annotation] } = annotation;
  for (const { start, end } of fragments) {
    if (!Number.isInteger(start) || !Number.isInteger(end)) {
      return "has offsets that are no whole numbers. Fix them.";
    }
    if (end <= start) return `is ${end === start ? "empty" : "backward"}. Fix the offsets, or remove it.`;
  }
  if (start < 0 || end > text.length) return `lies outside the letter [0, ${text.length}). Fix the offsets.`;
  if (label.trim() === "") return "has no label. Give it one.";
  if (fragments.some(({ start, end }) => cutsPair(text, start) || cutsPair(text, end))) {
    return "cuts a surrogate pair, the two code units of one character. Fix the offsets, or name what they count.";
  }
  const covered = coveredText(text, annotation);
  if (annotation.text !== undefined && oneLine(covered) !== oneLine(annotation.text)) {
    return `reads ${quote(covered)}, annotation says ${quote(annotation.text)}. Fix the offsets.`;
  }
}

/** The text of a span; of a discontinuous one that of its parts, a blank between them. */
export function coveredText(text: string, { start, end, fragments }: Omit<Span, "label">): string {
  return (fragments ?? [{ start, end }]).map((part) => text.slice(part.start, part.end)).join(" ");
}

/** Whether an offset lies between the two halves of a surrogate pair. */
function cutsPair(text: string, at: number): boolean {
  return at > 0 && isSurrogate(text.charCodeAt(at - 1), 0xd800) && isSurrogate(text.charCodeAt(at), 0xdc00);
}

function isSurrogate(unit: number, first: number): boolean {
  return unit >= first && unit < first + 0x400;
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
