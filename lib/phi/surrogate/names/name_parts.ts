/** What the words of a mention of a person are. @module */

import { folded } from "../like.ts";

const set = (words: string) => new Set(words.split(" "));
const titles = set(
  "dr dra mr mrs ms miss mx prof professor sir dame lady lord nurse sister fr rev sr sra srta don doña dña dr. doctor doctora " +
    "mister madam master lic ing hermano hermana",
);
const suffixes = set(
  "Jr Jr. Sr. II III IV MD M.D. DO PhD RN NP PA PA-C FRCP FRCS MRCP BSc MBBS DDS DPM LCSW CRNA APRN ARNP",
);
const particles = set(
  "de del la las los y i e van der den von da das do dos di du le bin ibn al el ter ten of the ap st san santa abu umm d' and",
);

/** Titles before which a name alone is a surname, and those before which it is a first name. */
export const surnameTitles =
  /(?:^|[^\p{L}])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Nurse|Doctor|Sister|Sr|Sra|Srta|Dra|Lord|messrs|drs)\.?\s+$/iu;
const givenTitles = /(?:^|[^\p{L}])(?:D|Dª|Dña|Don|Doña|Sir|Dame)\.?\s+$/u;

/** A word of a mention. */
export interface NamePart {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** `initials`: one letter, or letters run together ("J.O."). */
  readonly role: "given" | "surname" | "initial" | "initials" | "word" | "fixed";
}

/** Cuts a mention in words; titles, suffixes and particles are `fixed`. Of the others the role is yet to be told (`word`). */
export function nameParts(mention: string): NamePart[] {
  const found: NamePart[] = [];
  for (const { 0: token, index } of mention.matchAll(/[\p{L}\p{M}][\p{L}\p{M}'’.ªº]*/gu)) {
    let text = token.replace(/['’]s$/iu, "").replace(/['’]+$/u, "");
    const initials = /^(?:\p{Lu}\.?){1,4}$/u.test(text) &&
      (text.includes(".") || text.length === 1 || isInitials(text, mention));
    if (!initials) text = text.replace(/\.+$/, "");
    if (text === "") continue;
    const lower = text.toLowerCase();
    const first = found.length === 0;
    const place = { start: index, end: index + text.length, text };
    const title = titles.has(lower.replace(/\.$/, "")) &&
      (first || found.every(({ role }) => role === "fixed"));
    const particle = particles.has(lower) &&
      (text === lower || (!first && /^(?:de|del|la|las|los|van|von|der|y|al|el)$/i.test(text)));
    const count = text.match(/\p{Lu}/gu)?.length ?? 0;
    if (
      title || (!first && (suffixes.has(text) || isCredential(text, index, mention))) || particle ||
      /^(?:d|dª|dña|mª|m\.[aª])\.?$/iu.test(text) && first && !initials
    ) {
      found.push({ ...place, role: "fixed" });
    } else if (initials) found.push({ ...place, role: count > 1 ? "initials" : "initial" });
    else found.push({ ...place, role: "word" });
  }
  return found;
}

/** "PA-C", and "BSN" behind a comma, where names are not written in capitals. */
function isCredential(text: string, index: number, mention: string): boolean {
  const before = mention.slice(0, index);
  return /-$/.test(before) && /(?:PA|ARNP|RN|NP)-$/.test(before) ||
    /^\p{Lu}{2,6}$/u.test(text) && before.includes(",") && /\p{Ll}/u.test(before);
}

/** "JO" or "AMG" alone; in a mention that is all capitals short words are names. */
function isInitials(text: string, mention: string): boolean {
  return text.length <= 3 && mention.trim().replace(/['’]s$/u, "") === text;
}

/** What stands before a mention and says what it is. */
export interface NameSetting {
  /** Up to 40 characters before it. */
  readonly before: string;
  readonly language: "en" | "es";
  /** For a name alone where nothing else says which it is. */
  readonly alone: "given" | "surname";
  isGiven(word: string): boolean;
  /** In this letter. */
  isSeenGiven(word: string): boolean;
  isSurname(word: string): boolean;
}

/** Tells first names from surnames, by commas, order, fields ("Apellidos:") and titles. */
export function withRoles(mention: string, parts: readonly NamePart[], setting: NameSetting): NamePart[] {
  const words = parts.filter(({ role }) => role === "word");
  const units = unitsOf(mention, words);
  const comma = mention.indexOf(",");
  const givens = givenUnits(mention, parts, units, setting);
  return parts.map((part) => {
    if (part.role !== "word") return part;
    const inverted = comma > 0 && units.some(([first]) => first !== undefined && first.start > comma) ||
      comma > 0 &&
        parts.some(({ role, start }) => role === "initial" && start > comma);
    const unit = units.findIndex((one) => one.includes(part));
    const given = inverted ? part.start > comma : unit < givens;
    return { ...part, role: given ? "given" : "surname" };
  });
}

/** Words that hyphens join are one. */
function unitsOf(mention: string, words: readonly NamePart[]): NamePart[][] {
  const units: NamePart[][] = [];
  for (const word of words) {
    const last = units.at(-1)?.at(-1);
    if (last && mention.slice(last.end, word.start) === "-") units.at(-1)?.push(word);
    else units.push([word]);
  }
  return units;
}

/** How many of the units are first names. */
function givenUnits(
  mention: string,
  parts: readonly NamePart[],
  units: readonly (readonly NamePart[])[],
  { before, language, alone, isGiven, isSeenGiven, isSurname }: NameSetting,
): number {
  const count = units.length;
  const word = (index: number) => folded(units[index]?.[0]?.text ?? "");
  const inside = mention.slice(0, units[0]?.[0]?.start ?? 0);
  const ahead = inside.trim() === "" ? before + inside : inside;
  if (/apellidos?\s*:?\s*$/iu.test(before) && !/nombre y apellidos/iu.test(before)) return 0;
  if (/(?:nombre|first name|forename)s?\s*:\s*$/iu.test(before) && (count < 2 || language === "es")) {
    return count;
  }
  if (/(?:surname|last name|family name)s?\s*:\s*$/iu.test(before)) return 0;
  const initialFirst = parts.find(({ role }) => role !== "fixed")?.role === "initial";
  if (count === 1) {
    if (initialFirst || surnameTitles.test(ahead)) return 0;
    if (parts.some(({ role }) => role === "initial")) return 1; // Zephyrin M.
    if (givenTitles.test(ahead)) return 1;
    if (/s$/.test(word(0)) && isSurname(word(0).replace(/s$/, ""))) return 0; // "the Ortegas"
    if (isSurname(word(0)) !== isGiven(word(0))) return isGiven(word(0)) ? 1 : 0;
    return alone === "given" ? 1 : 0;
  }
  if (initialFirst) return 0;
  if (language === "en") return count - 1;
  if (count === 2 && isSeenGiven(word(0)) && isSeenGiven(word(1)) && !isSurname(word(1))) return 2;
  if (count === 2) return !isGiven(word(0)) && isSurname(word(0)) && isSurname(word(1)) ? 0 : 1;
  if (count === 3) return isGiven(word(0)) && isGiven(word(1)) && !isSurname(word(1)) ? 2 : 1;
  return count - 2;
}
