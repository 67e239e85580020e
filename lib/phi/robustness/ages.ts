/** Ages in other forms. @module */

import { type Change, ofEdits, ofMentions } from "./change.ts";

const factor = "age formats";
const ones =
  ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
    .split(" ");
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const unit = /^[\s-]*(?:years?[\s-]*old|year[\s-]old|y\/o|yo|y\.o\.|yr[\s-]*old)(?!\p{L})/iu;

const unos =
  ("cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte " +
    "veintiún veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve")
    .split(" ");
const decenas = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" ");

/** Ages in words, as "72yo" and "72 y.o." in English, and the unit taken away. */
export const ageFormats: readonly Change[] = [
  ofMentions({ factor, name: "ages in words" }, ["age"], ({ text, language }) => {
    const age = Number(/^\d{1,3}(?!\d)/.exec(text)?.[0] ?? NaN);
    if (!(age < 120)) return text;
    if (language === "en") return /^\d+$/.test(text) ? inWords(age) : text;
    return text.replace(/^\d+/, enPalabras(age));
  }),
  ...([["ages as 72yo", "yo"], ["ages as 72 y.o.", " y.o."], ["ages without a unit", ""]] as const).map((
    [name, put],
  ) =>
    ofEdits({ factor, name, reach: "beside" }, ["age"], ({ end, after, text }) => {
      const own = put === "" ? /(?<=\d)\s*años$/iu.exec(text)?.[0] ?? "" : ""; // Spanish ages are marked with their unit
      if (own !== "") return [{ start: end - own.length, end, text: "" }];
      const found = unit.exec(after)?.[0] ?? "";
      return found === "" ? [] : [{ start: end, end: end + found.length, text: put }];
    })
  ),
];

function inWords(age: number): string {
  if (age < 20) return ones[age] ?? "";
  if (age >= 100) return `one hundred${age === 100 ? "" : ` and ${inWords(age - 100)}`}`;
  const [ten = "", one = ""] = [tens[Math.floor(age / 10) - 2], age % 10 === 0 ? "" : `-${ones[age % 10]}`];
  return ten + one;
}

function enPalabras(age: number): string {
  if (age < 30) return unos[age] ?? "";
  if (age >= 100) return age === 100 ? "cien" : `ciento ${enPalabras(age - 100)}`;
  const [ten = "", one = ""] = [
    decenas[Math.floor(age / 10) - 3],
    age % 10 === 0 ? "" : ` y ${unos[age % 10]}`,
  ];
  return (ten + one).replace(/ y uno$/, " y un");
}
