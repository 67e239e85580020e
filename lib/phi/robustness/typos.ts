/** Letters that slipped. @module */

import type { Random } from "../../random.ts";
import { chanceOf, type Change, ofMentions } from "./change.ts";
import { edited, editsOfNote } from "./edit.ts";

const factor = "typos";
const named = ["name", "place", "street", "organisation", "country"] as const;
const word = /\p{L}{4,}/gu;

/** Two letters turned round, and one left out, in every word of names and places; and in one of thirty words of the note. */
export const typos: readonly Change[] = [
  ofMentions(
    { factor, name: "letters turned round in names and places", drawn: true },
    named,
    ({ text }, chance) => text.replace(word, (one) => turnedRound(one, chance)),
  ),
  ofMentions(
    { factor, name: "a letter left out in names and places", drawn: true },
    named,
    ({ text }, chance) => text.replace(word, (one) => leftOut(one, chance)),
  ),
  {
    ...{ factor, name: "typos in one word of thirty", reach: "note" as const, drawn: true as const },
    apply(letter, seed) {
      const chance = chanceOf("typos in one word of thirty", letter, seed);
      const slip = (one: string) => {
        if (chance.next() >= 1 / 30) return one;
        return chance.below(2) === 0 ? turnedRound(one, chance) : leftOut(one, chance);
      };
      return edited(letter, editsOfNote(letter, (part) => part.replace(word, slip)));
    },
  },
];

/** Two letters that stand beside each other, the first one never. */
function turnedRound(one: string, chance: Random): string {
  const letters = [...one];
  const at = 1 + chance.below(letters.length - 2);
  const [a = "", b = ""] = [letters[at], letters[at + 1]];
  return letters.toSpliced(at, 2, b, a).join("");
}

function leftOut(one: string, chance: Random): string {
  const letters = [...one];
  return letters.toSpliced(1 + chance.below(letters.length - 1), 1).join("");
}
