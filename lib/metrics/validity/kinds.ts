/** Every kind of change that is looked for between a real letter and its synthetic one. @module */

import type { ChangeKind } from "./changes.ts";
import { doses } from "./doses.ts";
import { entities } from "./entities.ts";
import { negations } from "./negations.ts";
import { numbers } from "./numbers.ts";
import { sides } from "./sides.ts";
import { units } from "./units.ts";

/** In the order in which they are shown. */
export const CHANGE_KINDS: readonly ChangeKind[] = [entities, negations, doses, units, sides, numbers];
