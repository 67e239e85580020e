/** The weights of a model folder, whatever files they are in. @module */

import type { Tensor } from "../onnx/tensor.ts";
import { float32 } from "./float.ts";
import { openSafetensors } from "./safetensors_open.ts";
import type { StoredTensor, TensorType } from "./stored_tensor.ts";
import { openTorchFile } from "./torch/torch_file.ts";
import { type WeightFiles, weightFiles } from "./weight_files.ts";

/** Weights that are read tensor by tensor. */
export interface Weights {
  /** The names of all tensors, in the order of the file; of the index where there are several. */
  readonly names: readonly string[];
  /** The paths of the files that hold them, an index first. */
  readonly files: readonly string[];
  has(name: string): boolean;
  /**
   * Element type, shape and file of a tensor; nothing is read for it.
   *
   * @throws {Error} naming the file, where there is no such tensor
   */
  type(name: string): TensorType;
  /**
   * Reads one tensor, and only its bytes. bfloat16 comes as float32, int16 as int32, all else as it is stored.
   *
   * @throws {Error} in one line, with file and tensor, where it is missing, can't be read, or has another element type
   */
  read(name: string): Promise<Tensor>;
  /** The same elements in row-major order, some at a time, for tensors that memory does not hold. */
  pieces(name: string): AsyncIterable<Tensor["data"]>;
  /**
   * The same in float32, whatever floating-point type is stored.
   *
   * @throws {Error} also where the tensor holds whole numbers or booleans
   */
  float32(name: string): Promise<Tensor<"float32">>;
}

/**
 * Opens the weights of a model folder. It reads the files' headers and checks them against the files' sizes; a tensor's bytes
 * are read when it is asked for, so that a checkpoint of any size opens in little memory.
 *
 * If there are several, the first is taken of: `model.safetensors`, `model.safetensors.index.json` with its shards,
 * `pytorch_model.bin`, `pytorch_model.bin.index.json` with its shards. PyTorch's files are read without running the code that
 * they may hold.
 *
 * @throws {Error} in one line, with file and tensor, where the folder has no weights, a file is missing, truncated or not in its
 * format, its parts contradict each other, or a shard does not hold what the index says
 *
 * @example
 * ```ts
 * import { openWeights } from "./weights.ts";
 * import { writeSafetensors } from "./safetensors.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const bias = { dtype: "float16", shape: [2], data: new Float16Array([1, 2]) } as const;
 * await writeSafetensors(`${folder}/model.safetensors`, new Map([["bias", bias]]));
 * const weights = await openWeights(folder);
 * deepEqual(weights.names, ["bias"]);
 * deepEqual((await weights.float32("bias")).data, new Float32Array([1, 2]));
 * ```
 */
export async function openWeights(folder: string): Promise<Weights> {
  const found = await weightFiles(folder);
  const tensors = await openAll(folder, found);
  const [first = ""] = found.files;
  const stored = (name: string) => {
    const tensor = tensors.get(name);
    if (tensor) return tensor;
    throw new Error(`${folder}/${first}: no tensor ${name}. Name the folder of a model that has it.`);
  };
  return {
    names: [...tensors.keys()],
    files: found.files.map((name) => `${folder}/${name}`),
    has: (name) => tensors.has(name),
    type(name) {
      const { dtype, shape, file } = stored(name);
      return { dtype, shape, file };
    },
    read: (name) => stored(name).read(),
    pieces: (name) => stored(name).pieces(),
    float32: async (name) => float32(await stored(name).read(), `${stored(name).file}: ${name}`),
  };
}

async function openAll(
  folder: string,
  { format, files, index, shards }: WeightFiles,
): Promise<Map<string, StoredTensor>> {
  const open = format === "safetensors" ? openSafetensors : openTorchFile;
  if (index === undefined || shards === undefined) return await open(`${folder}/${files[0]}`);
  const opened = new Map<string, Map<string, StoredTensor>>();
  for (const file of files.slice(1)) opened.set(file, await openShard(open, folder, file, index));
  return new Map([...shards].map(([name, file]) => {
    const tensor = opened.get(file)?.get(name);
    if (tensor) return [name, tensor];
    throw new Error(`${folder}/${file}: no tensor ${name}, which ${index} says is there. Fetch both again.`);
  }));
}

async function openShard(open: typeof openSafetensors, folder: string, file: string, index: string) {
  try {
    return await open(`${folder}/${file}`);
  } catch (error) {
    if (!(error instanceof Error && error.cause instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`${folder}/${file}: missing, but ${index} names it. Fetch it.`, { cause: error });
  }
}
