import type { PhiKind } from "../labels.ts";
import { type Found, gated, type KindPattern, matches, type PhiRule } from "./rule.ts";

/** What identifies by number: capitals, digits and marks between, three digits at least. */
const value = String
  .raw`(?<phi>(?=(?:[\p{Lu}./_ -]*\d){3})[\p{Lu}\p{N}](?:[\p{Lu}\p{N}]|[-./_](?=[\p{Lu}\p{N}])|[ ](?=\d{2,}|\p{Lu}{1,2}\d|\p{Lu}(?!\p{L})))*)(?!\p{L})`;
const numberOf = String
  .raw`(?i:no|nos|num|number|nr|nº|n\.º|núm|número|id|code|ref|reg|reference)(?!\p{L})[.]?|#`;

/** For each kind the words that are said of numbers alone, and those that are also said of other things. */
const labels: readonly (readonly [PhiKind, string, string])[] = [
  ["SSN", "ssn|social security|s\\.s\\.n", ""],
  [
    "MRN",
    "mrn|m\\.r\\.n|medical record|nhs|chi|nhc|nif|dni|nie|cipa?|historia clínica|hospital no|unit no|chi/nhs|chart",
    "hospital|hosp|unit|patient|pt|record|case notes|file|historia|paciente|ed",
  ],
  [
    "HEALTH_PLAN",
    "member|membership|policy|medicare|medicaid|subscriber|nass|póliza|afiliación|seguridad social",
    "plan|insurance|insurer|beneficiary|group|aseguramiento|mutua",
  ],
  ["ACCOUNT", "account|acct|iban|sort code|guarantor|cuenta|factura|invoice|a/c", "billing"],
  ["VEHICLE", "number plate|license plate|vin|car reg|matrícula|bastidor", "plates?|vehicle"],
  [
    "LICENSE",
    "gmc|nmc|hcpc|gphc|gdc|npi|dea|licen[cs]e|passport|colegiad[oa]|n[º°]? ?col|pasaporte",
    "lic|registration|reg|certificate|cert|pin|licencia|permit",
  ],
  [
    "DEVICE",
    "serial|s/n|sn|udi|lot/serial|número de serie|nº serie",
    "device|implant|pacemaker|lot|model|batch|lote",
  ],
  [
    "ID",
    "accession|specimen|histology|participant|episodio|claim|badge",
    "id|ref|reference|case|sample|trial|study|subject|episode|visit|encounter|admission|referral|lab|order|ticket|incident|call sign|log|" +
    "username|user|identificador|identificación",
  ],
];

/** One pattern for the words of all kinds, each kind's in a group of its name. */
const anyOf = (which: 1 | 2, marker: string) => {
  const groups = labels.flatMap((row) => row[which] === "" ? [] : [`(?<${row[0]}>${row[which]})`]).join("|");
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?i:${groups})(?!\p{L})[\s.]*${marker}\s*(?:is\s+)?${value}`,
    "gu",
  );
};
const announced = [
  anyOf(1, String.raw`(?:(?:${numberOf})[\s.]*)*[:#=(]?`),
  anyOf(2, String.raw`(?:(?:${numberOf})[\s.]*[:#=(]?|[:#=])`), // with a colon or a word for "number" between
];

/** Numbers by their form. */
const forms: readonly KindPattern[] = [
  ["SSN", /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g],
  ["VEHICLE", /(?<![\p{L}\p{N}-])[A-Z]{2}\d{2} ?[A-Z]{3}(?![\p{L}\p{N}-])/gu], // as British plates are written
  ["MRN", /(?<![\p{L}\p{N}.,/-])\d{3} \d{3} \d{4}(?![\d,.]*\d)/gu], // as the NHS writes its numbers
  // As Spain writes its identity numbers. What stands before is looked at last, where digits have been found.
  ["MRN", /\d{8}-?[A-Z](?![\p{L}\p{N}])(?<=(?<![\p{L}\p{N}])\d{8}-?[A-Z])/gu],
  ["HEALTH_PLAN", /(?<![\p{L}\p{N}/])\d{2}[ /-]?\d{8}[ /-]?\d{2}(?![\p{L}\p{N}])/gu],
  ["ID", /(?<![\p{L}\p{N}.,/+-])\d{6,}(?![\d.,]*\d|[\p{L}%])/gu],
  [
    "ID",
    /(?<![\p{L}\p{N}.,/+-])(?=[\p{Lu}\d/-]*\d[\p{Lu}\d/-]*\d[\p{Lu}\d/-]*\d[\p{Lu}\d/-]*\d)(?=[\d/-]*\p{Lu})[\p{Lu}\d]+(?:[-/][\p{Lu}\d]+)*(?![\p{L}\p{N}])/gu,
  ],
];

/** Numbers and codes that are somebody's: behind a word that says of what, or too long to be a measurement. */
export const numbers: PhiRule = gated(
  "identifying number",
  /\d(?:[\p{Lu}./_ -]{0,3}\d){2}|[A-Z]{2}\d{2} ?[A-Z]{3}/u,
  (text) => [
    ...announced.flatMap((pattern) => Array.from(text.matchAll(pattern), announcedIn)),
    ...forms.flatMap(([label, pattern]) => matches(text, label, pattern)),
  ],
);

function announcedIn(match: RegExpExecArray): Found {
  const end = match.index + match[0].length;
  const label = labels.find(([kind]) => match.groups?.[kind] !== undefined)?.[0] ?? "ID";
  return { start: end - (match.groups?.["phi"] ?? "").length, end, label };
}
