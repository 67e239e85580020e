/** ONNX files from disk. @module */

import { readFile } from "../read_file.ts";
import { decodeModel } from "./decode.ts";
import type { ExportedGraph } from "./graph.ts";

/**
 * The graph of an ONNX file, with the arrays that it keeps in files beside it.
 *
 * @throws Error in one line naming the file, as `decodeModel()`, and where a file beside it is missing or too short
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { encodeModel } from "./codec.ts";
 * import { readModel } from "./read_model.ts";
 * import { equal } from "node:assert/strict";
 * const b = new GraphBuilder("twice");
 * const y = b.mul(b.input("x", "float32", ["n"]), b.scalar(2));
 * const path = `${await Deno.makeTempDir()}/model.onnx`;
 * await Deno.writeFile(path, encodeModel(b.graph([y])));
 * equal((await readModel(path)).name, "twice");
 * ```
 */
export async function readModel(path: string): Promise<ExportedGraph> {
  const folder = path.slice(0, path.search(/[^/\\]*$/));
  return decodeModel(await readFile(path), {
    file: path,
    beside: (file, offset, length) => readPart(`${folder}${file}`, offset, length),
  });
}

/** The system gives no more than 2 GiB at once. */
const LARGEST_READ = 2 ** 30;

function readPart(path: string, offset: number, length: number): Uint8Array {
  using file = open(path);
  const { size } = file.statSync();
  if (offset + length > size) {
    throw new Error(`${path}: ends at byte ${size}, not at ${offset + length}. Fetch it again.`);
  }
  file.seekSync(offset, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = file.readSync(bytes.subarray(at, at + LARGEST_READ));
    if (count === null) throw new Error(`${path}: became shorter while it was read. Fetch it again.`);
    at += count;
  }
  return bytes;
}

function open(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Error(`${path}: missing. Put it beside the model.`, { cause: error });
    }
    throw error;
  }
}
