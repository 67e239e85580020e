/** Which spans of the real letters are PHI. @module */

import { clinicalLabels } from "../corpus/labels.ts";
import type { Letter } from "../corpus/letter.ts";
import { nearestName } from "../nearest_name.ts";
import { phiRules } from "../phi/rules.ts";

/** How spans are told apart. */
export interface SpanKinds {
  /** For signatures: the labels, or the rules that find PHI. */
  readonly signature: string;
  /** The letter with its PHI alone. */
  phi(letter: Letter): Letter;
  /** The letter with its other spans alone. */
  clinical(letter: Letter): Letter;
}

/**
 * Tells PHI from other spans: by the labels named; else all labels but the clinical ones; and where the real letters have no such
 * spans, PHI is what the rules find.
 *
 * @throws {Error} with the nearest label there is, when no real letter has a label that was named
 *
 * @example
 * ```ts
 * import { spanKinds } from "./phi_spans.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "Seen on 3 May.", spans: [], meta: {} };
 * const { phi, signature } = spanKinds([letter]);
 * equal(phi(letter).spans[0]?.label, "DATE");
 * equal(signature, "phi:palimpsest-rules-1");
 * ```
 */
export function spanKinds(real: readonly Letter[], labels?: readonly string[]): SpanKinds {
  const known = [...new Set(real.flatMap(({ spans }) => spans.map(({ label }) => label)))].sort();
  const absent = labels?.find((label) => !known.includes(label));
  if (absent !== undefined) {
    const hint = known.length > 0
      ? `The nearest is ${nearestName(absent, known)}`
      : "They have no span at all";
    throw new Error(`report: no span of the real letters is labelled "${absent}". ${hint}.`);
  }
  const phi = new Set(labels ?? known.filter((label) => !Object.hasOwn(clinicalLabels, label)));
  const some = (letter: Letter, wanted: boolean): Letter => ({
    ...letter,
    spans: letter.spans.filter(({ label }) => phi.has(label) === wanted),
  });
  return {
    signature: phi.size > 0
      ? `phi:${labels?.toSorted().join(",") ?? "all but clinical labels"}`
      : `phi:${phiRules.name}`,
    phi: phi.size > 0
      ? (letter) => some(letter, true)
      : (letter) => ({ ...letter, spans: phiRules.find(letter) }),
    clinical: (letter) => some(letter, false),
  };
}
