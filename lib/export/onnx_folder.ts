/** A model folder as transformers.js wants it: with the graph beside the configuration. @module */

import { fingerprint } from "../checkpoint/fingerprint.ts";
import { isFile } from "../look.ts";
import { convertFolder } from "./convert_folder.ts";

/**
 * Makes, on first use, a folder that transformers.js loads: `config.json`, the tokenizer's files and `onnx/model.onnx`
 * in float32, built from the weights. It is kept under the fingerprint of what it was made from, so that a changed
 * model is built anew and an unchanged one is not.
 *
 * @param cache where such folders are kept
 * @returns the path of the folder below `cache`: with transformers.js, `env.localModelPath` is the cache and this the id
 * @throws Error in one line where the model folder is missing, half-written, or its files do not fit each other
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { onnxFolder } from "./onnx_folder.ts";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(`${folder}/tiny`, { pieces: ["fever"], positions: 16 });
 * const id = await onnxFolder(`${folder}/tiny`, `${folder}/cache`);
 * await Deno.stat(`${folder}/cache/${id}/onnx/model.onnx`);
 * ```
 */
export async function onnxFolder(folder: string, cache: string): Promise<string> {
  const id = `${folder.replace(/[/\\]+$/, "").split(/[/\\]/).at(-1)}-${
    (await fingerprint(folder)).slice(0, 16)
  }`;
  const target = `${cache}/${id}`;
  if (await isFile(`${target}/onnx/model.onnx`)) return id;
  await convertFolder(folder, target); // the graph is put in place last: a folder with a graph is whole
  return id;
}
