/** Elements picked by index. @module */

import { moved, numbersOf } from "../constant.ts";
import type { GraphBuilder } from "../builder.ts";
import { type Dim, intAttribute, joined, type Value, type ValueType } from "../graph.ts";
import { axisAt, constantAt, type Operator, required, sizesOf } from "../operator.ts";
import { sizeOf } from "../tensor.ts";
import { zeros } from "./constant_of_shape.ts";

function checkIndices(operator: string, { dtype }: ValueType): void {
  if (dtype !== "int64" && dtype !== "int32") throw new Error(`${operator}: ${dtype} indices`);
}

/**
 * Slices of data along an axis by index: data (a…, v, z…), indices (i…) → (a…, i…, z…). An embedding look-up, or picking
 * the rows that the loss sees. dL/ddata adds every slice of g to where it came from.
 */
export const gather: Operator = {
  name: "Gather",
  infer: (node) => {
    const data = required("Gather", node.inputs, 0);
    const indices = required("Gather", node.inputs, 1);
    checkIndices("Gather", indices);
    const axis = axisAt("Gather", intAttribute(node, "axis", 0), data.shape.length);
    const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
    return [{ dtype: data.dtype, shape }];
  },
  evaluate: (node) => {
    const [data, indices] = [constantAt(node, 0), constantAt(node, 1)];
    const axis = axisAt("Gather", intAttribute(node, "axis", 0), data.shape.length);
    const size = data.shape[axis] ?? 0;
    const rank = indices.shape.length;
    const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
    const picked = numbersOf(indices);
    return [moved(data, shape, (place) => {
      const at = place.slice(axis, axis + rank);
      const index = picked[indices.shape.reduce((sum, size, i) => sum * size + (at[i] ?? 0), 0)] ?? 0;
      return [...place.slice(0, axis), index < 0 ? index + size : index, ...place.slice(axis + rank)];
    })];
  },
  gradient: (node, [g], b) => {
    const { inputs: [data, indices] } = node;
    if (!data || !indices || !g) return [];
    const axis = axisAt("Gather", intAttribute(node, "axis", 0), data.shape.length);
    const lead = axis === 0 ? [] : [joined(data.shape.slice(0, axis))];
    const [size = 1, width] = [data.shape[axis], joined(data.shape.slice(axis + 1))];
    const count = joined(indices.shape);
    const slices = b.reshape(g, [...lead, count, width]);
    const column = b.reshape(indices, [...lead.map(() => 1), count, 1]);
    const sums = addedAt([...lead, size, width], lead.length, column, slices, b);
    return [b.reshape(sums, data.shape)];
  },
};

/**
 * Zeros of a shape to which values are added along an axis, at indices that are stretched to the values' shape. By
 * ScatterElements, because the runtime's ScatterND adds in parallel without locks: values that meet are lost now and
 * then, and no two runs agree.
 */
function addedAt(shape: readonly Dim[], axis: number, indices: Value, values: Value, b: GraphBuilder): Value {
  const places = b.one("Expand", [indices, b.shapeOf(values.shape)]);
  const into = { axis: { int: axis }, reduction: { text: "add" } };
  return b.one("ScatterElements", [zeros(b, shape), places, values], into);
}

/** The element at an index along an axis, for each place of the indices, which have as many axes as data. */
export const gatherElements: Operator = {
  name: "GatherElements",
  infer: (node) => {
    const data = required("GatherElements", node.inputs, 0);
    const indices = required("GatherElements", node.inputs, 1);
    checkIndices("GatherElements", indices);
    if (indices.shape.length !== data.shape.length) {
      throw new Error(`GatherElements: indices [${indices.shape}] for data [${data.shape}]`);
    }
    return [{ dtype: data.dtype, shape: indices.shape }];
  },
  gradient: (node, [g], b) => {
    const { inputs: [data, indices] } = node;
    return [data && indices && g && addedAt(data.shape, intAttribute(node, "axis", 0), indices, g, b)];
  },
};

/**
 * Slices of data at tuples of indices: data (b…, d…, z…), indices (b…, i…, k) → (b…, i…, z…), where k indices go into the
 * k axes behind the `batch_dims` common ones. dL/ddata adds every slice of g to where it came from.
 */
export const gatherND: Operator = {
  name: "GatherND",
  infer: (node) => {
    const data = required("GatherND", node.inputs, 0);
    const indices = required("GatherND", node.inputs, 1);
    checkIndices("GatherND", indices);
    const batch = intAttribute(node, "batch_dims", 0);
    const depth = indices.shape.at(-1);
    if (typeof depth !== "number" || depth + batch > data.shape.length) {
      throw new Error(`GatherND: indices [${indices.shape}] for data [${data.shape}]`);
    }
    return [{
      dtype: data.dtype,
      shape: [...indices.shape.slice(0, -1), ...data.shape.slice(batch + depth)],
    }];
  },
  gradient: (node, [g], b) => {
    const { inputs: [data, indices] } = node;
    if (!data || !indices || !g) return [];
    const batch = intAttribute(node, "batch_dims", 0);
    const [sizes, tuples] = [sizesOf("GatherND", data), sizesOf("GatherND", indices)];
    const depth = tuples.at(-1) ?? 0;
    const [batches, width] = [sizeOf(sizes.slice(0, batch)), sizeOf(sizes.slice(batch + depth))];
    const slices = b.reshape(g, [batches, sizeOf(tuples.slice(batch, -1)), width]);
    const flat = b.reshape(indices, [batches, sizeOf(tuples.slice(batch, -1)), depth]);
    const rows = rowNumbers(flat, sizes.slice(batch, batch + depth), b);
    const sums = addedAt([batches, sizeOf(sizes.slice(batch, batch + depth)), width], 1, rows, slices, b);
    return [b.reshape(sums, data.shape)];
  },
};

/** Tuples of indices (…, k) into axes of the given sizes as row numbers (…, 1) of the axes laid together. */
function rowNumbers(tuples: Value, sizes: readonly number[], b: GraphBuilder): Value {
  const strides = sizes.map((_, i) => sizeOf(sizes.slice(i + 1)));
  const counted = b.one("Mod", [tuples, b.ints(sizes)]); // an index below 0 counts from the end
  return b.reduceSum(b.mul(counted, b.ints(strides)), [-1], true);
}
