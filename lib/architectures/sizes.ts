/** Pieces of the schemas of `config.json`, in the words of its errors. @module */

import { z } from "zod";

/** A count: 1, 2, 3… */
export const size = z.int("not a whole number above 0").positive("not a whole number above 0");

/** A share from 0 to 1. */
export const probability = z.number().min(0).max(1);

/** That one size is a multiple of another, as heads share the columns out. */
export function multiple<K extends string>(
  of: K,
  by: K,
): [(config: Readonly<Record<K, number>>) => boolean, { path: [K]; message: string }] {
  return [(config) => config[of] % config[by] === 0, { path: [of], message: `not a multiple of ${by}` }];
}
