/** Keys of `config.json` that have two names. @module */

import { z } from "zod";

/**
 * A schema that also knows keys by their other names; where both are there, the schema's own counts.
 *
 * @param others from the other name to the schema's own
 *
 * @example
 * ```ts
 * import { renamed } from "./config_keys.ts";
 * import { z } from "zod";
 * import { deepEqual } from "node:assert/strict";
 * const schema = renamed({ hidden_size: "n_embd" }, z.object({ n_embd: z.number() }));
 * deepEqual(schema.parse({ hidden_size: 8 }), { n_embd: 8 });
 * ```
 */
export function renamed<S extends z.ZodType>(others: Readonly<Record<string, string>>, schema: S) {
  return z.preprocess((json) => {
    if (typeof json !== "object" || json === null) return json;
    const known = Object.entries(others).flatMap(([other, own]) =>
      other in json ? [[own, Reflect.get(json, other)]] : []
    );
    return { ...Object.fromEntries(known), ...json };
  }, schema);
}
