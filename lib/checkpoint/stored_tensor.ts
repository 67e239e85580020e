/** A tensor that lies in a file. @module */

import type { Tensor } from "../onnx/tensor.ts";

/** What a file says of a tensor before any of it is read. */
export interface TensorType {
  /** As it is stored, by PyTorch's names: "float32", "bfloat16", "int64", … */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The path of the file that holds it. */
  readonly file: string;
}

/** A tensor whose place in a file is known and checked, and whose bytes are read only when asked for. */
export interface StoredTensor extends TensorType {
  /**
   * Reads this tensor's bytes and no others.
   *
   * @throws {Error} in one line, with file and tensor, where the file has changed or can't be read, or where nothing here
   * computes with its element type
   */
  read(): Promise<Tensor>;
  /** The same elements in row-major order, some at a time, for tensors that memory does not hold. */
  pieces(): AsyncIterable<Tensor["data"]>;
}
