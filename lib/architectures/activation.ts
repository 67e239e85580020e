/** The functions between the dense layers of a transformer. @module */

import { z } from "zod";
import type { GraphBuilder } from "../onnx/builder.ts";
import type { Value } from "../onnx/graph.ts";

const FUNCTIONS = {
  gelu: (b: GraphBuilder, x: Value) => b.one("Gelu", [x]),
  gelu_new: tanhGelu,
  gelu_pytorch_tanh: tanhGelu,
  relu: (b: GraphBuilder, x: Value) => b.one("Relu", [x]),
};

export type Activation = keyof typeof FUNCTIONS;

/** The name of an activation function in a `config.json`: `gelu`, `gelu_new` and `gelu_pytorch_tanh` (one function), or `relu`. */
export const activation = z.enum(["gelu", "gelu_new", "gelu_pytorch_tanh", "relu"], {
  error: `known are ${Object.keys(FUNCTIONS).join(", ")}`,
});

/**
 * The activation function of that name, element by element.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { activate } from "./activation.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * deepEqual(activate(b, "relu", b.input("x", "float32", ["n", 4])).shape, ["n", 4]);
 * ```
 */
export function activate(b: GraphBuilder, name: Activation, x: Value): Value {
  return FUNCTIONS[name](b, x);
}

function tanhGelu(b: GraphBuilder, x: Value): Value {
  return b.one("Gelu", [x], { approximate: { text: "tanh" } });
}
