/** Finding identifying data by rules. @module */

import type { PhiFinder, PhiSpan } from "./finder.ts";
import { addresses } from "./rules/addresses.ts";
import { ages, agesOver89 } from "./rules/ages.ts";
import { dates } from "./rules/dates.ts";
import { electronicAddresses } from "./rules/electronic.ts";
import { names } from "./rules/names.ts";
import { numbers } from "./rules/numbers.ts";
import { organisations } from "./rules/organisations.ts";
import { phones } from "./rules/phones.ts";
import { places } from "./rules/places.ts";
import { repeatedNames } from "./rules/repeated_names.ts";
import type { PhiRule } from "./rules/rule.ts";
import { singleSpaced } from "./rules/single_spaced.ts";

/** What the rules shall find. */
export interface PhiRuleOptions {
  /** Ages over 89 (left out), which the HIPAA Safe Harbor rule names, or all, as the European corpora mark them. */
  readonly ages?: "over-89" | "all";
}

/** Where two rules find the same stretch, the earlier one says what it is. */
const ruleList: readonly PhiRule[] = [
  electronicAddresses,
  dates,
  phones,
  numbers,
  addresses,
  organisations,
  names,
  places,
];

/**
 * A finder by rules: dates, telephone numbers, electronic addresses, numbers, addresses, organisations, places, ages, and names after
 * titles, in labelled fields, in signatures and before roles; names found once are found wherever they stand again. English and Spanish
 * rules are applied alike, so that a letter in both loses nothing.
 *
 * @example
 * ```ts
 * import { phiFinder } from "./rules.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "Mrs Pell (aged 91) rang 01632 960001 on 3 May. Pell lives at 4 Mill Lane, Osmerby.";
 * const found = phiFinder().find({ id: "a", text, spans: [], meta: {} });
 * deepEqual(found.map(({ start, end, label }) => `${label} ${text.slice(start, end)}`), [
 *   "PATIENT Pell",
 *   "AGE 91",
 *   "PHONE 01632 960001",
 *   "DATE 3 May",
 *   "PATIENT Pell",
 *   "LOCATION 4 Mill Lane, Osmerby",
 * ]);
 * ```
 */
export function phiFinder({ ages: which = "over-89" }: PhiRuleOptions = {}): PhiFinder {
  const rules = [...ruleList, which === "all" ? ages : agesOver89];
  return {
    name: which === "all" ? "palimpsest-rules-1, all ages" : "palimpsest-rules-1",
    find({ text }) {
      const single = singleSpaced(text);
      if (!single) return foundIn(text, rules);
      return foundIn(single.text, rules).map((span) => (
        { ...span, start: single.placeOf(span.start), end: single.placeOf(span.end - 1) + 1 }
      ));
    },
  };
}

/** The rules with ages over 89. */
export const phiRules: PhiFinder = phiFinder();

function foundIn(text: string, rules: readonly PhiRule[]): PhiSpan[] {
  const found = rules.flatMap((rule) => rule.find(text).map((one): PhiSpan => ({ ...one, by: rule.name })));
  const again = repeatedNames(text, found).map((one): PhiSpan => ({ ...one, by: "repeated name" }));
  return apart([...found, ...again]);
}

/** Of spans that overlap the one that starts first, of these the longest, of these the one that was found first. */
function apart(found: readonly PhiSpan[]): PhiSpan[] {
  const ordered = found.toSorted((a, b) => a.start - b.start || b.end - a.end); // stable: the order of the rules decides
  const kept: PhiSpan[] = [];
  let end = -1;
  for (const span of ordered) {
    if (span.start >= end) kept.push(span);
    else if (span.end > end) kept.push({ ...span, start: end }); // what sticks out is identifying too
    end = Math.max(end, span.end);
  }
  return kept;
}
