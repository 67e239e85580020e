/** The patient's gender, as the letter says it. @module */

import type { Letter } from "../../../corpus/letter.ts";
import type { Language } from "../../../text/language.ts";
import type { Gender } from "./origin.ts";

const english = [
  /\b(?:she|her|hers|woman|lady|female|girl|Mrs|Ms|Miss|gravida|pregnant)\b/gi,
  /\b(?:he|his|him|man|gentleman|male|boy|Mr)\b/gi,
] as const;
const spanish = [
  /(?<!\p{L})(?:mujer|paciente femenina|niña|femenino|embarazada|gestante|ella|anciana)(?!\p{L})/giu,
  /(?<!\p{L})(?:varón|hombre|niño|masculino|anciano)(?!\p{L})/giu,
] as const;

/** By a marked sex, else by the words for the patient where they are at least twice as many of one gender. */
export function patientGender({ text, spans }: Letter, language: Language): Gender {
  for (const { label, start, end } of spans) {
    if (!label.startsWith("SEXO")) continue;
    const sex = text.slice(start, end).toLowerCase();
    if (/^(?:m|mujer|f|femenin[oa]|niña|anciana)$/.test(sex)) return "female";
    if (/^(?:h|v|varón|hombre|masculin[oa]|niño)$/.test(sex)) return "male";
  }
  const [female = 0, male = 0] = (language === "es" ? spanish : english).map((words) =>
    text.match(words)?.length ?? 0
  );
  if (female >= 2 * male && female > 0) return "female";
  return male >= 2 * female && male > 0 ? "male" : "either";
}
