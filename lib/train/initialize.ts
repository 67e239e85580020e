/** Parameters before training. @module */

import { sizeOf, type Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";

/**
 * A fresh parameter by BERT's rule: normal deviates of standard deviation 0.02 for matrices, ones for normalisation
 * weights, zeros for biases. The seed and the name decide the numbers, so that adding a parameter changes no other.
 *
 * @example
 * ```ts
 * import { initialize } from "./initialize.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(initialize("encoder.LayerNorm.weight", [2], 42).data, Float32Array.of(1, 1));
 * ```
 */
export function initialize(name: string, shape: readonly number[], seed: number): Tensor<"float32"> {
  const data = new Float32Array(sizeOf(shape));
  if (name.endsWith("LayerNorm.weight")) data.fill(1);
  else if (!name.endsWith("bias")) {
    const stream = random(`${seed}/${name}`);
    for (let i = 0; i < data.length; i++) data[i] = 0.02 * stream.normal();
  }
  return { dtype: "float32", shape, data };
}
