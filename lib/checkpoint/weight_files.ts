/** Which files of a model folder hold its weights. @module */

import { z } from "zod";
import { namesIn } from "../look.ts";
import { readJson } from "./read_json.ts";

/** How weights are stored. */
export type WeightFormat = "safetensors" | "torch";

/** The files that hold a model's weights. */
export interface WeightFiles {
  readonly format: WeightFormat;
  /** Names in the folder, an index first. */
  readonly files: readonly string[];
  /** The name of the index, where the weights are split over several files. */
  readonly index?: string;
  /** What the index says: the name of a tensor → the name of the file that holds it. */
  readonly shards?: ReadonlyMap<string, string>;
}

/** The files that weights begin with, in the order in which they are preferred. */
export const WEIGHT_FILES = [
  "model.safetensors",
  "model.safetensors.index.json",
  "pytorch_model.bin",
  "pytorch_model.bin.index.json",
] as const;

const Index = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/**
 * Which of {@linkcode WEIGHT_FILES} a folder's weights are taken from.
 *
 * @param present the names of the folder's files
 *
 * @example
 * ```ts
 * import { preferredWeights } from "./weight_files.ts";
 * import { equal } from "node:assert/strict";
 * equal(preferredWeights(["pytorch_model.bin", "model.safetensors"]), "model.safetensors");
 * ```
 */
export function preferredWeights(present: Iterable<string>): typeof WEIGHT_FILES[number] | undefined {
  const names = new Set(present);
  return WEIGHT_FILES.find((name) => names.has(name));
}

/**
 * What the text of an index says: the name of a tensor → the name of the file that holds it.
 *
 * @throws {Error} in one line, with the file, where it is no index, or names a file outside of its folder
 */
export async function readWeightIndex(path: string): Promise<Map<string, string>> {
  const { weight_map } = await readJson(path, Index);
  const shards = new Map(Object.entries(weight_map));
  for (const [tensor, file] of shards) {
    if (!/^[\w-][\w.-]*$/.test(file)) {
      throw new Error(
        `${path}: weight_map.${tensor} is "${file}", not a file of the same folder. Fetch it again.`,
      );
    }
  }
  if (shards.size === 0) throw new Error(`${path}: weight_map is empty. Fetch it again.`);
  return shards;
}

/**
 * Finds a model folder's weights: safetensors first, in one file or split, then PyTorch's own files.
 *
 * @throws {Error} in one line, with the folder or the file, where there are none, or the index can't be read
 *
 * @example
 * ```ts
 * import { weightFiles } from "./weight_files.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeFile(`${folder}/pytorch_model.bin`, new Uint8Array());
 * equal((await weightFiles(folder)).format, "torch");
 * ```
 */
export async function weightFiles(folder: string): Promise<WeightFiles> {
  const present = await namesIn(folder);
  if (!present) throw new Error(`${folder}: no such folder. Name a model folder.`);
  const first = preferredWeights(present);
  if (first === undefined) {
    const other = present.find((name) => /\.(h5|msgpack|onnx|gguf|pt|pth|bin|safetensors)$/.test(name));
    throw new Error(
      `${folder}: no weights: ${WEIGHT_FILES[0]} is missing, and so are ${
        WEIGHT_FILES.slice(1).join(", ")
      }. ` +
        (other === undefined ? "Name a model folder that has one." : `Convert ${other} to one of them.`),
    );
  }
  const format = first.startsWith("model") ? "safetensors" : "torch";
  if (!first.endsWith(".json")) return { format, files: [first] };
  const shards = await readWeightIndex(`${folder}/${first}`);
  return { format, index: first, shards, files: [first, ...new Set([...shards.values()].sort())] };
}
