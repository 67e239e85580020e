/** Small letters and capitals. @module */

import { type Change, ofMentions } from "./change.ts";
import { edited, editsOfNote } from "./edit.ts";

const names = { factor: "case of names" };
const notes = { factor: "case of whole notes", reach: "note" as const };

/** Names in one case, and whole notes. */
export const cases: readonly Change[] = [
  ofMentions({ ...names, name: "names in small letters" }, ["name"], ({ text }) => text.toLowerCase()),
  ofMentions({ ...names, name: "names in capitals" }, ["name"], ({ text }) => text.toUpperCase()),
  {
    ...{ ...notes, name: "all in small letters" },
    apply: (letter) => edited(letter, editsOfNote(letter, (part) => part.toLowerCase())),
  },
  {
    ...{ ...notes, name: "all in capitals" },
    apply: (letter) => edited(letter, editsOfNote(letter, (part) => part.toUpperCase())),
  },
];
