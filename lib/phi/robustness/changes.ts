/** Every change that finders are tried on. @module */

import { ageFormats } from "./ages.ts";
import { cases } from "./case.ts";
import type { Change } from "./change.ts";
import { nameCultures } from "./cultures.ts";
import { dateFormats } from "./dates.ts";
import { diacritics } from "./diacritics.ts";
import { initials } from "./initials.ts";
import { idForms, phoneForms } from "./numbers.ts";
import { ocr } from "./ocr.ts";
import { addressForms, organisationForms } from "./places.ts";
import { titles } from "./titles.ts";
import { typos } from "./typos.ts";
import { whiteSpace } from "./white_space.ts";
import { nearestName } from "../../nearest_name.ts";

/** All changes, those of a factor together. Each changes one thing, so that what is lost is lost to it. */
export const changes: readonly Change[] = [
  ...[...cases, ...initials, ...titles, ...nameCultures],
  ...[...dateFormats, ...ageFormats, ...idForms, ...phoneForms],
  ...[...addressForms, ...organisationForms],
  ...[...typos, ...whiteSpace, ...ocr, ...diacritics],
];

/**
 * A change by its name.
 *
 * @throws {Error} with the nearest name, when there is none of that name
 *
 * @example
 * ```ts
 * import { changeNamed } from "./changes.ts";
 * import { equal, throws } from "node:assert/strict";
 * const letter = { id: "a", text: "Dr Osei", spans: [{ start: 3, end: 7, label: "CLINICIAN" }], meta: {} };
 * equal(changeNamed("names in capitals").apply(letter, 42).text, "Dr OSEI");
 * throws(() => changeNamed("names in capital"), /The nearest is "names in capitals"/);
 * ```
 */
export function changeNamed(name: string): Change {
  const found = changes.find((one) => one.name === name);
  if (found) return found;
  const known = changes.map((one) => one.name);
  throw new Error(`unknown change "${name}". The nearest is "${nearestName(name, known)}".`);
}
