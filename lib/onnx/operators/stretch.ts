/** Arrays repeated along axes. @module */

import { broadcastShape } from "../broadcast.ts";
import { moved } from "../constant.ts";
import { constantAt, type InferenceNode, intsAt, type Operator, required, sizesOf } from "../operator.ts";

function expanded(node: InferenceNode) {
  const x = required("Expand", node.inputs, 0);
  return [{ dtype: x.dtype, shape: broadcastShape(x.shape, intsAt(node, 1, "the shape is")) }];
}

/** x stretched to a shape, where its axes have size 1. dL/dx is g summed over the stretched axes. */
export const expand: Operator = {
  name: "Expand",
  infer: expanded,
  evaluate: (node) => {
    const x = constantAt(node, 0);
    return expanded(node).map((type) => {
      const lead = type.shape.length - x.shape.length;
      return moved(x, sizesOf("Expand", type), (place) => place.slice(lead));
    });
  },
  gradient: ({ inputs: [x] }, [g], b) => [x && g && b.sumTo(g, x.shape)],
};

/** x laid down several times along each axis. dL/dx is g summed over the copies. */
export const tile: Operator = {
  name: "Tile",
  infer: (node) => {
    const x = required("Tile", node.inputs, 0);
    const repeats = intsAt(node, 1, "the repeats are");
    if (repeats.length !== x.shape.length) throw new Error(`Tile: [${repeats}] for ${x.shape.length} axes`);
    return [{ dtype: x.dtype, shape: sizesOf("Tile", x).map((size, i) => size * (repeats[i] ?? 1)) }];
  },
  evaluate: (node) => {
    const [x, repeats] = [constantAt(node, 0), intsAt(node, 1, "the repeats are")];
    const shape = x.shape.map((size, i) => size * (repeats[i] ?? 1));
    return [moved(x, shape, (place) => place.map((at, i) => at % (x.shape[i] ?? 1)))];
  },
  gradient: ({ inputs: [x, repeats] }, [g], b) => {
    if (!x || !repeats || !g) return [];
    const times = b.intsOf(repeats);
    const apart = b.reshape(g, x.shape.flatMap((size, i) => [times[i] ?? 1, size])); // (r₀, d₀, r₁, d₁, …)
    return [b.reduceSum(apart, times.map((_, i) => 2 * i), false)];
  },
};
