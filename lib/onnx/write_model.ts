/** Models as ONNX files, array by array. @module */

import { writeFiles } from "../write_file.ts";
import { bytesOf, modelParts, type Place, type StoredArray } from "./codec.ts";
import { describe } from "./graph.ts";
import { byteLength, type LazyExportedGraph, type LazyTensor } from "./tensor_source.ts";

export interface WriteModelOptions {
  /**
   * In bytes: a model that is larger keeps its arrays in files beside it, each at most so large. ONNX files end at 2 GiB,
   * and so does what a browser reads into one buffer. Default 2·10⁹.
   */
  readonly externalAbove?: number;
  /** Called as bytes come, with their number. */
  readonly onBytes?: (count: number) => void;
}

/** Arrays smaller than this stay in the model's own file, where shape inference finds them. */
const SMALL = 1024; // bytes

/** Arrays in other files begin at a multiple of this, so that they can be mapped into memory. */
const PAGE = 4096; // bytes

/**
 * Writes a model beside `path` and renames it: at no time is more than a piece of an array in memory, besides what the
 * arrays themselves need to be read. Large models have their arrays in `PATH_data`, `PATH_data_1`, …, the names that
 * transformers.js looks for.
 *
 * @throws Error in one line where the file can't be written, or an array does not hold what its type says
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { withWeights } from "./tensor_source.ts";
 * import { writeModel } from "./write_model.ts";
 * const b = new GraphBuilder("twice");
 * const y = b.named("y", b.mul(b.input("x", "float32", ["n"]), b.scalar(2)));
 * await writeModel(withWeights(b.graph([y])), `${await Deno.makeTempDir()}/model.onnx`);
 * ```
 */
export async function writeModel(
  graph: LazyExportedGraph,
  path: string,
  options: WriteModelOptions = {},
): Promise<void> {
  await writeFiles(modelFiles(graph, path, options));
}

/** The files of a model, the one that names the others last; their bytes come as they are asked for. */
export function modelFiles(
  graph: LazyExportedGraph,
  path: string,
  options: WriteModelOptions = {},
): Record<string, AsyncIterable<Uint8Array>> {
  const { externalAbove = 2e9, onBytes = () => {} } = options;
  const arrays = [...graph.initializers].map(([name, tensor]): StoredArray => ({
    name,
    type: tensor,
    bytes: byteLength(tensor),
  }));
  const inside = modelParts(graph, arrays);
  const total = inside.reduce(
    (sum, part) => sum + (part instanceof Uint8Array ? part.length : part.bytes),
    0,
  );
  const content = (parts: readonly (Uint8Array | StoredArray)[]) => bytesOfParts(graph, parts, onBytes);
  if (total <= externalAbove) return { [path]: content(inside) };

  const placed = placeOutside(arrays, path, externalAbove);
  const folder = path.slice(0, path.length - baseName(path).length);
  const files = Object.groupBy(placed.filter(({ place }) => place), ({ place }) => `${folder}${place?.file}`);
  return {
    ...Object.fromEntries(
      Object.entries(files).map(([file, within = []]) => [file, content(padded(within))]),
    ),
    [path]: content(modelParts(graph, placed)),
  };
}

/** Gives every array that is not small its place in a file beside `path`. */
function placeOutside(arrays: readonly StoredArray[], path: string, limit: number): StoredArray[] {
  let chunk = 0;
  let end = 0;
  return arrays.map((array) => {
    if (array.bytes < SMALL) return array;
    if (end > 0 && end + array.bytes > limit) [chunk, end] = [chunk + 1, 0];
    const file = `${baseName(path)}_data${chunk === 0 ? "" : `_${chunk}`}`;
    const place: Place = { file, offset: end, length: array.bytes };
    end = Math.ceil((end + array.bytes) / PAGE) * PAGE;
    return { ...array, place };
  });
}

/** The arrays of one data file, with the zeros between them. */
function padded(arrays: readonly StoredArray[]): (Uint8Array | StoredArray)[] {
  let end = 0;
  return arrays.flatMap((array) => {
    const gap = new Uint8Array((array.place?.offset ?? 0) - end);
    end += gap.length + array.bytes;
    return [gap, array];
  });
}

async function* bytesOfParts(
  graph: LazyExportedGraph,
  parts: readonly (Uint8Array | StoredArray)[],
  onBytes: (count: number) => void,
): AsyncIterable<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield part;
    else yield* arrayBytes(part.name, graph.initializers.get(part.name), onBytes);
  }
}

async function* arrayBytes(name: string, tensor: LazyTensor | undefined, onBytes: (count: number) => void) {
  if (!tensor) throw new Error(`no array ${name}`);
  const expected = byteLength(tensor);
  let count = 0;
  for await (const piece of tensor.pieces()) {
    count += piece.byteLength;
    if (count > expected) break;
    yield bytesOf(piece);
    onBytes(piece.byteLength);
  }
  if (count !== expected) {
    throw new Error(
      `${name}: ${count} bytes or more came, ${expected} make ${describe(tensor)}. Read it again.`,
    );
  }
}

function baseName(path: string): string {
  return path.slice(path.search(/[^/\\]*$/));
}
