/** Finding model folders by name. @module */

import { namesIn } from "../look.ts";
import { project } from "../project.ts";
import { preferredWeights } from "./weight_files.ts";

/** Where models are looked for, and how they are run. */
export interface ModelOptions {
  /** Folder of model folders; left out: the project's `data/models`. */
  readonly models?: string;
  /** Threads of the engine; left out: its own choice. */
  readonly threads?: number;
}

/**
 * The path of a model folder, given its name in the models folder, or its path; the name comes first. What is in the folder
 * is checked by whoever opens it.
 *
 * @param others names that a caller knows without a folder, for the message
 * @throws {Error} when there is no such folder, listing the models there are, or it holds a recipe that no model was made of yet
 *
 * @example
 * ```ts
 * import { findModel } from "./find_model.ts";
 * import { equal } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await Deno.mkdir(`${models}/tiny`);
 * equal(await findModel("tiny", { models }), `${models}/tiny`);
 * ```
 */
export async function findModel(
  name: string,
  { models = project.models }: ModelOptions = {},
  others: readonly string[] = [],
): Promise<string> {
  const path = /[\\/]/.test(name) ? name : `${models}/${name}`;
  for (const place of name === "" ? [] : [path, name]) {
    const files = await namesIn(place);
    if (files?.includes("recipe.json") && !files.includes("config.json")) {
      throw new Error(
        `model "${name}": ${place} holds a recipe alone. Train it: deno task palimpsest train ${place}/recipe.json ${place} ` +
          "--corpora FOLDER",
      );
    }
    if (files) return place;
  }
  const known = [...others, ...await modelsIn(models)].join(", ") || "none";
  throw new Error(`unknown model "${name}": no folder ${path}. Known: ${known}; or give a folder's path.`);
}

/** Folders with weights, which are written last: what has none is no whole model. */
async function modelsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await namesIn(folder) ?? []) {
    if (preferredWeights(await namesIn(`${folder}/${name}`) ?? []) !== undefined) found.push(name);
  }
  return found.sort();
}
