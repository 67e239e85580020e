import { foundAround, gated, type KindPattern, matches, type PhiRule } from "./rule.ts";

const months =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|" +
  "dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre";
const weekdays =
  "mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thur?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|" +
  "lunes|martes|miércoles|jueves|viernes|sábado|domingo";
const year = String.raw`(?:1[89]|20)\d{2}`;
const day = String.raw`(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|º|er)?`;
const month = String.raw`(?:0?[1-9]|1[0-2])`;
/** Stands before a date, and belongs to it. */
const weekdayBefore = new RegExp(String.raw`(?<!\p{L})(?:${weekdays})\.?,?\s+(?:the\s+)?$`, "iu");
const seasons = "spring|summer|autumn|fall|winter|primavera|verano|otoño|invierno";
const feasts =
  "christmas(?: eve| day)?|xmas|boxing day|new year(?:['’]?s)?(?: day| eve)?|easter(?: sunday| monday)?|thanksgiving|halloween|" +
  "labou?r day|memorial day|mother['’]s day|father['’]s day|valentine['’]s day|hanukkah|diwali|ramadan|navidad|nochebuena|semana santa";

/** Not inside a longer number, a fraction or a word. */
const left = String.raw`(?<![\p{L}\p{N}/.,-]|\d:)`;
const right = String.raw`(?![\p{L}\p{N}]|[/.,-]\d)`;
const make = (source: string) => new RegExp(`${left}${source}${right}`, "giu");

/** Dates with a word for a month, a season or a feast; … */
const worded: readonly KindPattern[] = [
  [
    "DATE",
    make(
      String
        .raw`(?:the\s+)?${day}(?:\s*(?:-|–|to|and|y|al?)\s*${day})?[\s.-]*(?:of\s+|de\s+)?(?:${months})\b\.?,?(?:[\s-]*(?:de\s+|del\s+)?(?:${year}|['’]\d{2}|(?<=-)\d{2}))?`,
    ),
  ],
  [
    "DATE",
    make(String.raw`(?:${months})\.?\s+${day}(?:\s*(?:-|–|to|and)\s*${day})?(?:,?\s+${year})?`),
  ],
  [
    "DATE",
    make(
      String
        .raw`(?:(?:early|mid|late)[\s-]+)?(?:${months}|${seasons})\b\.?,?[\s-]*(?:of\s+|de\s+|del\s+)?(?:${year}|['’]\d{2})`,
    ),
  ],
  // A month alone: in full, with a capital in English, where no verb ("may") is meant.
  [
    "DATE",
    /(?<![\p{L}\p{N}])(?:January|February|April|June|July|August|September|October|November|December)(?![\p{L}\p{N}])/gu,
  ],
  [
    "DATE",
    /(?<=(?:[Ii]n|[Ss]ince|[Ll]ast|[Uu]ntil|[Ff]rom|[Bb]y|[Tt]o|[Oo]f|[Ee]arly|[Mm]id|[Ll]ate|[Bb]efore|[Aa]fter)[\s-])(?:March|May|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?![\p{L}\p{N}])/gu,
  ],
  [
    "DATE",
    /(?<=(?:en|desde|hasta|de)\s)(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)(?!\p{L})/giu,
  ],
  ["DATE", make(feasts)],
];
/** … and those in numbers alone. */
const numeric: readonly KindPattern[] = [
  [
    "DATE",
    make(String.raw`(?:${day}|${month})\s?([/.-])\s?(?:${day}|${month})\s?\1\s?(?:${year}|\d{2})`),
  ],
  ["DATE", make(String.raw`${year}([/.-])${month}\1${day}`)],
  ["DATE", make(String.raw`${month}/${year}`)],
  [
    "DATE",
    make(
      String
        .raw`(?:años?\s+)?(?:19[2-9]|20[0-4])\d(?:s|['’]s)?(?!\s*(?:ml|mg|kcal|steps|x|cc|units|hours?|hrs?|h\b))`,
    ),
  ],
  [
    "DATE",
    new RegExp(
      String
        .raw`(?<=(?:\bon|\bsince|\bfrom|\bdated?|\buntil|\bto|\bof|\bby|\bel|\bdía)\s)${day}/${month}${right}`,
      "giu",
    ),
  ],
  [
    "DATE",
    /(?<![\p{L}\p{N}/.,-])(?:0[1-9]|[12]\d|3[01])\/(?:0[1-9]|1[0-2])(?![\p{L}\p{N}/%-])(?<=0\d\/\d\d|\d\d\/0\d)/gu,
  ], // 01/02
  [
    "DATE",
    /(?<=(?:[Ss]ince|[Oo]n|[Uu]ntil|[Bb]efore|[Aa]fter|[Bb]y|[Ff]rom|[Tt]he)\s(?:the\s)?)(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?=[\s]*[,.;:)\n]|\s(?:and|to|for|at|of|with)\s)(?!\sof\s(?!\p{Lu}))/gu,
  ],
];
const anyWord = new RegExp(String.raw`(?<!\p{L})(?:${months}|${seasons}|${feasts})(?!\p{L})`, "iu");
const find = (patterns: readonly KindPattern[]) => (text: string) =>
  patterns.flatMap(([label, pattern]) => matches(text, label, pattern));
const [findWorded, inNumbers] = [find(worded), gated("date", /\d/, find(numeric))];

/** Days, months and years in numbers or words, with their weekday; years alone; feasts. No bare weekdays, clock times or durations. */
export const dates: PhiRule = {
  name: "date",
  find: (text) =>
    [...foundAround(text, anyWord, findWorded), ...inNumbers.find(text)].map((found) => {
      const weekday = weekdayBefore.exec(text.slice(Math.max(0, found.start - 18), found.start))?.[0] ?? "";
      return { ...found, start: found.start - weekday.length };
    }),
};
