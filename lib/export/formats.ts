/** The element types that a model is exported in, and how transformers.js calls their files. @module */

import { half } from "../onnx/half.ts";
import { quantizeDynamic } from "../onnx/quantize.ts";
import type { LazyGraph } from "../onnx/tensor_source.ts";

interface Format {
  /** What the file's name ends with before `.onnx`, by which transformers.js finds it. */
  readonly suffix: string;
  /** From the graph in float32 to the one that is stored. */
  readonly convert: (graph: LazyGraph) => LazyGraph;
}

/** The products with these weights overflow float16; Python's transformers keeps them in float32 as well. */
const OVERFLOWING = /\.DenseReluDense\.wo\.weight$/; // T5

/** `dtype: "fp32"`, `"fp16"` and `"q8"` of transformers.js. */
export const FORMATS = {
  float32: { suffix: "", convert: (graph) => graph },
  float16: {
    suffix: "_fp16",
    convert: (graph) => half(graph, { keep: (weight) => OVERFLOWING.test(weight) }),
  },
  int8: { suffix: "_quantized", convert: quantizeDynamic },
} as const satisfies Record<string, Format>;

/** The element types that a model is exported in. */
export type ExportType = keyof typeof FORMATS;

/**
 * Element types by name, each once, in the order of {@linkcode FORMATS}.
 *
 * @throws Error naming the one that is not known
 *
 * @example
 * ```ts
 * import { exportTypes } from "./formats.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * deepEqual(exportTypes("int8,float32"), ["float32", "int8"]);
 * throws(() => exportTypes("int4"), { message: 'unknown element type "int4". Known: float32, float16, int8.' });
 * ```
 */
export function exportTypes(names: string): ExportType[] {
  const wanted = new Set(names.split(","));
  const known = Object.keys(FORMATS).filter(isExportType);
  for (const name of wanted) {
    if (!isExportType(name)) throw new Error(`unknown element type "${name}". Known: ${known.join(", ")}.`);
  }
  return known.filter((name) => wanted.has(name));
}

function isExportType(name: string): name is ExportType {
  return Object.hasOwn(FORMATS, name);
}
