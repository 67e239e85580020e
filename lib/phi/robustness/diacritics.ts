/** Accents on letters. @module */

import { type Change, ofMentions } from "./change.ts";
import { edited, editsOfNote } from "./edit.ts";

const factor = "diacritics";
const accented: Readonly<Record<string, string>> = {
  a: "á",
  e: "é",
  i: "í",
  o: "ö",
  u: "ü",
  n: "ñ",
  c: "ç",
  s: "š",
};

/** None anywhere, and one more in every name. */
export const diacritics: readonly Change[] = [
  {
    ...{ factor, name: "diacritics missing", reach: "note" },
    apply: (letter) => edited(letter, editsOfNote(letter, (part) => part.replace(/[^\0-\x7f]/g, bare))),
  },
  ofMentions(
    { factor, name: "names with diacritics", drawn: true },
    ["name"],
    ({ text }, chance) =>
      text.replace(/(?<=\p{L})[a-z]{2,}/gu, (rest) => {
        const open = [...rest].flatMap((letter, i) => letter in accented ? [i] : []);
        const at = open[chance.below(Math.max(1, open.length))];
        return at === undefined ? rest : rest.slice(0, at) + accented[rest.charAt(at)] + rest.slice(at + 1);
      }),
  ),
];

/** A letter without its accent; what is none of that stays. */
function bare(character: string): string {
  const plain = character.normalize("NFD").replace(/\p{M}+/gu, "");
  return /^[A-Za-z]$/.test(plain) ? plain : character;
}
