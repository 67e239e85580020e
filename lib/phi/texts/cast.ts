/** The people of a text. @module */

import type { Random } from "../../random.ts";
import { pick, weighted } from "./choice.ts";
import type { NamePools } from "./name_pools.ts";

/** Someone with a name. */
export interface Person {
  readonly gender: "female" | "male";
  readonly first: string;
  readonly middle: string;
  readonly last: string;
}

/** Who a text is about, by the names of the slots. */
export interface Cast {
  readonly pt: Person;
  readonly dr: Person;
  readonly dr2: Person;
  readonly rel: Person;
  readonly rel2: Person;
}

/** Draws the people of a text; half of the relatives bear the patient's surname. */
export function castOf(chance: Random, pools: NamePools): Cast {
  const person = (last?: string): Person => {
    const gender = chance.next() < 0.5 ? "female" : "male";
    const [first, middle] = [pools.given(chance, gender), pools.given(chance, gender)];
    return { gender, first, middle, last: last ?? pools.surname(chance) };
  };
  const pt = person();
  const family = () => person(chance.next() < 0.5 ? pt.last : undefined);
  return { pt, dr: person(), dr2: person(), rel: family(), rel2: family() };
}

/** Someone's name as it is written; `form` is the slot's part behind the dot. @throws {Error} for a form that there is not */
export function nameOf(chance: Random, { first, middle, last }: Person, form: string): string {
  const [f, m, l] = [first, middle, last].map((name) => name.charAt(0));
  switch (form) {
    case "":
      return weighted(chance, [
        [70, `${first} ${last}`],
        [9, `${first} ${m}. ${last}`],
        [2, `${first} ${m} ${last}`],
        [4, `${first} ${middle} ${last}`],
        [5, `${f}. ${last}`],
        [2, `${f}.${m}. ${last}`],
        [3, `${last}, ${first}`],
        [2, `${first.toUpperCase()} ${last.toUpperCase()}`],
        [1, `${first} ${last} ${pick(chance, ["Jr.", "Sr.", "III", "II"])}`],
        [1, last],
        [1, first],
      ]);
    case "f":
      return first;
    case "l":
      return last;
    case "fl":
      return `${first} ${last}`;
    case "full":
      return weighted(chance, [[85, `${first} ${last}`], [7, `${first} ${m}. ${last}`], [8, first]]);
    case "lf":
      return weighted(chance, [
        [50, `${last}, ${first}`],
        [20, `${last}, ${first} ${m}.`],
        [20, `${last.toUpperCase()}, ${first.toUpperCase()}`],
        [10, `${last.toUpperCase()}, ${first}`],
      ]);
    case "i":
      return weighted(chance, [
        [40, `${f}${l}`],
        [25, `${f}.${l}.`],
        [20, `${f}${m}${l}`],
        [15, `${f}. ${l}.`],
      ]);
  }
  throw new Error(`no form ".${form}" of a name. Known are .f, .l, .fl, .lf, .i, .full.`);
}
