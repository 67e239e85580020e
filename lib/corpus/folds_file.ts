/** `folds.json`: which letter of a corpus belongs to which fold, and to which specialty. @module */
import { z } from "zod";
import type { Letter } from "./letter.ts";

const schema = z.strictObject({
  folds: z.array(z.array(z.string())).min(2),
  specialties: z.record(z.string(), z.string()).default({}),
});

/**
 * Puts the contents of a `folds.json` into the letters: `meta.fold` is the fold's number from `"0"`, `meta.specialty` the specialty.
 *
 * @throws Error naming the file when it is of another shape, a letter is in no fold or in two, or it names a letter that is not there.
 *
 * @example
 * ```ts
 * import { withFolds } from "./folds_file.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["a", "b"].map((id) => ({ id, text: "On aspirin.", spans: [], meta: {} }));
 * const [, b] = withFolds(letters, '{"folds":[["a"],["b"]],"specialties":{"b":"urology"}}', "folds.json");
 * equal(`${b?.meta.fold} ${b?.meta.specialty}`, "1 urology");
 * ```
 */
export function withFolds(letters: readonly Letter[], json: string, file: string): Letter[] {
  const folds = foldsOf(json, file);
  folds.check(new Set(letters.map(({ id }) => id)));
  return letters.map((letter) => ({ ...letter, meta: folds.metaOf(letter) }));
}

/** A `folds.json`, for letters that come one by one. */
export interface Folds {
  /** Throws where it names a letter that is not known. */
  check(known: ReadonlySet<string>): void;
  /** The letter's `meta` with its fold and specialty; throws where the letter is in no fold. */
  metaOf(letter: Pick<Letter, "id" | "meta">): Letter["meta"];
}

/** Reads it; throws as {@linkcode withFolds} does. */
export function foldsOf(json: string, file: string): Folds {
  const { folds, specialties } = parse(json, file);
  const foldOf = new Map<string, string>();
  for (const [fold, ids] of folds.entries()) {
    for (const id of ids) {
      const before = foldOf.get(id);
      if (before !== undefined) {
        throw new Error(`${file}: letter "${id}" is in folds ${before} and ${fold}. Keep one.`);
      }
      foldOf.set(id, String(fold));
    }
  }
  return {
    check(known) {
      for (const id of [...foldOf.keys(), ...Object.keys(specialties)]) {
        if (known.has(id)) continue;
        throw new Error(
          `${file}: names letter "${id}", which is not beside it. Remove it, or add the letter.`,
        );
      }
    },
    metaOf({ id, meta }) {
      const fold = foldOf.get(id);
      if (fold === undefined) throw new Error(`${file}: letter "${id}" is in no fold. Add it to one.`);
      const specialty = Object.hasOwn(specialties, id) ? specialties[id] : undefined;
      return { ...meta, fold, ...(specialty === undefined ? {} : { specialty }) };
    },
  };
}

function parse(json: string, file: string): z.infer<typeof schema> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(
      `${file}: not valid JSON (${error instanceof Error ? error.message : error}). Mend or remove it.`,
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(
    `${file}: ${
      issue?.path.join(".")
    }: ${issue?.message}. Expected {"folds":[[ids],…],"specialties":{id: name}}.`,
  );
}
