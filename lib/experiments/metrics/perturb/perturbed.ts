/** Letters changed on purpose. @module */

import type { Letter } from "../../../corpus/letter.ts";
import { type Amount, type Change, changed, chosenChanges } from "./change.ts";
import { deletions } from "./deletions.ts";
import { doses } from "./doses.ts";
import { figures } from "./figures.ts";
import { masks } from "./masks.ts";
import { negations } from "./negations.ts";
import { recasings } from "./recasings.ts";
import { reversals } from "./reversals.ts";
import { rewordings } from "./rewordings.ts";
import { sides } from "./sides.ts";
import { swaps } from "./swaps.ts";

/** By name, the changes of its kind that a text allows, in the order of the text and none overlapping another. */
const kinds = {
  "masked": masks,
  "deleted": deletions,
  "swapped": swaps,
  "negated": reversals,
  "re-cased": recasings,
  "negation flipped": negations,
  "dose changed": doses,
  "side changed": sides,
  "reworded": rewordings,
  "in figures": figures,
} as const satisfies Readonly<Record<string, (text: string) => Change[]>>;

/** A kind of change. */
export type Perturbation = keyof typeof kinds;

/**
 * Whether it is the name of a kind of change.
 *
 * @example
 * ```ts
 * import { isPerturbation } from "./perturbed.ts";
 * import { equal } from "node:assert/strict";
 * equal(isPerturbation("masked"), true);
 * ```
 */
export function isPerturbation(name: string): name is Perturbation {
  return Object.hasOwn(kinds, name);
}

/** How letters are changed. */
export interface PerturbOptions {
  readonly kind: Perturbation;
  readonly amount: Amount;
  readonly seed: number;
}

/**
 * The changes of a letter, which kind, amount, seed and the letter's id decide; none where the letter has no place for one.
 *
 * @example
 * ```ts
 * import { changesOf } from "./perturbed.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "No pain.", spans: [], meta: {} };
 * deepEqual(changesOf(letter, { kind: "negation flipped", amount: "one", seed: 1 }), [{ start: 0, end: 2, text: "Some" }]);
 * ```
 */
export function changesOf({ id, text }: Letter, { kind, amount, seed }: PerturbOptions): Change[] {
  return chosenChanges(kinds[kind](text), amount, `${seed}/${kind}/${amount}/${id}`);
}

/**
 * Letters with changes made, without their spans; those that have no place for one are left out.
 *
 * @throws {Error} for a share that is not above 0 and at most 1
 *
 * @example
 * ```ts
 * import { perturbed } from "./perturbed.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = ["No pain.", "Well."].map((text, i) => ({ id: `${i}`, text, spans: [], meta: {} }));
 * const changed = perturbed(letters, { kind: "negation flipped", amount: "one", seed: 1 });
 * deepEqual(changed.map(({ text }) => text), ["Some pain."]);
 * ```
 */
export function perturbed(letters: readonly Letter[], options: PerturbOptions): Letter[] {
  return letters.flatMap((letter) => {
    const changes = changesOf(letter, options);
    return changes.length === 0 ? [] : [{
      id: letter.id,
      text: changed(letter.text, changes),
      spans: [],
      meta: letter.meta,
    }];
  });
}
