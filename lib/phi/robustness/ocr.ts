/** Characters that are read for one another from scans. @module */

import type { Random } from "../../random.ts";
import { chanceOf, type Change, identifying, ofMentions } from "./change.ts";
import { edited, editsOfNote } from "./edit.ts";

const factor = "OCR confusions";
const confusions: Readonly<Record<string, string>> = {
  ...{ O: "0", "0": "O", o: "0", l: "1", "1": "l", I: "l", i: "l", S: "5", "5": "S", B: "8", "8": "B" },
  ...{
    Z: "2",
    "2": "Z",
    G: "6",
    "6": "G",
    rn: "m",
    m: "rn",
    cl: "d",
    d: "cl",
    e: "c",
    u: "v",
    g: "9",
    "9": "g",
  },
};
const pattern = new RegExp(Object.keys(confusions).sort((a, b) => b.length - a.length).join("|"), "g");
const inNote = "one character of fifty misread";

/** Characters misread here and there in the note, and more often in identifying data. */
export const ocr: readonly Change[] = [
  ofMentions(
    { factor, name: "one character of ten misread in identifying data", drawn: true },
    identifying,
    ({ text }, chance) => misread(text, chance, 0.1),
  ),
  {
    ...{ factor, name: inNote, reach: "note" as const, drawn: true as const },
    apply(letter, seed) {
      const chance = chanceOf(inNote, letter, seed);
      return edited(letter, editsOfNote(letter, (part) => misread(part, chance, 0.02)));
    },
  },
];

/** Of all letters and digits about the share, among those that have something they are taken for. */
function misread(text: string, chance: Random, share: number): string {
  const characters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const open = text.match(pattern)?.length ?? 0;
  if (open === 0) return text;
  const each = Math.min(1, share * characters / open);
  return text.replace(pattern, (one) => chance.next() < each ? confusions[one] ?? one : one);
}
