/** What the user chooses. @module */

import { nearestName } from "../../nearest_name.ts";
import type { LabelMap } from "./label_sets.ts";
import { type Culture, cultures } from "./names/origin.ts";

/** What names can be drawn of. */
export const culturePolicies = ["keep", "letter", "mixed", ...cultures] as const;

/** How stand-ins are drawn. */
export interface SurrogatePolicy {
  /** Within which the same person, place, number has the same stand-in: a letter (default), or all letters of the key. */
  readonly scope?: "letter" | "corpus";
  /** First names: of the gender of the original (default), or such as any gender bears. */
  readonly gender?: "keep" | "neutral";
  /** Names: of the culture the original sounds of (default), of the letter's language, of any, or all of one culture. */
  readonly culture?: "keep" | "letter" | "mixed" | Culture;
  /** Initials: those of the stand-in, whatever they be (default), or stand-ins are drawn that keep the original's. */
  readonly initials?: "follow" | "keep";
  /** Ages: over 89 as 90+, infants' to the nearest round number of their unit (default), or besides all others to 5 years. */
  readonly ages?: "coarsen" | "five-years";
  /** Dates: one shift a letter, or a patient (see `patientOf`); left out, a patient where the scope is the corpus, else a letter. */
  readonly dates?: "letter" | "patient";
  /** A shift of so many days for all, instead of one drawn by the key: a multiple of 7, other than 0. */
  readonly shiftDays?: number;
  /** Which comes first in 04/05/2021; left out, found in each letter. */
  readonly dateOrder?: "dmy" | "mdy";
  /** Left out, found in each letter. */
  readonly language?: "en" | "es";
  /** Labels to replace; left out, all that identify by the mapping. */
  readonly labels?: readonly string[];
}

/**
 * Checks what the types do not.
 *
 * @throws {Error} for a shift that is no multiple of 7, or 0, for a culture that there are no names of, and for labels without mapping
 */
export function checkPolicy({ shiftDays, labels, culture = "keep" }: SurrogatePolicy, map: LabelMap): void {
  if (!culturePolicies.includes(culture)) {
    throw new Error(
      `unknown culture "${culture}". The nearest is ${nearestName(culture, culturePolicies)}. Known: ${
        culturePolicies.join(", ")
      }.`,
    );
  }
  if (shiftDays !== undefined && (!Number.isInteger(shiftDays) || shiftDays === 0 || shiftDays % 7 !== 0)) {
    throw new Error(
      `dates can't be shifted by ${shiftDays} days: weekdays would change. Choose a multiple of 7, not 0.`,
    );
  }
  for (const label of labels ?? []) {
    if (map.meaning(label) === undefined) {
      throw new Error(`label "${label}" is clinical and has no stand-ins. Name identifying labels.`);
    }
  }
}
