/** From a conjugated Spanish verb to its infinitive. @module */

import { unstressed } from "./lexicon.ts";

const split = (text: string) => text.split(" ");

/** Endings of regular verbs, each with the infinitives' endings that they stand for. */
const endings: readonly (readonly [readonly string[], readonly string[]])[] = [
  [split("o as a amos an é aste ó aron aba abas ábamos aban e es emos en ara aran ase asen ando"), ["ar"]],
  [split("o es e emos en í iste ió imos ieron ía ías íamos ían a as amos an iera ieran iese iesen iendo"), [
    "er",
    "ir",
  ]],
  [split("yó yeron yendo yera yese yen ye ya"), ["er", "ir"]],
  [split("ará arán aré aría arían"), ["ar"]],
  [split("erá erán eré ería erían"), ["er"]],
  [split("irá irán iré iría irían"), ["ir"]],
];
const participles: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ad[oa]s?$/, ["ar"]],
  [/[ií]d[oa]s?$/, ["er", "ir"]],
];
/** Participles that no rule makes. */
const irregular = /(?:abiert|cubiert|dich|escrit|hech|muert|puest|resuelt|rot|vist|vuelt|impres)[oa]s?$/;
const attached = /(?:se|lo|la|los|las|le|les|me|te|nos)$/;
/** How a stem changes under stress or before a vowel, from the form back to the infinitive. */
const changes: readonly (readonly [RegExp, string])[] = [
  [/ue(?=[^aeiou]*$)/, "o"],
  [/ie(?=[^aeiou]*$)/, "e"],
  [/i(?=[^aeiou]+$)/, "e"],
  [/u(?=[^aeiou]+$)/, "o"],
  [/qu$/, "c"],
  [/c$/, "z"],
  [/gu$/, "g"],
  [/zc$/, "c"],
  [/j$/, "g"],
  [/í$/, "i"],
];

/** Whether a word in lower case is a form of one of the verbs, and whether it is the participle. */
export function verbForm(word: string, verbs: ReadonlySet<string>): false | "participle" | "other" {
  if (irregular.test(word)) return "participle";
  for (const [ending, infinitives] of participles) {
    const stem = word.replace(ending, "");
    if (stem !== word && infinitives.some((one) => verbs.has(stem + one))) return "participle";
  }
  if (isInfinitive(word, verbs)) return "other";
  const alone = word.replace(attached, ""); // "realizarse", "tratándola"
  if (
    alone !== word &&
    (isInfinitive(alone, verbs) || (/[áé]ndo$/.test(alone) && isConjugated(unstressed(alone), verbs)))
  ) {
    return "other";
  }
  return isConjugated(word, verbs) ? "other" : false;
}

function isInfinitive(word: string, verbs: ReadonlySet<string>): boolean {
  return verbs.has(word) || verbs.has(unstressed(word));
}

function isConjugated(word: string, verbs: ReadonlySet<string>): boolean {
  return endings.some(([forms, infinitives]) =>
    forms.some((form) => {
      if (!word.endsWith(form) || word.length < form.length + 2) return false;
      const stem = word.slice(0, -form.length);
      const stems = [stem, ...changes.map(([from, to]) => stem.replace(from, to))];
      return infinitives.some((infinitive) => stems.some((one) => verbs.has(one + infinitive)));
    })
  );
}
