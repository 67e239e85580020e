/** Arrays joined along an axis, and taken apart. @module */

import { constant, moved, numbersOf } from "../constant.ts";
import { describe, intAttribute, summed } from "../graph.ts";
import {
  axisAt,
  constantAt,
  type InferenceNode,
  intsAt,
  type Operator,
  required,
  sizesOf,
} from "../operator.ts";
import { sizeOf } from "../tensor.ts";
import { zeros } from "./constant_of_shape.ts";

/** Arrays joined along an axis. The gradient is g taken apart. */
export const concat: Operator = {
  name: "Concat",
  infer: (node) => {
    const first = required("Concat", node.inputs, 0);
    const axis = axisAt("Concat", intAttribute(node, "axis", 0), first.shape.length);
    const inputs = node.inputs.filter((input) => input !== undefined);
    const misfit = inputs.find((input) => {
      return input.dtype !== first.dtype || input.shape.length !== first.shape.length ||
        input.shape.some((dim, i) => i !== axis && dim !== first.shape[i]);
    });
    if (misfit) {
      throw new Error(`Concat: ${describe(first)} and ${describe(misfit)} differ beside axis ${axis}`);
    }
    const total = summed(inputs.map((input) => input.shape[axis] ?? 0));
    return [{ dtype: first.dtype, shape: first.shape.map((dim, i) => i === axis ? total : dim) }];
  },
  evaluate: (node) => {
    const inputs = node.inputs.map((_, i) => constantAt(node, i));
    const first = required("Concat", inputs, 0);
    const axis = axisAt("Concat", intAttribute(node, "axis", 0), first.shape.length);
    const total = inputs.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
    const parts = inputs.map((input) => ({
      numbers: numbersOf(input),
      size: sizeOf(input.shape.slice(axis)), // what lies together in row-major order
    }));
    const rows = Array.from({ length: sizeOf(first.shape.slice(0, axis)) }, (_, row) => row);
    const numbers = rows.flatMap((row) =>
      parts.flatMap(({ numbers, size }) => numbers.slice(row * size, (row + 1) * size))
    );
    return [constant(first.dtype, first.shape.map((dim, i) => i === axis ? total : dim), numbers)];
  },
  gradient: (node, [g], b) => {
    const { inputs } = node;
    if (!g) return [];
    const axis = axisAt("Concat", intAttribute(node, "axis", 0), g.shape.length);
    const sizes = inputs.flatMap((input) =>
      input ? sizesOf("Concat", { ...input, shape: input.shape.slice(axis, axis + 1) }) : []
    );
    return inputs.length === 1 ? [g] : b.apply("Split", [g, b.ints(sizes)], { axis: { int: axis } });
  },
};

/** The sizes of the parts: those of the second input, or as many equal ones as `num_outputs` says, the last smaller. */
function partsOf(node: InferenceNode): { axis: number; sizes: readonly number[] } {
  const x = required("Split", node.inputs, 0);
  const axis = axisAt("Split", intAttribute(node, "axis", 0), x.shape.length);
  const [size = 0] = sizesOf("Split", { dtype: x.dtype, shape: x.shape.slice(axis, axis + 1) });
  const count = intAttribute(node, "num_outputs", 1);
  const each = Math.ceil(size / count);
  const equal = () => Array.from({ length: count }, (_, i) => Math.max(0, Math.min(each, size - i * each)));
  const sizes = node.inputs[1] ? intsAt(node, 1, "the sizes are") : equal();
  if (sizes.reduce((a, b) => a + b, 0) !== size) throw new Error(`Split: [${sizes}] of an axis of ${size}`);
  return { axis, sizes };
}

/** An array taken apart along an axis. The gradient is that of the parts joined. */
export const split: Operator = {
  name: "Split",
  infer: (node) => {
    const x = required("Split", node.inputs, 0);
    const { axis, sizes } = partsOf(node);
    return sizes.map((size) => ({ dtype: x.dtype, shape: x.shape.map((dim, i) => i === axis ? size : dim) }));
  },
  evaluate: (node) => {
    const x = constantAt(node, 0);
    const { axis, sizes } = partsOf(node);
    let start = 0;
    return sizes.map((size) => {
      const from = start;
      start += size;
      const shape = x.shape.map((dim, i) => i === axis ? size : dim);
      return moved(x, shape, (place) => place.map((at, i) => i === axis ? at + from : at));
    });
  },
  gradient: (node, grads, b) => {
    const parts = node.outputs.map((output, i) => grads[i] ?? zeros(b, output.shape));
    return [b.one("Concat", parts, { axis: { int: intAttribute(node, "axis", 0) } })];
  },
};
