/** Parameters before training. @module */

import { sizeOf, type Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";

/**
 * A fresh parameter by BERT's rule: normal deviates for matrices, ones for normalisation
 * weights, zeros for biases. The seed and the name decide the numbers, so that adding a parameter changes no other.
 *
 * @param spread the standard deviation; BERT's is 0.02, for 768 columns. Narrow models start to learn from context sooner
 * with about 1 / √columns.
 *
 * @example
 * ```ts
 * import { initialize } from "./initialize.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(initialize("encoder.LayerNorm.weight", [2], 42).data, Float32Array.of(1, 1));
 * ```
 */
export function initialize(
  name: string,
  shape: readonly number[],
  seed: number,
  spread = 0.02,
): Tensor<"float32"> {
  const data = new Float32Array(sizeOf(shape));
  if (name.endsWith("weight") && shape.length === 1) data.fill(1); // of a norm
  else if (!name.endsWith("bias")) {
    const stream = random(`${seed}/${name}`);
    for (let i = 0; i < data.length; i++) data[i] = spread * stream.normal();
  }
  return { dtype: "float32", shape, data };
}
