/** What stands before a name and says that it is one. @module */

import { type Change, ofEdits } from "./change.ts";

const factor = "titles";
const title =
  /(?<=^|[\s(,;:/])(?:(?:Dr|Dra|Prof|Professor|Doctor|Mr|Mrs|Ms|Miss|Mx|Sister|Nurse|Sir|Sra?|Srta|Don|Doña|Dña|D|Dª)\.?[ \t]+)+$/u;
const kinds: Readonly<Record<string, string>> = { PATIENT: "Mx ", CLINICIAN: "Dr ", PERSON: "Mx " };
const spanish: Readonly<Record<string, string>> = {
  NOMBRE_SUJETO_ASISTENCIA: "D. ",
  NOMBRE_PERSONAL_SANITARIO: "Dr. ",
};

/** Titles taken away from names, and given to names that have none. */
export const titles: readonly Change[] = [
  ofEdits({ factor, name: "titles taken away", reach: "beside" }, ["name"], ({ start, before }) => {
    const found = title.exec(before)?.[0] ?? "";
    return found === "" ? [] : [{ start: start - found.length, end: start, text: "" }];
  }),
  ofEdits(
    { factor, name: "titles before all names", reach: "beside" },
    ["name"],
    ({ start, before, label, text }) => {
      const put = kinds[label] ?? spanish[label];
      const has = title.test(before) || /^(?:Dra?|Prof|Mrs?|Ms|Miss|Sra?|D)\.?\s/u.test(text);
      return has || put === undefined ? [] : [{ start, end: start, text: put }];
    },
  ),
];
