/** Numbers, codes and addresses of mail and machines as people write them. @module */

import type { Random } from "../../random.ts";
import type { Person } from "./cast.ts";
import { formed, pick, weighted } from "./choice.ts";
import { englishMaterial, listOf } from "./lists.ts";

/** What {@linkcode writtenNumber} can write. */
export type NumberSort =
  | "phone"
  | "pager"
  | "ssn"
  | "mrn"
  | "plan"
  | "acct"
  | "lic"
  | "plate"
  | "serial"
  | "id"
  | "vin"
  | "ip";

/** A number or code of a sort, in one of its forms: `english/forms.txt`. */
export function writtenNumber(chance: Random, sort: NumberSort): string {
  const { forms } = englishMaterial();
  if (sort === "vin") {
    return Array.from({ length: 17 }, () => pick(chance, [..."ABCDEFGHJKLMNPRSTUVWXYZ0123456789"])).join("");
  }
  if (sort !== "ip") return formed(chance, pick(chance, listOf(forms, sort)));
  const byte = () => chance.below(256);
  const hex = () => chance.below(65536).toString(16);
  return weighted(chance, [
    [60, `${byte()}.${byte()}.${byte()}.${byte()}`],
    [30, formed(chance, pick(chance, listOf(forms, "ipv4")))],
    [6, `2001:db8:${hex()}::${hex()}`],
    [4, Array.from({ length: 8 }, hex).join(":")],
  ]);
}

const HOSTS =
  "gmail.com yahoo.com outlook.com hotmail.com icloud.com aol.com protonmail.com comcast.net nhs.net example.com example.org mail.com health.org hospital.org clinic.net med.edu"
    .split(" ");
const SITES =
  "mychart healthportal carelink patientgateway clinicconnect caringbridge gofundme facebook instagram linkedin medrecords hospital familyblog tiktok x myhealth"
    .split(" ");

/** An address of electronic mail that somebody of the name may have. */
export function emailOf(chance: Random, person: Person, town: string): string {
  const [first, last] = [plain(person.first), plain(person.last)];
  const number = chance.next() < 0.4 ? String(chance.below(100)) : "";
  const box = weighted(chance, [
    [40, `${first}.${last}${number}`],
    [20, `${first.charAt(0)}${last}${number}`],
    [12, `${first}${last}${number}`],
    [10, `${first}_${last}${number}`],
    [6, `${last}.${first.charAt(0)}`],
    [6, `${first}${number || 7}`],
    [6, `${plain(town)}${pick(chance, ["mom", "fan", "guy", "runner", "nurse"])}${number}`],
  ]);
  const host = chance.next() < 0.8
    ? pick(chance, HOSTS)
    : `${plain(town)}${pick(chance, ["health", "med", "clinic", ""])}.${
      pick(chance, ["org", "com", "net", "co.uk"])
    }`;
  return `${box}@${host}`;
}

/** A web page of somebody or of a portal. */
export function urlOf(chance: Random, person: Person, town: string): string {
  const who = `${plain(person.first)}${pick(chance, [".", "-", "", "_"])}${plain(person.last)}`;
  const site = chance.next() < 0.6
    ? `${pick(chance, SITES)}.com`
    : `${plain(town)}${pick(chance, ["health", "hospital", "clinic", ""])}.${
      pick(chance, ["org", "com", "net"])
    }`;
  const path = pick(chance, [
    `/${who}`,
    `/patients/${formed(chance, "89999")}`,
    `/records/${formed(chance, "XXXXXX")}`,
    "",
    `/p/${who}?id=${formed(chance, "899")}`,
    `/u/${who}`,
  ]);
  return pick(chance, ["https://", "https://www.", "http://", "www.", ""]) + site + (path || "/login");
}

/** A name that somebody logs in by. */
export function userOf(chance: Random, person: Person): string {
  const [first, last] = [plain(person.first), plain(person.last)];
  return pick(chance, [
    ...[
      `${first.charAt(0)}${last}`,
      `${first}.${last}`,
      `${first}${chance.below(100)}`,
      `${last}_${chance.below(1000)}`,
    ],
    ...[
      `@${first}_${last}`,
      `${first.charAt(0)}${last.slice(0, 4)}${chance.below(90) + 10}`,
      `dr_${last}`,
      `nurse${first}`,
    ],
  ]);
}

function plain(name: string): string {
  return name.normalize("NFD").replace(/[^A-Za-z]/g, "").toLowerCase();
}
