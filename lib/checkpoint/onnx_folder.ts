/** A model folder as transformers.js wants it: with the graph beside the configuration. @module */

import { maskedLMGraph } from "../architectures/inference.ts";
import { writeFile } from "../write_file.ts";
import { encodeModel } from "../onnx/codec.ts";
import { fingerprint } from "./fingerprint.ts";
import { copyTokenizer, openEncoder } from "./model.ts";

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
 * import { tinyModel } from "./tiny_model.ts";
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
  const graph = `${target}/onnx/model.onnx`;
  if (await exists(graph)) return id;
  const { config, architecture, parameters } = await openEncoder(folder, { kind: "language-model" });
  await Deno.mkdir(`${target}/onnx`, { recursive: true });
  await copyTokenizer(folder, target);
  await writeFile(`${target}/config.json`, `${JSON.stringify(config, undefined, 2)}\n`);
  await writeFile(graph, encodeModel(maskedLMGraph(architecture, parameters))); // last: a folder with a graph is whole
  return id;
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
