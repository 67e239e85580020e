import type { GraphBuilder } from "../builder.ts";
import { intAttribute, type Node, type Value } from "../graph.ts";
import { type InferenceNode, type Operator, required } from "../operator.ts";

/**
 * ONNX Runtime's product with a weight W (n, k) whose rows are stored in blocks of whole numbers q of 4 or 8 bits with a
 * scale s each: y = x · Wᵀ, W = s · (q − 2^(bits − 1)). x: (m, k), q: uint8 (n, blocks, bytes a block), with two numbers a
 * byte, the lower half first, where bits is 4; s: (n · blocks). y: (m, n).
 *
 * dL/dx = g · W, with W put together from the same numbers: no product of the runtime goes over a block's other axis. W is
 * made anew in backward, so that no more than one is in memory at a time.
 */
export const matMulNBits: Operator = {
  name: "com.microsoft.MatMulNBits",
  infer: (node) => {
    const { k, n, bits, size } = sizesOf(node);
    const x = required("MatMulNBits", node.inputs, 0);
    const q = required("MatMulNBits", node.inputs, 1);
    const s = required("MatMulNBits", node.inputs, 2);
    if (k % size !== 0) throw new Error(`MatMulNBits: ${k} columns are not whole blocks of ${size}`);
    if (`${q.shape}` !== `${[n, k / size, size * bits / 8]}` || q.dtype !== "uint8") {
      throw new Error(
        `MatMulNBits: ${q.dtype}[${q.shape}] does not hold ${n} × ${k} numbers of ${bits} bits`,
      );
    }
    if (`${s.shape}` !== `${n * k / size}`) throw new Error(`MatMulNBits: scales [${s.shape}]`);
    if (x.shape.length !== 2 || x.shape[1] !== k) {
      throw new Error(`MatMulNBits: x is [${x.shape}], not (m, ${k})`);
    }
    return [{ dtype: x.dtype, shape: [x.shape[0] ?? 1, n] }];
  },
  gradient: (node, [g], b) => {
    const [x, q, s] = node.inputs;
    const { k, bits } = sizesOf(node);
    if (!x || !q || !s || !g) return [];
    if (bits === 8) return [b.one("Gemm", [g, dequantized(b, node, q, s, "")])];
    const [m = 1] = g.shape;
    const low = b.one("BitwiseAnd", [q, byte(b, 15)]);
    const high = b.one("BitShift", [q, byte(b, 4)], { direction: { text: "RIGHT" } });
    // Even and odd columns by themselves: putting the two products side by side is cheap, W's halves would not be.
    const [even, odd] = [low, high].map((half) => {
      const product = b.one("Gemm", [g, dequantized(b, node, half, s, "half")]); // (m, k / 2)
      return b.reshape(product, [m, k / 2, 1]);
    });
    return even && odd ? [b.reshape(b.one("Concat", [even, odd], { axis: { int: 2 } }), [m, k])] : [];
  },
};

/** s · (q − zero) as a matrix: of all columns where q holds one number a byte, of half of them for a half of 4 bits. */
export function dequantized(
  b: GraphBuilder,
  node: InferenceNode | Node,
  q: Value,
  s: Value,
  half: "" | "half",
): Value {
  const { n, k, size, bits } = sizesOf(node);
  const [rows, columns] = [n * k / size, half ? size / 2 : size];
  const zero = b.one("Expand", [byte(b, 2 ** (bits - 1)), b.ints([rows])]);
  const w = b.one("DequantizeLinear", [b.reshape(q, [rows, columns]), s, zero], { axis: { int: 0 } });
  return b.reshape(w, [n, half ? k / 2 : k]);
}

function byte(b: GraphBuilder, x: number): Value {
  return b.constant({ dtype: "uint8", shape: [], data: Uint8Array.of(x) });
}

function sizesOf(node: InferenceNode | Node) {
  const of = (name: string) => intAttribute(node, name, NaN);
  return { k: of("K"), n: of("N"), bits: of("bits"), size: of("block_size") };
}
