/** What a model is made of, as a hash. @module */

import { fingerprint } from "../checkpoint/fingerprint.ts";
import { findModel, type ModelOptions } from "../fill/models.ts";

/**
 * A hash of a model folder's weights, configuration and tokenizer; a baseline, which has none, is its own name. Computed
 * from the files each time: a model that was trained anew under its old name is another model.
 *
 * @throws {Error} when there is no such model, or its folder is not whole
 *
 * @example
 * ```ts
 * import { modelHash } from "./model_hash.ts";
 * import { equal } from "node:assert/strict";
 * equal(await modelHash("trigram"), "trigram");
 * ```
 */
export async function modelHash(name: string, options: ModelOptions = {}): Promise<string> {
  const source = await findModel(name, options);
  if (source.kind === "baseline") return name;
  return await fingerprint(source.path);
}
