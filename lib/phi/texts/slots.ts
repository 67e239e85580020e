/** What stands in the slots of templates. @module */

import type { Random } from "../../random.ts";
import type { PhiKind } from "../labels.ts";
import { type Cast, castOf, nameOf } from "./cast.ts";
import { pick } from "./choice.ts";
import { type DateSort, writtenDate } from "./dates.ts";
import { listOf, type Lists } from "./lists.ts";
import type { NamePools } from "./name_pools.ts";
import { emailOf, type NumberSort, urlOf, userOf, writtenNumber } from "./numbers.ts";
import { Places } from "./places.ts";
import type { Segment } from "./segments.ts";
import type { Slots } from "./template.ts";

const PEOPLE = { pt: "PATIENT", dr: "CLINICIAN", dr2: "CLINICIAN", rel: "PERSON", rel2: "PERSON" } as const;
const DATES: ReadonlySet<string> = new Set(["date", "dates", "dob", "dm", "my", "year"] satisfies DateSort[]);
const NUMBERS = {
  ...{
    phone: "PHONE",
    fax: "FAX",
    pager: "PHONE",
    ssn: "SSN",
    mrn: "MRN",
    plan: "HEALTH_PLAN",
    acct: "ACCOUNT",
  },
  ...{ lic: "LICENSE", plate: "VEHICLE", vin: "VEHICLE", serial: "DEVICE", id: "ID", ip: "IP" },
} as const satisfies Record<NumberSort | "fax", PhiKind>;
/** Slots that identify nobody, by the list that they are drawn from. */
const LISTS: Readonly<Record<string, string>> = {
  ...{
    drug: "drugs",
    dose: "doses",
    freq: "freqs",
    problem: "problems",
    test: "tests",
    lab: "labs",
    vitals: "vitals",
  },
  ...{
    proc: "procedures",
    dur: "durations",
    when: "reltimes",
    ga: "gestations",
    gene: "genes",
    stage: "stages",
  },
  ...{
    trial: "trials",
    guide: "guidelines",
    epon: "eponyms",
    dept: "depts",
    spec: "drs_specialty",
    devname: "devices",
  },
  ...{ staff: "staff", facility: "facilities", heading: "headings" },
  ...{ job: "jobs", relation: "relations", may: "may_words", score: "scores" },
};
const AGES = "sixty-two forty seventy-five thirty-four fifty eighty-eight twenty-one".split(" ");

/** The slots of one text: the same people all through, a pharmacy or a date anew each time. */
export function slotsOf(chance: Random, lists: Lists, pools: NamePools): { slots: Slots; cast: Cast } {
  const cast = castOf(chance, pools);
  const places = new Places(chance, lists, pools);
  const [hospital, town] = [places.hospital(), places.town()];
  const usual = (one: string, other: () => string) => chance.next() < 0.5 ? one : other();
  const ptAge = 18 + chance.below(72);
  const female = cast.pt.gender === "female";
  const labelled: Readonly<Record<string, () => readonly [string, PhiKind]>> = {
    age: () => [
      chance.next() < 0.03 ? pick(chance, AGES) : String(chance.next() < 0.1 ? 1 + chance.below(17) : ptAge),
      "AGE",
    ],
    ageover: () => [String(90 + chance.below(14)), "AGE"],
    email: () => [emailOf(chance, pick(chance, Object.values(cast)), town), "EMAIL"],
    url: () => [urlOf(chance, cast.pt, town), "URL"],
    user: () => [userOf(chance, pick(chance, Object.values(cast))), "ID"],
    city: () => [usual(town, () => places.town()), "LOCATION"],
    citystate: () => [places.townAndState(), "LOCATION"],
    state: () => [places.state(), "LOCATION"],
    country: () => [places.country(), "LOCATION"],
    counties: () => [places.county(), "LOCATION"],
    place: () => [places.place(), "LOCATION"],
    zip: () => [places.zip(), "LOCATION"],
    street: () => [chance.next() < 0.6 ? places.street() : places.street().replace(/^\S+ /, ""), "LOCATION"],
    address: () => [places.address(), "LOCATION"],
    hosp: () => [usual(hospital, () => places.hospital()), "ORGANISATION"],
    org: () => [places.organisation(), "ORGANISATION"],
    school: () => [places.school(), "ORGANISATION"],
    insurer: () => [places.insurer(), "ORGANISATION"],
    pharm: () => [places.pharmacy(), "ORGANISATION"],
  };
  const plain: Readonly<Record<string, () => string>> = {
    sex: () => female ? "F" : "M",
    gender: () =>
      pick(chance, female ? ["woman", "female", "lady", "woman"] : ["man", "male", "gentleman", "man"]),
    he: () => female ? "she" : "he",
    He: () => female ? "She" : "He",
    his: () => female ? "her" : "his",
    His: () => female ? "Her" : "His",
    him: () => female ? "her" : "him",
    himself: () => female ? "herself" : "himself",
    num: () => String(1 + chance.below(9)),
    unit: () => unitOf(chance, lists),
  };
  const slots: Slots = (name): Segment => {
    const own = plain[name] ?? (LISTS[name] && (() => pick(chance, listOf(lists, LISTS[name] ?? ""))));
    if (own) return { text: own() };
    const made = labelled[name];
    if (made) {
      const [text, label] = made();
      return { text, label };
    }
    if (isDate(name)) return { text: writtenDate(chance, name), label: "DATE" };
    if (isNumber(name)) {
      return { text: writtenNumber(chance, name === "fax" ? "phone" : name), label: NUMBERS[name] };
    }
    const [who = "", form = ""] = name.split(".");
    if (!isPerson(who)) throw new Error(`no slot {${name}}. Correct the template.`);
    const person = cast[who];
    const written = form === "" && who.startsWith("rel") ? "f" : form;
    return { text: nameOf(chance, person, written), label: PEOPLE[who] };
  };
  return { slots, cast };
}

function isDate(name: string): name is DateSort {
  return DATES.has(name);
}

function isNumber(name: string): name is keyof typeof NUMBERS {
  return Object.hasOwn(NUMBERS, name);
}

function isPerson(name: string): name is keyof typeof PEOPLE {
  return Object.hasOwn(PEOPLE, name);
}

/** Part of a hospital, of which every hospital has one: it tells nothing. */
function unitOf(chance: Random, lists: Lists): string {
  const [stem, type] = ["unit_stems", "unit_types"].map((name) => pick(chance, listOf(lists, name)));
  const written = pick(chance, [`${stem} ${type}`, `${stem} ${type}`, `${stem}`, `Department of ${stem}`]);
  return pick(chance, [written, written, written, written.toLowerCase(), written.toUpperCase()]);
}
