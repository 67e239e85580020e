import type { Word } from "../../text/words.ts";
import { has, indicesWhere, type Rule } from "./rule.ts";
import { ALPHABETIC, DIGIT } from "./word_shape.ts";

const set = (words: string) => new Set(words.split(" "));
/** What is counted behind a number: `5 mg`, `2 tablets`, `140 mmol/L`. English and Spanish. */
const units = set(
  "mg g kg mcg µg μg ug ng pg ml dl l cl mmol mol nmol pmol meq iu ui u unit units unidad unidades mmhg cmh2o cm mm m bpm lpm rpm " +
    "tab tabs tablet tablets cap caps capsule capsules puff puffs drop drops spray sprays sachet sachets vial vials dose doses " +
    "comprimido comprimidos cápsula cápsulas gota gotas ampolla ampollas inhalación inhalaciones sobre sobres dosis " +
    "gy cgy kcal kj mv ms hz db percent mu miu ku kpa pa mosm fl",
);
/** What a unit may be per: `mL/min`, `mg/day`. */
const pers = set(
  "min minute h hr hour day week month year s sec second kg l dl ml hpf lpf mm dose dosis día hora semana mes",
);
/** How often and by which way, wherever it stands. */
const orders = set(
  "od bd tds qds bid tid qid qd qhs qam qpm prn nocte mane stat po iv im sc sl pr nebs q4h q6h q8h q12h",
);

/**
 * The words of a dose or a measured value: the unit behind a number (with what it is per: `mg/kg`, `mmol/L`), and the abbreviations
 * for how often and by which way. The numbers themselves are the rule "digit"'s.
 */
export const dose = {
  name: "dose",
  find: (_letter, words, shapes) =>
    indicesWhere(words, ({ text }, i) => {
      if (text.length <= 5 && orders.has(text)) return true; // in capitals they are another rule's
      if (!has(shapes, i, ALPHABETIC)) return false;
      const [counted, per] = [isCounted(words, shapes, i), isPer(words, shapes, i)];
      if (!counted && !per) return false; // nearly always
      const word = text.toLowerCase();
      return units.has(word) || (per && pers.has(word));
    }),
} as const satisfies Rule;

/** Behind a number, with a blank, a hyphen or nothing between. */
function isCounted(words: readonly Word[], shapes: Uint8Array, i: number): boolean {
  return has(shapes, i - 1, DIGIT) || (words[i - 1]?.text === "-" && has(shapes, i - 2, DIGIT));
}

/** Behind a slash that a unit stands before: the `kg` of `5 mg/kg`. */
function isPer(words: readonly Word[], shapes: Uint8Array, i: number): boolean {
  return words[i - 1]?.text === "/" &&
    (has(shapes, i - 2, DIGIT) || units.has(words[i - 2]?.text.toLowerCase() ?? ""));
}
