/** Models that experiments make of others, each when it is first needed. @module */

import { basename } from "node:path";
import { keptModel } from "../checkpoint/kept_model.ts";
import { namesIn } from "../look.ts";
import { sha256 } from "../sha256.ts";
import { canonical, type Json } from "./hash.ts";

/** Where models are kept. */
export interface AdaptedModelsOptions {
  /** A folder is made in it for each model. */
  readonly folder: string;
  /** Told the path of each file of a model that is used. */
  readonly onFound?: (path: string) => void;
}

/** A model that can be made: all that it depends on, and how. */
export interface ModelPlan {
  /** The model that it is made of: a name, a path, or another planned one. */
  readonly model: string;
  /** A hash of what it learns from. */
  readonly letters: string;
  /** Whatever else decides it, the number of threads included. */
  readonly settings: Readonly<Record<string, Json>>;
  /** What the starting model and the code of training are, as hashes. */
  readonly from: { readonly model: string; readonly code: string };
  /** Writes it to the folder it is given. */
  make(place: string): Promise<void>;
}

/**
 * Plans models and makes them. A model's folder is named by the hash of all that it depends on, so that what is computed with it can be
 * looked up without it.
 *
 * @throws {Error} from `ready()`: what making throws, or one line when the folder can't be written
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { adaptedModels } from "./adapted_models.ts";
 * import { equal } from "node:assert/strict";
 * const adapted = adaptedModels({ folder: await Deno.makeTempDir() });
 * const path = await adapted.plan({
 *   ...{ model: "tiny", letters: "", settings: {}, from: { model: "", code: "" } },
 *   make: (place) => tinyModel(place, { pieces: ["fever"], positions: 16 }),
 * });
 * await adapted.ready(path);
 * equal((await Deno.stat(`${path}/model.safetensors`)).isFile, true);
 * ```
 */
export function adaptedModels({ folder, onFound }: AdaptedModelsOptions) {
  const planned = new Map<string, { readonly key: string; make(): Promise<string> }>();
  const ready = async (path: string) => void await planned.get(path)?.make();
  return {
    /** The hash of what a planned model depends on; `undefined` of any other model. */
    keyOf: (path: string): string | undefined => planned.get(path)?.key,
    /** The path that the model has as soon as it is {@linkcode ready}. */
    async plan({ model, letters, settings, from, make }: ModelPlan): Promise<string> {
      const key = sha256(canonical({ letters, settings, from }));
      const path = `${folder}/${key}/${basename(model)}`;
      planned.set(path, {
        key,
        async make() {
          await ready(model); // it may be a planned one itself
          return await keptModel(path, make);
        },
      });
      if (onFound) { for (const name of await namesIn(path) ?? []) onFound(`${path}/${name}`); }
      return path;
    },
    /** Makes a planned model if it is not there; there is nothing to do for any other. */
    ready,
  };
}
