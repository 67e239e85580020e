/** Products with weights of 8 bits, computed the faster way. @module */

import { intAttribute, type Node, type Value } from "../../onnx/graph.ts";
import { Rewriter } from "../../onnx/rewriter.ts";
import { inMemory, type LazyGraph } from "../../onnx/tensor_source.ts";

/**
 * The graph with each float product of MatMulNBits with a weight of 8 bits put as what it stands for: the weight taken out of
 * its blocks, then an ordinary product. The runtime has no kernel for that case (1.30 takes four times as long as a product
 * with a float32 weight; this a third more), and keeps no copy of the weight in this form. Gradients are to be there already:
 * what is taken out of its blocks is not kept until then.
 */
export function unpackProducts(graph: LazyGraph): LazyGraph {
  const [ahead, rest] = [new Rewriter(), new Rewriter()];
  for (const node of graph.nodes) {
    const isSlow = node.operator === "com.microsoft.MatMulNBits" && intAttribute(node, "bits", 4) === 8 &&
      intAttribute(node, "accuracy_level", 0) !== 4;
    const [x] = node.inputs;
    const [y] = node.outputs;
    if (isSlow && x && y) rest.add("Gemm", [x, unpacked(ahead, node, y)], y, { transB: { int: 1 } });
    else rest.nodes.push(node);
  }
  // Ahead of all else, so that the runtime takes a weight out when it is needed: see forwardFirst().
  ahead.nodes.push(...rest.nodes);
  return ahead.graph(graph);
}

/** s · (q − 128) of a node's weight, (n, k). */
function unpacked(to: Rewriter, node: Node, y: Value): Value {
  const [, q, s] = node.inputs;
  if (!q || !s) throw new Error(`MatMulNBits ${y.name}: no weight`);
  const [n, k, size] = ["N", "K", "block_size"].map((name) => intAttribute(node, name, NaN));
  if (n === undefined || k === undefined || size === undefined) {
    throw new Error("three names give three numbers");
  }
  const rows = n * k / size;
  const ints = (sizes: readonly number[]) => {
    const data = BigInt64Array.from(sizes, BigInt);
    return to.array(`unpacked to ${sizes}`, inMemory({ dtype: "int64", shape: [sizes.length], data }));
  };
  const middle = to.array("unpacked zero", inMemory({ dtype: "uint8", shape: [], data: Uint8Array.of(128) }));
  const part = (name: string, dtype: Value["dtype"], shape: readonly number[]): Value => {
    return { name: `${y.name}/${name}`, dtype, shape };
  };
  const blocks = to.add("Reshape", [q, ints([rows, size])], part("blocks", "uint8", [rows, size]));
  const zeros = to.add("Expand", [middle, ints([rows])], part("zeros", "uint8", [rows]));
  const weights = to.add("DequantizeLinear", [blocks, s, zeros], part("weights", "float32", [rows, size]), {
    axis: { int: 0 },
  });
  return to.add("Reshape", [weights, ints([n, k])], part("matrix", "float32", [n, k]));
}
