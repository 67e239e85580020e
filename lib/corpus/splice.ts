/** Changing the text of a letter without losing its annotations. @module */
import type { Fragment, Letter, Span } from "./letter.ts";

/** What stands at `[start, end)` of the old text gives way to `text`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A letter with stretches of its text replaced. Everything else, spacing included, stays as it was, and every span covers the same
 * text as before, at its new offsets. Replacements may come in any order; their offsets are those of the old text.
 *
 * @throws Error when a replacement lies outside the letter, overlaps another one, or touches a character of a span.
 *
 * @example
 * ```ts
 * import { splice } from "./splice.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "Takes aspirin daily.", spans: [{ start: 6, end: 13, label: "DRUG" }], meta: {} };
 * const { text, spans } = splice(letter, [{ start: 0, end: 5, text: "Stopped" }]);
 * deepEqual([text, spans[0]], ["Stopped aspirin daily.", { start: 8, end: 15, label: "DRUG" }]);
 * ```
 */
export function splice(letter: Letter, replacements: readonly Replacement[]): Letter {
  const { text: old, spans: oldSpans } = letter;
  const sorted = [...replacements].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  const spans: Span[] = [];
  let [position, shift, next] = [0, 0, 0]; // in the old text; new minus old offsets; index of the next span to move
  const moveSpansUpTo = (end: number) => {
    for (let span = oldSpans[next]; span && span.end <= end; span = oldSpans[++next]) {
      spans.push(shifted(span, shift));
    }
  };
  for (const { start, end, text } of sorted) {
    const where = `letter ${letter.id}: replacement [${start}, ${end})`;
    if (start < 0 || end < start || end > old.length) {
      throw new Error(
        `${where} does not fit the letter [0, ${old.length}). Use offsets of this letter's text.`,
      );
    }
    if (start < position) throw new Error(`${where} overlaps the one that ends at ${position}. Join them.`);
    moveSpansUpTo(start);
    const span = oldSpans[next];
    if (span && span.start < end && start < span.end) {
      throw new Error(
        `${where} touches the ${span.label} span [${span.start}, ${span.end}). Remove the span first, or leave it.`,
      );
    }
    parts.push(old.slice(position, start), text);
    position = end;
    shift += text.length - (end - start);
  }
  moveSpansUpTo(old.length);
  parts.push(old.slice(position));
  return { ...letter, text: parts.join(""), spans };
}

function shifted(span: Span, by: number): Span {
  const move = <T extends Fragment>(part: T): T => ({ ...part, start: part.start + by, end: part.end + by });
  return { ...move(span), ...span.fragments && { fragments: span.fragments.map(move) } };
}
