/** Changing a letter's text and its spans together. @module */

import type { Letter, Span } from "../../corpus/letter.ts";

/** What stands at `[start, end)` of the old text, in UTF-16 code units, gives way to `text`; nothing does where the two are equal. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The letter with its text edited and every span at its new place. An edit may lie in a span, be one, hold none, or lie outside; text put in where
 * a span begins or ends stands outside of it.
 *
 * @throws {Error} naming the letter, when edits overlap, lie outside the text, begin within a span and end outside of it or the other way
 * round, or leave a span without text; and for a span in several parts
 *
 * @example
 * ```ts
 * import { edited } from "./edit.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 4, end: 10, label: "PATIENT" }];
 * const letter = { id: "a", text: "Mrs Ortega came.", spans, meta: {} };
 * const { text, spans: moved } = edited(letter, [{ start: 0, end: 4, text: "" }, { start: 6, end: 7, text: "TT" }]);
 * deepEqual([text, moved], ["OrTTega came.", [{ start: 0, end: 7, label: "PATIENT" }]]);
 * ```
 */
export function edited(letter: Letter, edits: readonly Edit[]): Letter {
  const { id, text, spans } = letter;
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, text: put } of ordered) {
    if (!(start >= position && end >= start && end <= text.length)) {
      throw new Error(
        `letter ${id}: edit [${start}, ${end}) overlaps another, or lies outside. Make them apart.`,
      );
    }
    parts.push(text.slice(position, start), put);
    position = end;
  }
  parts.push(text.slice(position));
  const moved = spans.map((span): Span => {
    const { start, end, fragments } = span;
    if (fragments) {
      throw new Error(`letter ${id}: span [${start}, ${end}) is in several parts. Make each a span.`);
    }
    const place = { start: placeOf(start, "start", ordered, id), end: placeOf(end, "end", ordered, id) };
    if (place.end > place.start) return { ...span, ...place };
    throw new Error(`letter ${id}: nothing is left of span [${start}, ${end}). Leave some of it.`);
  });
  return { ...letter, text: parts.join(""), spans: moved };
}

/** Where a border of a span comes to stand. */
function placeOf(at: number, border: "start" | "end", ordered: readonly Edit[], id: string): number {
  let shift = 0;
  for (const { start, end, text } of ordered) {
    if (start > at || (start === at && (end > start || border === "end"))) break;
    if (end > at) {
      throw new Error(
        `letter ${id}: edit [${start}, ${end}) goes over a span's border at ${at}. Cut it there.`,
      );
    }
    shift += text.length - (end - start);
  }
  return at + shift;
}

/**
 * One edit for each stretch of the letter that no border of a span cuts, where the change makes something else of it: for changes of the
 * whole note.
 *
 * @example
 * ```ts
 * import { editsOfNote } from "./edit.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "So Ann, well", spans: [{ start: 3, end: 6, label: "PATIENT" }], meta: {} };
 * deepEqual(editsOfNote(letter, (part) => part.toUpperCase()), [
 *   { start: 0, end: 3, text: "SO " }, { start: 3, end: 6, text: "ANN" }, { start: 6, end: 12, text: ", WELL" },
 * ]);
 * ```
 */
export function editsOfNote({ text, spans }: Letter, change: (stretch: string) => string): Edit[] {
  const borders = new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const ordered = [...borders].sort((a, b) => a - b);
  return ordered.flatMap((start, i): Edit[] => {
    const end = ordered[i + 1];
    if (end === undefined) return [];
    const old = text.slice(start, end);
    const put = change(old);
    return put === old || put === "" ? [] : [{ start, end, text: put }];
  });
}
