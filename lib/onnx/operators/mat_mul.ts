import { broadcastShape } from "../broadcast.ts";
import type { GraphBuilder } from "../builder.ts";
import type { Value } from "../graph.ts";
import { joined } from "../graph.ts";
import { type Operator, required } from "../operator.ts";

/**
 * y = a · b over the last two axes, the axes before them broadcast. a: (…, m, k), b: (…, k, n), y: (…, m, n).
 * dL/da = g · bᵀ, dL/db = aᵀ · g, summed over stretched axes. A matrix b makes one product of all rows of a, in the
 * form of Gemm, which takes the transposes in its stride. A vector stands for a row on the left, a column on the right.
 */
export const matMul: Operator = {
  name: "MatMul",
  infer: (node) => {
    const a = required("MatMul", node.inputs, 0);
    const b = required("MatMul", node.inputs, 1);
    if (a.shape.length === 0 || b.shape.length === 0) throw new Error("MatMul: takes no scalars");
    const [left, right] = [
      a.shape.length === 1 ? [1, ...a.shape] : a.shape,
      b.shape.length === 1 ? [...b.shape, 1] : b.shape,
    ];
    const [m, k] = left.slice(-2);
    const [inner, n] = right.slice(-2);
    if (k !== inner || m === undefined || n === undefined) {
      throw new Error(`MatMul: inner sizes ${k} and ${inner} differ`);
    }
    const shape = [
      ...broadcastShape(left.slice(0, -2), right.slice(0, -2)),
      ...(a.shape.length === 1 ? [] : [m]),
      ...(b.shape.length === 1 ? [] : [n]),
    ];
    return [{ dtype: a.dtype, shape }];
  },
  gradient: ({ inputs: [a, b] }, [g], to) => {
    if (!a || !b || !g) return [];
    if (a.shape.length === 1 || b.shape.length === 1) return withVectors(a, b, g, to);
    return b.shape.length === 2 ? byMatrix(a, b, g, to) : byBatches(a, b, g, to);
  },
};

function byBatches(a: Value, b: Value, g: Value, to: GraphBuilder): Value[] {
  const swapped = (x: Value) => {
    const axes = x.shape.map((_, i) => i);
    return to.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
  };
  return [to.sumTo(to.matMul(g, swapped(b)), a.shape), to.sumTo(to.matMul(swapped(a), g), b.shape)];
}

function byMatrix(a: Value, b: Value, g: Value, to: GraphBuilder): Value[] {
  const rows = (x: Value) => to.reshape(x, [joined(x.shape.slice(0, -1)), ...x.shape.slice(-1)]);
  const da = to.one("Gemm", [rows(g), b], { transB: { int: 1 } });
  const db = to.one("Gemm", [rows(a), rows(g)], { transA: { int: 1 } });
  return [to.reshape(da, a.shape), db];
}

/** Vectors as matrices of one row or one column, and their gradients back. */
function withVectors(a: Value, b: Value, g: Value, to: GraphBuilder): Value[] {
  const left = a.shape.length === 1 ? to.reshape(a, [1, ...a.shape]) : a;
  const right = b.shape.length === 1 ? to.reshape(b, [...b.shape, 1]) : b;
  const batch = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const wide = to.reshape(g, [...batch, ...left.shape.slice(-2, -1), ...right.shape.slice(-1)]);
  const [da, db] = byBatches(left, right, wide, to);
  return [to.reshape(da ?? a, a.shape), to.reshape(db ?? b, b.shape)];
}
