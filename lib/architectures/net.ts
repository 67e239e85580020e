/** What an architecture builds with: a graph, its parameters by name, and layers that training may change. @module */

import type { GraphBuilder } from "../onnx/builder.ts";
import type { Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";

/** Where a parameter comes from: a graph input in training, an array of the model in inference. */
export type Parameters = (name: string, shape: readonly number[]) => Value;

/** How a dense layer holds its weight. */
export interface DenseOptions {
  /** Default true. */
  readonly bias?: boolean;
  /** The weight is (from, to), as GPT-2's checkpoints have it, and not (to, from). */
  readonly transposed?: boolean;
}

/**
 * The ground that architectures stand on. They name their parameters as the hub's checkpoints do; what a dense layer is
 * made of (its weight alone, with a low-rank update, quantised) and whether elements drop out is the net's business.
 */
export interface Net {
  readonly b: GraphBuilder;
  readonly parameter: Parameters;
  /** x (n, from) → (n, to) with `NAME.weight` and `NAME.bias`. */
  dense(x: Value, name: string, from: number, to: number, options?: DenseOptions): Value;
  /** In training, elements become 0 with the given probability and the others grow to keep the sum; x itself elsewhere. */
  dropout(x: Value, probability: number): Value;
  /**
   * Attention is one operator of ONNX Runtime's own wherever nothing is added to its scores: it holds a tile of them at a time.
   * It has no gradient, and no other runtime knows it.
   */
  readonly fused?: true;
}

/**
 * A net without dropout whose dense layers are plain.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { plainNet } from "./net.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const net = plainNet(b, (name, shape) => b.input(name, "float32", shape));
 * const y = net.dense(b.input("x", "float32", ["n", 4]), "pooler.dense", 4, 2);
 * deepEqual(y.shape, ["n", 2]);
 * ```
 */
export function plainNet(b: GraphBuilder, parameter: Parameters): Net {
  return {
    b,
    parameter,
    dense: (x, name, from, to, options = {}) => {
      const { bias = true, transposed = false } = options;
      const weight = parameter(`${name}.weight`, transposed ? [from, to] : [to, from]);
      return b.dense(x, weight, bias ? parameter(`${name}.bias`, [to]) : undefined, { transposed });
    },
    dropout: (x) => x,
  };
}

/**
 * A plain net for graphs that run here and are not written to files: with operators of ONNX Runtime's own.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { attention } from "./attention.ts";
 * import { fusedNet } from "./net.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const net = fusedNet(b, (name, shape) => b.input(name, "float32", shape));
 * const x = b.input("x", "float32", [6, 8]); // 2 texts of 3 places
 * attention(net, x, x, x, { batch: 2, sequence: 3, heads: 2, size: 4, dropout: 0 });
 * deepEqual(b.nodes.filter(({ operator }) => operator === "Softmax"), []);
 * ```
 */
export function fusedNet(b: GraphBuilder, parameter: Parameters): Net {
  return { ...plainNet(b, parameter), fused: true };
}

/** Parameters that are arrays of the graph, taken by name from a checkpoint's. */
export function fixedParameters(
  b: GraphBuilder,
  weights: ReadonlyMap<string, Tensor<"float32">>,
): Parameters {
  const made = new Map<string, Value>();
  return (name, shape) => {
    const known = made.get(name);
    if (known) return known;
    const tensor = weights.get(name);
    if (!tensor) throw new Error(`the checkpoint has no tensor ${name}`);
    if (`${tensor.shape}` !== `${shape}`) {
      throw new Error(`${name} is [${tensor.shape}], the architecture wants [${shape}]`);
    }
    const value = b.initializer(name, tensor);
    made.set(name, value);
    return value;
  };
}

/** Parameters that are inputs of the graph, in the order in which they are asked for, each once. */
export function inputParameters(b: GraphBuilder): Parameters {
  const made = new Map<string, Value>();
  return (name, shape) => {
    const value = made.get(name) ?? b.input(name, "float32", shape);
    made.set(name, value);
    return value;
  };
}

/** Layer normalisation over the last axis with `NAME.weight` and `NAME.bias`: (…, size) → (…, size). */
export function layerNorm(net: Net, x: Value, name: string, size: number, epsilon: number): Value {
  const inputs = [x, net.parameter(`${name}.weight`, [size]), net.parameter(`${name}.bias`, [size])];
  const [y] = net.b.apply("LayerNormalization", inputs, { axis: { int: -1 }, epsilon: { float: epsilon } });
  if (!y) throw new Error("LayerNormalization has no output");
  return y;
}
