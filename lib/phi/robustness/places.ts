/** Addresses and institutions written otherwise. @module */

import { type Change, ofMentions } from "./change.ts";
import { withStandIns } from "./stand_ins.ts";

const address = { factor: "addresses" };
const organisation = { factor: "organisations" };
const sorts = ["place", "street"] as const;
const short: readonly (readonly [string, string])[] = [
  ...([["Street", "St"], ["Road", "Rd"], ["Avenue", "Ave"], ["Lane", "Ln"], ["Drive", "Dr"], [
    "Court",
    "Ct",
  ]] as const),
  ...([["Close", "Cl"], ["Crescent", "Cres"], ["Terrace", "Terr"], ["Place", "Pl"], [
    "Square",
    "Sq",
  ]] as const),
  ...([["Boulevard", "Blvd"], ["Calle", "C/"], ["Avenida", "Avda."], ["Plaza", "Pza."], [
    "Carretera",
    "Ctra.",
  ]] as const),
];
const what =
  /(?:,?\s+(?:of|for|at|de|del)\s+\S+)*[ ,]*(?<!\p{L})(?:Hospital|Infirmary|Clinic|Surgery|Practice|Trust|University|School|College|Centre|Center|Group|Ltd|Limited|Inc|Pharmacy|Institute|Insurance|Medical|Health|NHS|Foundation|General|Care|Home)(?!\p{L})/giu;

/** Streets in short and without their word, addresses without numbers and in small letters, and other places. */
export const addressForms: readonly Change[] = [
  ofMentions(
    { ...address, name: "street words in short" },
    sorts,
    ({ text }) =>
      short.reduce((whole, [word, one]) => whole.replace(new RegExp(`\\b${word}\\b`, "gu"), one), text),
  ),
  ofMentions(
    { ...address, name: "streets without their word" },
    sorts,
    ({ text }) =>
      short.reduce((whole, [word]) => whole.replace(new RegExp(`\\b${word}\\b ?`, "gu"), ""), text)
        .replace(/ +(?=,|$)/g, ""),
  ),
  ofMentions(
    { ...address, name: "addresses without numbers" },
    sorts,
    ({ text }) => text.replace(/(?<![\p{L}\p{N}])\d+\w?,? ?/gu, "").replace(/[\s,]+$/u, ""),
  ),
  ofMentions({ ...address, name: "addresses in small letters" }, sorts, ({ text }) => text.toLowerCase()),
  withStandIns({ ...address, name: "other places" }, ["place", "street", "country"]),
];

/** Institutions by their initials, without the word that says what they are, in small letters, and others. */
export const organisationForms: readonly Change[] = [
  ofMentions({ ...organisation, name: "organisations by their initials" }, ["organisation"], ({ text }) => {
    const capitals = text.match(/(?<![\p{L}'’])\p{Lu}/gu) ?? [];
    return capitals.length < 2 ? text : capitals.join("");
  }),
  ofMentions(
    { ...organisation, name: "organisations without their word" },
    ["organisation"],
    ({ text }) => text.replace(what, "").trim() || text,
  ),
  ofMentions(
    { ...organisation, name: "organisations in small letters" },
    ["organisation"],
    ({ text }) => text.toLowerCase(),
  ),
  withStandIns({ ...organisation, name: "other organisations" }, ["organisation"]),
];
