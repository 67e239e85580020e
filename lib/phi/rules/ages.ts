import { type Found, foundAround, type PhiRule } from "./rule.ts";

const tens = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|teens";
const written =
  "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?";
const patterns: readonly RegExp[] = [
  new RegExp(
    String
      .raw`(?<![\p{L}\p{N}.,/])(?<phi>\d{1,3}|${written})(?=[\s-]*(?:y(?:ea)?rs?[\s-]*(?:-?old\b|of age\b)|y[./]?o\b|yom\b|yof\b|yr[\s-]*old|y\.o\.|months?[\s-]*old\b|weeks?[\s-]*old\b|days?[\s-]*old\b|m\/o\b))`,
    "giu",
  ),
  /(?<![\p{L}\p{N}])(?:age|aged|ages|edad)(?:\s+(?:is|of|at|de|actual))?[\s:]+(?<phi>\d{1,3})(?![\d./%])/giu,
  // With the unit, as the Spanish corpus marks it; not "hace 2 años", nor "durante 3 meses".
  /(?<!(?:hace|durante|de hace|desde hace|tras|unos|últimos|cada|en)\s)(?<![\p{L}\p{N}.,/])(?<phi>\d{1,3}\s*(?:(?:años|meses|días)(?=\s+de\s+(?:edad|vida))|años(?:\s+y\s+medio)?))(?=\s+de\s+(?:edad|vida)|\s*[,.;)\n]|\s+(?:que|con|sin|remitid|diagnosticad|natural|fumador|hipertens|diab|sexo|acud|y\s))/giu,
  /(?<=(?:var[óo]n|mujer|hombre|paciente|niñ[oa]|señora|señor|enferm[oa]|lactante|joven|adolescente|femenin[oa]|masculin[oa])\s(?:\p{L}+\s){0,3}de\s)(?<phi>\d{1,3}\s*(?:años|meses|días))/giu,
  /(?<=edad\s*:\s*)(?<phi>\d{1,3}\s*(?:años|meses|días))/giu,
  /(?<=\bage at (?:diagnosis|onset|death)\D{0,4})(?<phi>\d{1,3})/giu,
  /(?<=\b(?:at|turned|was|is|died at|dying at|nearly|now|just|from)\s)(?<phi>\d{2})(?=[,.;)]|\s+(?:of|from|with|and|when|after)\b)/giu,
  /(?<![\p{L}\p{N}.,/-])(?<phi>\d{2,3})(?=(?:\s?M|F)(?:\s|[,.;)]|$))/gu,
  /(?<=(?<!\p{L})[MF][ ,/]{1,2})(?<phi>\d{1,3})(?![\d./:%]|\p{L})/gu,
  /(?<=\p{Lu}[\p{L}'’-]+(?: \([^)\n]{1,12}\))?(?:, | \/ | \())(?<phi>\d{1,3})(?=[,;)]| \/|\s{2,}|\n| [a-z]+[ -](?:handed|man|woman|lady|gentleman))/gu,
  new RegExp(
    String.raw`(?<=\b(?:in (?:his|her|their|the)(?: (?:early|mid|late)[- ]?)?)\s?)(?<phi>${tens})\b`,
    "giu",
  ),
];

/** Every age that is written as one: before "-year-old" or "años", behind "aged" or "edad", in "68F". The number alone. */
export const ages: PhiRule = { name: "age", find: findAges };

/** Without one of these on a line there is no age over 89 on it. */
const high = /(?<!\d)(?:9\d|[1-9]\d\d)(?!\d)|ninet/iu;

/** Ages over 89, which the HIPAA Safe Harbor rule counts as identifying (45 CFR 164.514(b)(2)(i)(C)). */
export const agesOver89: PhiRule = {
  name: "age over 89",
  find: (text) =>
    foundAround(text, high, findAges).filter(({ start, end }) =>
      isOver89(text.slice(start, end), text.slice(end, end + 12))
    ),
};

function findAges(text: string): Found[] {
  return patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match): Found => {
      const end = match.index + match[0].length;
      return { start: end - (match.groups?.["phi"] ?? "").length, end, label: "AGE" };
    })
  );
}

/** Whether an age, by the letter's text from it on, is of more than 89 years: not of months, weeks or days. */
export function isOver89(age: string, behind: string): boolean {
  if (/^[\s-]*(?:m\/|month|week|day|mes|día)/iu.test(age.replace(/^\d+/, "") + behind)) return false;
  return Number.parseInt(age) > 89 || /^ninet/iu.test(age);
}
