/** A checkpoint of the hub as a folder for transformers.js. @module */

import { basename } from "node:path";
import { type Config, readConfig } from "../checkpoint/config.ts";
import { tokenizerFiles } from "../checkpoint/tokenizer_files.ts";
import { openWeights } from "../checkpoint/weights.ts";
import { byteLength, type LazyGraph, withWeights } from "../onnx/tensor_source.ts";
import { modelFiles, type WriteModelOptions } from "../onnx/write_model.ts";
import { Tokenizer } from "../tokenizers/tokenizer.ts";
import { writeErrorLine, writeFiles } from "../write_file.ts";
import { type ExportType, FORMATS } from "./formats.ts";
import { headOf } from "./head_of.ts";
import { modelGraphs } from "./model_graphs.ts";
import { storedWeights } from "./stored_weights.ts";

export interface ConvertOptions extends Pick<WriteModelOptions, "externalAbove"> {
  /** What the model is written in; default float32. */
  readonly types?: readonly ExportType[];
  /** Called as weights are written, with the bytes so far and in all. */
  readonly onBytes?: (done: number, total: number) => void;
  /** Stops the conversion. */
  readonly signal?: AbortSignal;
}

const EXTERNAL = "use_external_data_format";

/**
 * Converts a checkpoint folder to one that transformers.js loads: `config.json`, the tokenizer's files, and in `onnx/` the
 * model with the head that it was trained with, once an element type. Weights are read and written one by one. A model over
 * 2 GB keeps its arrays in files beside it, and `config.json` says so.
 *
 * All files are written beside their places and renamed at the end: when something fails, what lay in `out` stays as it
 * was. Models of an earlier conversion that this one does not write are removed from `out/onnx`.
 *
 * @returns the sizes of the written files in bytes, by path
 * @throws Error in one line where the checkpoint is missing or its files do not fit each other, a weight overflows
 * float16, `out` is the checkpoint itself or can't be written to, or the signal stops it
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { convertFolder } from "./convert_folder.ts";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(`${folder}/tiny`, { pieces: ["fever"], positions: 16 });
 * await convertFolder(`${folder}/tiny`, `${folder}/out`, { types: ["int8"] });
 * await Deno.stat(`${folder}/out/onnx/model_quantized.onnx`);
 * ```
 */
export async function convertFolder(
  folder: string,
  out: string,
  options: ConvertOptions = {},
): Promise<ReadonlyMap<string, number>> {
  const { types = ["float32"], onBytes = () => {}, signal, externalAbove } = options;
  const { config, architecture } = await readConfig(folder);
  await Tokenizer.open(folder); // its pieces and the model's vocabulary belong together
  const tokenizer = await tokenizerFiles(folder);
  const weights = await openWeights(folder);
  if (await realPath(folder) === await realPath(out)) {
    throw new Error(`${out}: is the checkpoint itself. Name another folder.`);
  }
  const plain = modelGraphs(architecture, headOf(config, architecture));
  const graphs = [...plain].flatMap(([name, graph]) => {
    const whole = withWeights(
      graph,
      storedWeights(weights, graph, architecture),
    );
    return types.map((type) => ({
      path: `${out}/onnx/${name}${FORMATS[type].suffix}.onnx`,
      graph: FORMATS[type].convert(whole),
    }));
  });
  const total = graphs.reduce((sum, { graph }) => sum + weightBytes(graph), 0);
  let done = 0;
  const settings: WriteModelOptions = {
    ...(externalAbove !== undefined && { externalAbove }),
    onBytes(count) {
      if (signal?.aborted) throw new Error("stopped before anything was written. Run it again.");
      onBytes(done += count, total);
    },
  };
  const models = graphs.map(({ path, graph }) => modelFiles(graph, path, settings));
  const files = {
    ...Object.fromEntries(Object.entries(tokenizer).map(([name, content]) => [`${out}/${name}`, content])),
    [`${out}/config.json`]: `${JSON.stringify(withExternal(config, models), undefined, 2)}\n`,
    ...models.reduce((all, files) => ({ ...all, ...files }), {}),
  };
  await writeFiles(files);
  await removeOthers(`${out}/onnx`, [...plain.keys()], files);
  const sizes = new Map<string, number>();
  for (const path of Object.keys(files)) sizes.set(path, (await Deno.stat(path)).size);
  return sizes;
}

function weightBytes({ initializers }: LazyGraph): number {
  return initializers.values().reduce((bytes, tensor) => bytes + byteLength(tensor), 0);
}

/** The configuration with the number of data files that transformers.js is to load with each model. */
function withExternal(config: Config, models: readonly Readonly<Record<string, unknown>>[]): Config {
  const counts = models.flatMap((files) => {
    const [model = "", ...data] = Object.keys(files).reverse();
    return data.length > 0 ? [[basename(model), data.length] as const] : [];
  });
  const before = config["transformers.js_config"];
  const kept = Object.entries(typeof before === "object" && before !== null ? before : {})
    .filter(([key]) => key !== EXTERNAL);
  if (counts.length === 0 && before === undefined) return config;
  const external = counts.length === 0 ? {} : { [EXTERNAL]: Object.fromEntries(counts) };
  return { ...config, "transformers.js_config": { ...Object.fromEntries(kept), ...external } };
}

/** Removes what an earlier conversion of these models wrote and this one did not. */
async function removeOthers(
  folder: string,
  models: readonly string[],
  written: Readonly<Record<string, unknown>>,
): Promise<void> {
  const own = new Set(
    models.flatMap((model) => Object.values(FORMATS).map(({ suffix }) => `${model}${suffix}.onnx`)),
  );
  for (const { name } of await Array.fromAsync(Deno.readDir(folder))) {
    const path = `${folder}/${name}`;
    if (!own.has(name.replace(/_data(_\d+)?$/, "")) || path in written) continue;
    try {
      await Deno.remove(path);
    } catch (error) {
      throw new Error(writeErrorLine(path, error), { cause: error });
    }
  }
}

async function realPath(path: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}
