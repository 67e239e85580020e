/** Arrays of a source in memory. @module */

import { sizeOf, type Tensor } from "../../onnx/tensor.ts";
import { isFloat16, isFloat32, type LazyTensor } from "../../onnx/tensor_source.ts";

/**
 * All of an array, in float32.
 *
 * @throws Error naming the array where it holds no float32 or float16
 */
export async function readFloat32(name: string, tensor: LazyTensor): Promise<Tensor<"float32">> {
  if (!isFloat32(tensor) && !isFloat16(tensor)) throw new Error(`${name} is ${tensor.dtype}, not float32`);
  const data = new Float32Array(sizeOf(tensor.shape));
  let at = 0;
  for await (const piece of tensor.pieces()) {
    data.set(piece, at);
    at += piece.length;
  }
  return { dtype: "float32", shape: tensor.shape, data };
}
