/** Frozen dense layers that are held in blocks of 4 or 8 bits. @module */

import type { Net } from "../../architectures/net.ts";
import { isFloat32, type LazyTensor, type TensorSource } from "../../onnx/tensor_source.ts";
import type { Base } from "../step_graph.ts";
import type { DenseLayer } from "./dense_layers.ts";
import { type BlockFormat, quantizeBlocks } from "./quantize_blocks.ts";
import { unpackProducts } from "./unpack_products.ts";

export interface QuantizedBaseOptions extends BlockFormat {
  /**
   * What the products are computed in. "float": as if the weights were float32, the gradient being exact. "int8": the runtime
   * rounds activations to eight bits as well, which is faster with weights of 8 bits; gradients are off by some percent.
   * Default float.
   */
  readonly compute?: "float" | "int8";
}

/**
 * The frozen weights with those of the given layers in blocks, and a net that computes with them.
 *
 * @throws Error naming the layer whose columns are not whole blocks
 */
export function quantizedBase(
  weights: TensorSource,
  layers: readonly DenseLayer[],
  options: QuantizedBaseOptions,
): Omit<Base, "tables"> {
  const { bits, blockSize, compute = "float" } = options;
  const frozen = new Map<string, LazyTensor>(weights);
  const quantized = new Set<string>();
  for (const { name, from, transposed } of layers) {
    const weight = weights.get(`${name}.weight`);
    if (!weight || !isFloat32(weight)) throw new Error(`no weights ${name}.weight in float32`);
    if (from % blockSize !== 0) {
      throw new Error(
        `${name}: ${from} columns are not whole blocks of ${blockSize}. Choose a smaller block.`,
      );
    }
    const { values, scales } = quantizeBlocks(weight, options, transposed);
    frozen.delete(`${name}.weight`);
    frozen.set(`${name}.weight blocks`, values);
    frozen.set(`${name}.weight scales`, scales);
    quantized.add(name);
  }
  const net = (on: Net): Net => ({
    ...on,
    dense: (x, name, from, to, dense = {}) => {
      if (!quantized.has(name)) return on.dense(x, name, from, to, dense);
      const { b, parameter } = on;
      const blocks = from / blockSize;
      const values = parameter(`${name}.weight blocks`, [to, blocks, blockSize * bits / 8]);
      const y = b.one("com.microsoft.MatMulNBits", [
        x,
        values,
        parameter(`${name}.weight scales`, [to * blocks]),
      ], {
        K: { int: from },
        N: { int: to },
        bits: { int: bits },
        block_size: { int: blockSize },
        accuracy_level: { int: compute === "int8" ? 4 : 1 },
      });
      return dense.bias ?? true ? b.add(y, parameter(`${name}.bias`, [to])) : y;
    },
  });
  // Folding constants would put the weights back to float32, and joining like nodes would keep them there.
  const session = { without: ["ConstantFolding", "CommonSubexpressionElimination"] };
  return { frozen, net, session, finish: unpackProducts };
}
