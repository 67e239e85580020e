/** Names of other cultures. @module */

import { cultures } from "../surrogate/names/origin.ts";
import type { Change } from "./change.ts";
import { withStandIns } from "./stand_ins.ts";

/** All names replaced by names of one culture; English ones are the control: what it costs that names are others at all. */
export const nameCultures: readonly Change[] = cultures.map((culture) =>
  withStandIns({ factor: "name cultures", name: `${culture.replace("_", " ")} names` }, ["name"], { culture })
);
