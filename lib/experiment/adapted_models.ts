/** Models that experiments adapt to letters, each made when it is first needed. @module */

import { basename } from "node:path";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import { keptModel } from "../checkpoint/kept_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { namesIn } from "../look.ts";
import { sha256 } from "../sha256.ts";
import { adapt, type AdaptOptions } from "../train/adapt.ts";
import { canonical } from "./hash.ts";

/** How adapted models are made, and where they are kept. */
export interface AdaptedModelsOptions extends ModelOptions {
  /** A folder is made in it for each model. */
  readonly folder: string;
  /** Told the path of each file of an adapted model that is used. */
  readonly onFound?: (path: string) => void;
}

/** What the starting model and the code of training are, as hashes. */
export interface AdaptedFrom {
  readonly model: string;
  readonly code: string;
}

/**
 * Plans models and makes them. A model's folder is named by the hash of all that it depends on (the letters' texts, options, the model
 * it starts from, the code, the number of threads), so that what is computed with it can be looked up without it.
 *
 * @throws {Error} from `ready()`: what training throws, or one line when the folder can't be written
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { adaptedModels } from "./adapted_models.ts";
 * import { equal } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["on", "aspirin", "today", "."], positions: 16, layers: 1 });
 * const letter = { id: "a", text: "On aspirin today. ".repeat(9), spans: [], meta: {} };
 * const adapted = adaptedModels({ models, folder: `${models}/adapted` });
 * const path = await adapted.plan([letter], { model: "tiny", steps: 1, batch: 1, seed: 42 }, { model: "", code: "" });
 * await adapted.ready(path);
 * equal((await Deno.stat(`${path}/model.safetensors`)).isFile, true);
 * ```
 */
export function adaptedModels({ folder, onFound, ...options }: AdaptedModelsOptions) {
  const planned = new Map<string, { readonly key: string; make(): Promise<string> }>();
  const ready = async (path: string) => void await planned.get(path)?.make();
  return {
    /** The hash of what a planned model depends on; `undefined` of any other model. */
    keyOf: (path: string): string | undefined => planned.get(path)?.key,
    /** The path that the model has as soon as it is {@linkcode ready}. */
    async plan(letters: readonly Letter[], how: AdaptOptions, from: AdaptedFrom): Promise<string> {
      const { model, ...settings } = how;
      const key = sha256(canonical({
        letters: sha256(JSON.stringify(letters.map(({ text }) => text))),
        settings: { threads: options.threads ?? null, ...settings },
        from: { ...from },
      }));
      const path = `${folder}/${key}/${basename(model)}`;
      planned.set(path, {
        key,
        async make() {
          await ready(model); // it may be an adapted one itself
          return await keptModel(path, (place) => adapt(letters, how, place, options));
        },
      });
      if (onFound) { for (const name of await namesIn(path) ?? []) onFound(`${path}/${name}`); }
      return path;
    },
    /** Makes a planned model if it is not there; there is nothing to do for any other. */
    ready,
  };
}
