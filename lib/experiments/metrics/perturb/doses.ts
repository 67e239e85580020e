/** Doses ten times as high. @module */

import type { Change } from "./change.ts";

/** A number with the unit of a dose behind it; with a slash behind the unit it is a concentration or a rate. */
const dose =
  /(?<![\p{L}\d.,/–-])(?<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?<parts>\d+))?(?=\s?(?:mg|mcg|micrograms?|µg|g|units?|IU)\b(?!\s?\/))/gu;

/**
 * Every dose with its number times ten, the error of a slipped decimal point.
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { doses } from "./doses.ts";
 * import { equal } from "node:assert/strict";
 * const text = "bisoprolol 1.25 mg, heparin 5,000 units, glucose 90 mg/dL";
 * equal(changed(text, doses(text)), "bisoprolol 12.5 mg, heparin 50,000 units, glucose 90 mg/dL");
 * ```
 */
export function doses(text: string): Change[] {
  return Array.from(text.matchAll(dose), ({ 0: number, index, groups = {} }): Change => {
    const { whole = "", parts = "" } = groups;
    return { start: index, end: index + number.length, text: timesTen(whole, parts) };
  });
}

function timesTen(whole: string, parts: string): string {
  const digits = `${whole.replaceAll(",", "")}${parts.slice(0, 1) || "0"}`.replace(/^0+(?=\d)/, "");
  const grouped = whole.includes(",") ? digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ",") : digits;
  return parts.length > 1 ? `${grouped}.${parts.slice(1)}` : grouped;
}
