/** Model folders that are made once. @module */

import { fingerprint } from "./fingerprint.ts";
import { writeFile } from "../write_file.ts";

/** Says which weights were written, so that a folder that was cut short or altered is not taken for them. */
export const SEAL = "fingerprint";

/**
 * Makes a model folder where it is not there yet, or not whole: beside its place, then renamed, so that those who make the same one at
 * the same time do each other no harm. Its path should hold a hash of all that it depends on.
 *
 * @param make writes the model to the folder it is given
 * @returns the folder
 * @throws {Error} what `make` throws, or one line when the folder can't be written
 *
 * @example
 * ```ts
 * import { keptModel } from "./kept_model.ts";
 * import { tinyModel } from "./tiny_model.ts";
 * import { equal } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * let made = 0;
 * const make = (place: string) => tinyModel(place, { pieces: ["fever"], positions: 16, seed: ++made });
 * for (const _ of ["made", "found"]) await keptModel(folder, make);
 * equal(made, 1);
 * ```
 */
export async function keptModel(folder: string, make: (place: string) => Promise<void>): Promise<string> {
  if (await isWhole(folder)) return folder;
  const place = `${folder}.${crypto.randomUUID().slice(0, 8)}.partial`;
  try {
    await make(place);
    await writeFile(`${place}/${SEAL}`, await fingerprint(place));
    try {
      await Deno.rename(place, folder);
    } catch { // something is in its place
      if (await isWhole(folder)) return folder; // another was faster
      await removeIfThere(folder);
      await Deno.rename(place, folder);
    }
    return folder;
  } finally {
    await removeIfThere(place);
  }
}

async function isWhole(folder: string): Promise<boolean> {
  try {
    return await Deno.readTextFile(`${folder}/${SEAL}`) === await fingerprint(folder);
  } catch {
    return false; // no seal, or a file that the seal was for is gone: made anew
  }
}

async function removeIfThere(folder: string): Promise<void> {
  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
