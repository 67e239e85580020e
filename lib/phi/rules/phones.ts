import { patternRule } from "./rule.ts";

/** A number as people write it to be called, of so many digits at least. */
const number = (digits: number) =>
  String
    .raw`(?<phi>(?=(?:[+()\-. /–]*\d){${digits}})\+?\(?\d(?:[\d()\- –]|[./](?=\d{2,}))*\d(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?)`;
const behind = (words: string, digits: number) =>
  new RegExp(
    String
      .raw`(?<![\p{L}\p{N}])(?:${words})(?!\p{L})[\s.:;#(]*(?:(?:no|num|nº|number|número|line|is|on|at|a|al|de|en|el|to)(?!\p{L})[\s.:]*){0,2}${
      number(digits)
    }`,
    "giu",
  );

/** Telephone, pager and fax numbers: behind a word that announces one, or in a form that nothing else has. */
export const phones = patternRule("telephone number", [
  ["FAX", behind("fax|facsimile|fax no", 5)],
  ["FAX", behind("f(?=:)", 9)],
  [
    "PHONE",
    behind(
      "tel|telephones?|telephoned|phones?|phoned|mobile|mob|cell|home|work|landline|call|called|ring|rang|contact|hotline|helpline|dial|direct line|" +
        "switchboard|voicemail|text|teléfonos?|telf|tfno|tlf|tlfno|móvil|llamar|centralita",
      6,
    ),
  ],
  ["PHONE", behind("pager|page|paged|bleep|bleeped|beeper|ext|extension|extn", 3)],
  ["PHONE", behind("(?:t|m|ph|p)(?=[:.])", 9)],
  ["PHONE", /(?<![\d.\/-])(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-. –]\d{4}(?![\d\/-])/g], // 212-555-0100
  ["PHONE", /(?<![\d.\/-])555-\d{4}(?![\d\/-])/g],
  ["PHONE", /(?<![\d.\/-])(?:\+44 ?\(?0?\)?|0)\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}(?!\d)/g], // 01632 960001
  ["PHONE", /(?<![\d.\/-])\+\d{1,3}[ -]\d[\d -]{6,14}\d/g],
  ["PHONE", /(?<![\d.\/-])[679]\d{2}(?:[ -]\d{3}[ -]\d{3}|(?:[ -]\d{2}){3})(?!\d)/g], // 912 34 56 78
], /\d(?:[()\-. –]{0,2}\d){2}/u);
