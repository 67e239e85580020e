import { moved } from "../constant.ts";
import { type Node } from "../graph.ts";
import { constantAt, type InferenceNode, type Operator, required } from "../operator.ts";

/** y's axis i is x's axis perm[i]; without `perm` the axes are turned round. dL/dx is g with the axes put back. */
export const transpose: Operator = {
  name: "Transpose",
  infer: (node) => {
    const x = required("Transpose", node.inputs, 0);
    const perm = order(node);
    const shape = perm.map((axis) => x.shape[axis] ?? NaN);
    if (perm.length !== x.shape.length || new Set(perm).size !== perm.length || shape.includes(NaN)) {
      throw new Error(`Transpose: [${perm}] does not order ${x.shape.length} axes`);
    }
    return [{ dtype: x.dtype, shape }];
  },
  evaluate: (node) => {
    const [x, perm] = [constantAt(node, 0), order(node)];
    return [
      moved(
        x,
        perm.map((axis) => x.shape[axis] ?? 1),
        (place) => perm.map((_, axis) => place[perm.indexOf(axis)] ?? 0),
      ),
    ];
  },
  gradient: (node, [g], b) => {
    const perm = order(node);
    return [g && b.transpose(g, perm.map((_, axis) => perm.indexOf(axis)))];
  },
};

function order(node: InferenceNode | Node): readonly number[] {
  const { perm } = node.attributes;
  if (perm && "ints" in perm) return perm.ints;
  return required<{ shape: readonly unknown[] }>("Transpose", node.inputs, 0).shape.map((_, axis) => axis)
    .reverse();
}
