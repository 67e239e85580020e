/** Doses changed: a number with its unit. @module */

import { changedItems, type ChangeKind, matched } from "./changes.ts";

/** Units behind a number, English and Spanish, longest first. */
export const UNITS =
  "micrograms?|microgramos?|milligrams?|miligramos?|grams?|gramos?|millilitres?|milliliters?|mililitros?|litres?|liters?|litros?|" +
  "mmol|µmol|umol|mEq|mmHg|mcg|µg|ug|mg|kg|ng|pg|g|ml|mL|dl|dL|µl|cl|L|l|units?|unidades|UI|IU|U|puffs?|drops?|gotas|tablets?|" +
  "comprimidos?|capsules?|cápsulas?|cm|mm|%|bpm|lpm|ºC|°C";

/** What may stand between: `mg/kg/day`. */
const PER = "(?:\\s?\\/\\s?(?:kg|g|mg|m[²2]|min|h|hr|hour|day|día|d|dL|dl|mL|ml|L|l))*";
const NUMBER = "\\d+(?:[.,]\\d+)*";
const dose = new RegExp(`(?<![\\p{L}\\d])${NUMBER}\\s?(?:${UNITS})(?![\\p{L}\\d])${PER}`, "gu");

/**
 * Quantities with a unit, doses before all, that are not what they were: the number, the unit, or both.
 *
 * @example
 * ```ts
 * import { hunks } from "./align.ts";
 * import { doses } from "./doses.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = (text: string) => ({ id: "a", text, spans: [], meta: {} });
 * const [real, synthetic] = ["ramipril 5 mg, heparin 40 mg", "ramipril 50 mg, heparin 40mg"].map(letter);
 * const { items, changes } = doses.compare(real!, synthetic!, hunks(real!.text, synthetic!.text));
 * deepEqual([items, changes.map(({ how }) => how)], [2, ["changed"]]);
 * ```
 */
export const doses: ChangeKind = {
  name: "doses-changed",
  title: "doses changed",
  signature: "changes|of:numbers with units|at:word diff|v1",
  compare: ({ text: real }, { text: synthetic }, hunks) =>
    changedItems(matched(real, dose), matched(synthetic, dose), hunks),
};
