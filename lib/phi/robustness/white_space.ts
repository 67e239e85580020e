/** Blanks and line breaks. @module */

import { type Change, identifying, ofMentions } from "./change.ts";
import { edited, editsOfNote } from "./edit.ts";

const factor = "white space";
const note = (name: string, change: (part: string) => string): Change => ({
  ...{ factor, name, reach: "note" as const },
  apply: (letter) => edited(letter, editsOfNote(letter, change)),
});

/** Blanks doubled, none behind commas and colons, everything on one line, and lines that break within identifying data. */
export const whiteSpace: readonly Change[] = [
  note("blanks doubled", (part) => part.replace(/ /g, "  ")),
  note("no blank behind commas and colons", (part) => part.replace(/(?<=[,:;]) /g, "")),
  note("all on one line", (part) => part.replace(/\s*\n\s*/g, " ")),
  ofMentions(
    { factor, name: "a line break in identifying data" },
    identifying,
    ({ text }) => text.replace(" ", "\n"),
  ),
];
