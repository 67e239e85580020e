/** Negations flipped. @module */

import { changedItems, type ChangeKind, type Changes, matched } from "./changes.ts";

/** What negates, English and Spanish, apart from capitals; all say the same, so that one in place of another flips nothing. */
const CUES = [
  "no",
  "not",
  "nil",
  "none",
  "never",
  "neither",
  "nor",
  "without",
  "denies",
  "denied",
  "denying",
  "negative",
  "neg",
  "absent",
  "absence",
  "excluded",
  "cannot",
  "non",
  "\\p{L}+n['’]t",
  "sin",
  "niega",
  "negó",
  "niegan",
  "negativo",
  "negativa",
  "negativos",
  "negativas",
  "ausencia",
  "ausente",
  "ausentes",
  "descarta",
  "descartado",
  "descartada",
  "tampoco",
  "nunca",
  "ningún",
  "ninguna",
  "ninguno",
  "ni",
];
/** "No. 12" and "no longer" negate nothing that is here or not. */
const OTHERWISE = /^(?:\s+longer\b|\s+doubt\b|\.\s*\d|\s*[:º°]|\s*\d)/i;

/** A regular expression (flags `iu`) for the words that negate. */
export const NEGATION_CUE = `(?<![\\p{L}\\p{N}])(?:${CUES.join("|")})(?![\\p{L}\\p{N}])`;
const cue = new RegExp(NEGATION_CUE, "giu");

/**
 * Negations that the synthetic letter has lost, or has where the real one had none. A letter flips a statement either way.
 *
 * @example
 * ```ts
 * import { hunks } from "./align.ts";
 * import { negations } from "./negations.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = (text: string) => ({ id: "a", text, spans: [], meta: {} });
 * const [real, synthetic] = ["Denies fever. No rash, no cough.", "Denies fever. Some rash, without cough."].map(letter);
 * const { items, changes } = negations.compare(real!, synthetic!, hunks(real!.text, synthetic!.text));
 * deepEqual([items, changes.map(({ how }) => how)], [3, ["lost"]]);
 * ```
 */
export const negations: ChangeKind = {
  name: "negations-flipped",
  title: "negations flipped",
  signature: "changes|of:negation cues en+es|at:word diff|v1",
  compare({ text: real }, { text: synthetic }, hunks): Changes {
    return changedItems(cues(real), cues(synthetic), hunks);
  },
};

function cues(text: string) {
  return matched(
    text,
    cue,
    ({ 0: found, index = 0 }) =>
      OTHERWISE.test(text.slice(index + found.length, index + found.length + 12)) ? null : "not",
  );
}
