/** A text cut at the borders of what is marked in it. @module */

/** A piece of a text and all marks that lie over it, by where they start. */
export interface Piece<Mark> {
  readonly text: string;
  readonly over: readonly Mark[];
}

/**
 * Cuts a text at the borders of marks, which may overlap; `[start, end)` in UTF-16 code units.
 *
 * @example
 * ```ts
 * import { pieces } from "./pieces.ts";
 * import { deepEqual } from "node:assert/strict";
 * const marks = [{ start: 0, end: 2 }, { start: 1, end: 3 }];
 * deepEqual(pieces("abcd", marks).map(({ text, over }) => `${text}${over.length}`), ["a1", "b2", "c1", "d0"]);
 * ```
 */
export function pieces<Mark extends { readonly start: number; readonly end: number }>(
  text: string,
  marks: readonly Mark[],
): Piece<Mark>[] {
  const cuts = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .sort((a, b) => a - b);
  const open = [...marks].sort((a, b) => a.start - b.start);
  let [next, over] = [0, new Array<Mark>()];
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    over = over.filter((mark) => mark.end > start);
    for (let mark = open[next]; mark !== undefined && mark.start <= start; mark = open[++next]) {
      over.push(mark);
    }
    return { text: text.slice(start, end), over: [...over] };
  });
}
