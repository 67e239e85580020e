/** Labels of identifying data in corpora, and what kind each is of. @module */

import { phiLabels } from "../corpus/labels.ts";
import names from "./label_names.json" with { type: "json" };
import sets from "./surrogate/label_sets.json" with { type: "json" };

/** The kinds of identifying data: the labels of the embedded letters. */
export type PhiKind = keyof typeof phiLabels;

/** All kinds of identifying data. */
export const phiKinds: readonly PhiKind[] = Object.keys(phiLabels).filter((label): label is PhiKind =>
  label in phiLabels
);

/** Whether a word is the name of a kind. */
export function isPhiKind(name: string): name is PhiKind {
  return Object.hasOwn(phiLabels, name);
}

const kinds: ReadonlyMap<string, PhiKind> = new Map(
  Object.values(sets).flatMap((set) => Object.entries(set)).flatMap(([label, { kind }]) =>
    kind !== null && isPhiKind(kind) ? [[label, kind] as const] : []
  ),
);

/**
 * The kind of identifying data that a label stands for, in the labels of the embedded letters, of MEDDOCAN (Marimon et al., IberLEF 2019), of
 * i2b2 2014 (Stubbs and Uzuner, JBI 58, 2015), of HIPAA's Safe Harbor and of presidio (`surrogate/label_sets.json`); none for a clinical label, nor for MEDDOCAN's sex, profession and relatives ("hijo"), which name nobody.
 *
 * @example
 * ```ts
 * import { phiKindOf } from "./labels.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["FECHAS", "DOCTOR", "DATE", "DRUG"].map(phiKindOf), ["DATE", "CLINICIAN", "DATE", undefined]);
 * ```
 */
export function phiKindOf(label: string): PhiKind | undefined {
  return kinds.get(label);
}

/** Label sets that kinds can be written in. */
export const LABEL_SETS = ["palimpsest", "hipaa", "meddocan", "i2b2", "presidio"] as const;

/** See {@linkcode LABEL_SETS}. */
export type LabelSet = typeof LABEL_SETS[number];

/**
 * A kind in the labels of a set, `label_names.json`; where the set has no label for it, in the nearest wider one.
 *
 * @example
 * ```ts
 * import { labelOf } from "./labels.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["hipaa", "i2b2"].map((set) => labelOf("CLINICIAN", set === "hipaa" ? set : "i2b2")), ["NAME", "DOCTOR"]);
 * ```
 */
export function labelOf(kind: PhiKind, set: LabelSet): string {
  return set === "palimpsest" ? kind : names[set][kind];
}
