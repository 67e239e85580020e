/** Models that go through a file, which the runtime maps: they may be larger than a message of ONNX can be. @module */

import type { LazyExportedGraph } from "./tensor_source.ts";
import { writeModel } from "./write_model.ts";

/**
 * Writes a model with its arrays beside it into a temporary folder, which is gone when the body is done.
 *
 * @example
 * ```ts
 * import { byFile } from "./by_file.ts";
 * const graph = { name: "nothing", inputs: [], outputs: [], nodes: [], initializers: new Map() };
 * await byFile(graph, async (path) => void await Deno.stat(path));
 * ```
 */
export async function byFile<T>(graph: LazyExportedGraph, body: (path: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "palimpsest-" });
  try {
    const path = `${folder}/model.onnx`;
    await writeModel(graph, path, { externalAbove: 0 });
    return await body(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
