/** Record numbers, other codes and telephone numbers in other forms. @module */

import { type Change, ofEdits, ofMentions } from "./change.ts";

const ids = { factor: "ids" };
const phones = { factor: "phones" };
const codes = ["id", "vehicle"] as const;
/** A word that says what follows: "MRN:", "NHS number ". */
const announced = /(?<=^|[\s(,;|])[\p{L}/#º°-]+(?:[ \t](?:no|nº|num|number|número))?[ \t]?[:#.]?[ \t]*$/iu;
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "");
const inGroups = (text: string, sizes: readonly number[], between: string) => {
  const groups: string[] = [];
  let at = 0;
  for (let i = 0; at < text.length; i++) {
    const size = sizes[i] ?? sizes.at(-1) ?? text.length;
    groups.push(text.slice(at, at + size));
    at += size;
  }
  return groups.join(between);
};

/** Codes with other separators and letters, and without the word that says what they are. */
export const idForms: readonly Change[] = [
  ofMentions({ ...ids, name: "ids without separators" }, codes, ({ text }) => bare(text)),
  ofMentions({ ...ids, name: "ids in groups of three" }, codes, ({ text }) => inGroups(bare(text), [3], " ")),
  ofMentions({ ...ids, name: "ids with letters before them", drawn: true }, codes, ({ text }, chance) => {
    const letter = () => "ABCDEFGHJKLMNPRSTUVWXYZ".charAt(chance.below(23));
    return /^\d/.test(text) ? `${letter()}${letter()}${text}` : text;
  }),
  ofEdits({ ...ids, name: "ids without their word", reach: "beside" }, codes, ({ start, before }) => {
    const found = announced.exec(before)?.[0] ?? "";
    return found === "" ? [] : [{ start: start - found.length, end: start, text: "" }];
  }),
];

/** Telephone numbers with other separators, and without the word that says what they are. */
export const phoneForms: readonly Change[] = [
  ofMentions(
    { ...phones, name: "phones without separators" },
    ["phone"],
    ({ text }) => digitsAs(text, (d) => d),
  ),
  ofMentions(
    { ...phones, name: "phones with dots" },
    ["phone"],
    ({ text }) => digitsAs(text, (d) => inGroups(d, [3, 3, 4], ".")),
  ),
  ofMentions(
    { ...phones, name: "phones in pairs" },
    ["phone"],
    ({ text }) => digitsAs(text, (d) => inGroups(d, [2], " ")),
  ),
  ofMentions(
    { ...phones, name: "phones with a country code" },
    ["phone"],
    ({ text, language }) =>
      digitsAs(text, (d) => {
        if (language === "es") return `+34 ${inGroups(d, [3], " ")}`;
        return d.startsWith("0")
          ? `+44 ${inGroups(d.slice(1), [4, 6], " ")}`
          : `+1 ${inGroups(d, [3, 3, 4], "-")}`;
      }),
  ),
  ofEdits(
    { ...phones, name: "phones without their word", reach: "beside" },
    ["phone"],
    ({ start, before }) => {
      const found = announced.exec(before)?.[0] ?? "";
      return found === "" ? [] : [{ start: start - found.length, end: start, text: "" }];
    },
  ),
];

/** Numbers of nine to eleven digits without a country code or extension; others stay. */
function digitsAs(text: string, form: (digits: string) => string): string {
  const digits = text.replace(/\D/g, "");
  return /[\p{L}+]/u.test(text) || digits.length < 9 || digits.length > 11 ? text : form(digits);
}
