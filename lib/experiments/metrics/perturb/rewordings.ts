/** Words for others that tell a clinician the same. @module */

import { type Change, replacements } from "./change.ts";

/** Either can stand for the other. */
const either: readonly (readonly [string, string])[] = [
  ["acetaminophen", "paracetamol"],
  ["anaemia", "anemia"],
  ["bd", "bid"],
  ["cbc", "fbc"],
  ["centre", "center"],
  ["diarrhoea", "diarrhea"],
  ["discontinued", "stopped"],
  ["haemoglobin", "hemoglobin"],
  ["hb", "hgb"],
  ["mcg", "micrograms"],
  ["needed", "required"],
  ["oedema", "edema"],
  ["previous", "prior"],
  ["qds", "qid"],
  ["showed", "revealed"],
  ["tds", "tid"],
  ["while", "whilst"],
];

/** The second can stand for the first. */
const forms: readonly (readonly [string, string])[] = [
  ["two", "2"],
  ["three", "3"],
  ["four", "4"],
  ["five", "5"],
  ["six", "6"],
  ["seven", "7"],
  ["eight", "8"],
  ["nine", "9"],
  ["ten", "10"],
  ["twelve", "12"],
  ["january", "Jan"],
  ["february", "Feb"],
  ["august", "Aug"],
  ["september", "Sept"],
  ["october", "Oct"],
  ["november", "Nov"],
  ["december", "Dec"],
  ["commenced", "started"],
  ["exam", "examination"],
  ["fever", "pyrexia"],
  ["hx", "history"],
  ["meds", "medications"],
  ["mild", "slight"],
  ["needs", "requires"],
  ["nocte", "nightly"],
  ["perhaps", "possibly"],
  ["pt", "patient"],
  ["renal", "kidney"],
  ["shows", "reveals"],
  ["started", "commenced"],
  ["temp", "temperature"],
  ["told", "informed"],
  ["until", "till"],
  ["vomiting", "emesis"],
  ["wk", "week"],
];

const others = new Map([...either, ...either.map(([a, b]) => [b, a] as const), ...forms]);

/**
 * Every word for which there is another that tells a clinician the same, one word for one word: a synonym, the other side of the
 * Atlantic's spelling or abbreviation, a number in figures.
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { rewordings } from "./rewordings.ts";
 * import { equal } from "node:assert/strict";
 * const text = "Two tablets BD until the fever is gone";
 * equal(changed(text, rewordings(text)), "2 tablets BID till the pyrexia is gone");
 * ```
 */
export function rewordings(text: string): Change[] {
  return replacements(text, others);
}
