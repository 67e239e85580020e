import { broadcastShape } from "../broadcast.ts";
import { floatAttribute, intAttribute } from "../graph.ts";
import { type Operator, required } from "../operator.ts";

/**
 * y = α · a′ · b′ + β · c over two axes, where ′ transposes if `transA` / `transB` is 1: a dense layer.
 * a′: (m, k), b′: (k, n), c: broadcast to (m, n). dL/da′ = α · g · b′ᵀ, dL/db′ = α · a′ᵀ · g, dL/dc = β · g summed.
 * The transposes are folded into the products, so backward copies nothing.
 */
export const gemm: Operator = {
  name: "Gemm",
  infer: (node) => {
    const a = required("Gemm", node.inputs, 0);
    const b = required("Gemm", node.inputs, 1);
    if (a.shape.length !== 2 || b.shape.length !== 2) throw new Error("Gemm: takes arrays of two axes");
    const [transA, transB] = [intAttribute(node, "transA", 0), intAttribute(node, "transB", 0)];
    const [m, k] = [a.shape[transA], a.shape[1 - transA]];
    const [inner, n] = [b.shape[transB], b.shape[1 - transB]];
    if (k !== inner || m === undefined || n === undefined) {
      throw new Error(`Gemm: inner sizes ${k} and ${inner} differ`);
    }
    const c = node.inputs[2];
    const shape = c ? broadcastShape([m, n], c.shape) : [m, n];
    return [{ dtype: a.dtype, shape }];
  },
  gradient: (node, [g], to) => {
    const [a, b, c] = node.inputs;
    if (!a || !b || !g) return [];
    const [transA, transB] = [intAttribute(node, "transA", 0), intAttribute(node, "transB", 0)];
    const [alpha, beta] = [floatAttribute(node, "alpha", 1), floatAttribute(node, "beta", 1)];
    const product = (x: typeof a, y: typeof a, tx: number, ty: number) =>
      to.one("Gemm", [x, y], { transA: { int: tx }, transB: { int: ty }, alpha: { float: alpha } });
    const dc = c && to.sumTo(g, c.shape);
    return [
      transA ? product(b, g, transB, 1) : product(g, b, 0, 1 - transB),
      transB ? product(g, a, 1, transA) : product(a, g, 1 - transA, 0),
      dc && (beta === 1 ? dc : to.mul(dc, to.scalar(beta))),
    ];
  },
};
