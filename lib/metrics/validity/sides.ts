/** Laterality changed. @module */

import { changedItems, type ChangeKind, matched } from "./changes.ts";

/** Words of one side, English and Spanish. */
const SIDES = new Map([
  ["left", "left"],
  ["right", "right"],
  ["bilateral", "both"],
  ["bilaterally", "both"],
  ["izquierdo", "left"],
  ["izquierda", "left"],
  ["izquierdos", "left"],
  ["izquierdas", "left"],
  ["izq", "left"],
  ["derecho", "right"],
  ["derecha", "right"],
  ["derechos", "right"],
  ["derechas", "right"],
  ["dcha", "right"],
  ["dcho", "right"],
  ["bilaterales", "both"],
]);

/** A regular expression (flags `iu`) for words of one side. */
export const SIDE_WORD = `(?<![\\p{L}\\p{N}])(?:${[...SIDES.keys()].join("|")})(?![\\p{L}\\p{N}])`;
const side = new RegExp(SIDE_WORD, "giu");
/** Words before "left" that make it a verb: "he left". */
const GONE = /\b(?:he|she|they|who|has|had|was|were|been|is|are|patient)\s+$/i;

/**
 * Left, right and both sides that are not what they were.
 *
 * @example
 * ```ts
 * import { hunks } from "./align.ts";
 * import { sides } from "./sides.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = (text: string) => ({ id: "a", text, spans: [], meta: {} });
 * const [real, synthetic] = ["Left knee. She left early.", "Right knee. She came early."].map(letter);
 * const { items, changes } = sides.compare(real!, synthetic!, hunks(real!.text, synthetic!.text));
 * deepEqual([items, changes.map(({ how }) => how)], [1, ["changed"]]);
 * ```
 */
export const sides: ChangeKind = {
  name: "sides-changed",
  title: "sides changed",
  signature: "changes|of:laterality en+es|at:word diff|v1",
  compare: ({ text: real }, { text: synthetic }, hunks) =>
    changedItems(sidesOf(real), sidesOf(synthetic), hunks),
};

function sidesOf(text: string) {
  return matched(
    text,
    side,
    ({ 0: found, index = 0 }) =>
      found === "left" && GONE.test(text.slice(Math.max(0, index - 16), index))
        ? null
        : SIDES.get(found.toLowerCase()) ?? null,
  );
}
