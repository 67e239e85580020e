/** A vocabulary in a file. @module */

import { z } from "zod";

/**
 * Pieces and their ids, as an object. No two pieces may have one id.
 *
 * @example
 * ```ts
 * import { Vocabulary } from "./vocabulary.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * deepEqual([...Vocabulary.parse({ a: 0, b: 1 })], [["a", 0], ["b", 1]]);
 * equal(Vocabulary.safeParse({ a: 0, b: 0 }).error?.issues[0]?.message, `"a" and "b" both have id 0`);
 * ```
 */
export const Vocabulary = z.unknown().transform((value, context): Map<string, number> => {
  const vocabulary = new Map<string, number>();
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    context.addIssue("expected an object of pieces and ids");
    return vocabulary;
  }
  const pieces: string[] = [];
  for (const [piece, id] of Object.entries(value)) {
    if (!(Number.isInteger(id) && id >= 0 && id < 2 ** 26)) {
      context.addIssue({ code: "custom", path: [piece], message: "not a whole number from 0" });
      break;
    }
    if (pieces[id] !== undefined) {
      context.addIssue(`"${pieces[id]}" and "${piece}" both have id ${id}`);
      break;
    }
    pieces[id] = piece;
    vocabulary.set(piece, id);
  }
  return vocabulary;
});
