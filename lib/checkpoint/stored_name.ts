/** Under which name a checkpoint holds a parameter of an architecture. @module */

import type { Architecture } from "../architectures/architecture.ts";
import { resolveName } from "./resolve_name.ts";
import type { Weights } from "./weights.ts";

/**
 * Finds the stored name of each parameter: its own, an old spelling, without or with the architecture's prefix, or one that
 * a tied parameter has elsewhere.
 *
 * @returns a function from a parameter's name and shape to the stored name; undefined where the checkpoint lacks it
 * @throws {Error} (the function) naming file and tensor where it is stored in another shape
 *
 * @example
 * ```ts
 * import { readConfig } from "./config.ts";
 * import { storedNames } from "./stored_name.ts";
 * import { tinyModel } from "./tiny_model.ts";
 * import { openWeights } from "./weights.ts";
 * import { equal } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * const nameOf = storedNames(await openWeights(folder), (await readConfig(folder)).architecture);
 * equal(nameOf("cls.predictions.bias", [6]), "cls.predictions.bias");
 * equal(nameOf("classifier.bias", [3]), undefined);
 * ```
 */
export function storedNames(
  weights: Weights,
  { prefix, otherNames }: Pick<Architecture, "prefix" | "otherNames">,
): (name: string, shape: readonly number[]) => string | undefined {
  const all = new Set(weights.names);
  const options = { prefix: prefix.replace(/\.$/, "") };
  return (name, shape) => {
    const stored = [name, ...otherNames.get(name) ?? []]
      .map((known) => resolveName(known, all, options))
      .find((known) => known !== undefined);
    if (stored === undefined) return undefined;
    const type = weights.type(stored);
    if (`${type.shape}` === `${shape}`) return stored;
    throw new Error(
      `${type.file}: ${stored} is [${type.shape}], config.json asks for [${shape}]. Put the files of one model together.`,
    );
  };
}
