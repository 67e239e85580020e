/** Every architecture family, by the `model_type` of `config.json`. A new one is a file and a line here. @module */

import type { Architecture } from "./architecture.ts";
import { bert } from "./bert.ts";

/** From the keys of a `config.json` to an architecture; a zod error where they do not fit. */
export type Family = (config: unknown) => Architecture;

export const families: ReadonlyMap<string, Family> = new Map<string, Family>([
  ["bert", bert],
]);
