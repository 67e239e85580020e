/** Building graphs: each call adds a node and returns its typed output. @module */

import { ELEMENT_TYPE } from "./codec.ts";
import { type Dim, joined, summed, type Value } from "./graph.ts";
import { GraphNodes } from "./graph_nodes.ts";
import type { DType } from "./tensor.ts";

/** How the sizes of a combined axis are put together, the loosest sign first. */
const COMBINED = [["+", "Add"], ["-", "Sub"], ["*", "Mul"]] as const;

/**
 * Collects the nodes of a graph, an operator a method. Shapes are inferred while building, so a wrong model fails in the line that is
 * wrong. Axes may be numbers or names (`"batch"`); a named axis takes its size from the graph input that has it.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const x = b.input("x", "float32", ["batch", 4]);
 * const y = b.mul(x, b.scalar(2));
 * deepEqual(y.shape, ["batch", 4]);
 * deepEqual(b.graph([y]).nodes.length, 1);
 * ```
 */
export class GraphBuilder extends GraphNodes {
  add(a: Value, b: Value): Value {
    return this.one("Add", [a, b]);
  }
  sub(a: Value, b: Value): Value {
    return this.one("Sub", [a, b]);
  }
  mul(a: Value, b: Value): Value {
    return this.one("Mul", [a, b]);
  }
  /** a (…, m, k) × b (…, k, n) → (…, m, n) */
  matMul(a: Value, b: Value): Value {
    return this.one("MatMul", [a, b]);
  }
  /**
   * x (m, k) × w (n, k)ᵀ + bias (n) → (m, n): a dense layer with weights as most checkpoints hold them.
   *
   * @param options.transposed w is (k, n)
   */
  dense(x: Value, weight: Value, bias?: Value, options: { transposed?: boolean } = {}): Value {
    const transB = { int: options.transposed ? 0 : 1 };
    const y = this.one("Gemm", [x, weight], { transB });
    return bias ? this.add(y, bias) : y; // Gemm itself would lay the bias out first, in one thread
  }
  /** The same numbers in another element type. */
  cast(x: Value, to: DType): Value {
    return this.one("Cast", [x], { to: { int: ELEMENT_TYPE[to] } });
  }
  transpose(x: Value, perm: readonly number[]): Value {
    return this.one("Transpose", [x], { perm: { ints: perm } });
  }
  /** Sums over the given axes. */
  reduceSum(x: Value, axes: readonly number[], keepdims: boolean): Value {
    return this.one("ReduceSum", [x, this.ints(axes)], { keepdims: { int: keepdims ? 1 : 0 } });
  }
  /** The mean over the last axis, which stays with size 1. */
  meanLast(x: Value): Value {
    return this.one("ReduceMean", [x, this.ints([-1])], { keepdims: { int: 1 } });
  }

  /** The same elements in another shape. A named axis takes its size at run time. */
  reshape(x: Value, shape: readonly Dim[]): Value {
    if (shape.length === x.shape.length && shape.every((dim, i) => dim === x.shape[i])) return x;
    const named = shape.filter((dim) => typeof dim === "string").length;
    const target = named === 1
      ? this.ints(shape.map((dim) => typeof dim === "string" ? -1 : dim))
      : this.shapeOf(shape);
    // An axis may be or turn out to be 0, which without the attribute would stand for the size of x's axis.
    const zero = named > 1 || (named === 0 && shape.includes(0));
    const attributes = { allowzero: { int: 1 } };
    return this.typed("Reshape", [x, target], { dtype: x.dtype, shape }, zero ? attributes : {});
  }

  /** The first n rows of x. A named n takes its size at run time. */
  rows(x: Value, n: Dim): Value {
    const inputs = [x, this.ints([0]), this.size(n), this.ints([0])];
    return this.typed("Slice", inputs, { dtype: x.dtype, shape: [n, ...x.shape.slice(1)] });
  }

  /** What is left of an axis of x behind a size of another: (…, dim, …) → (…, dim-size, …). */
  behind(x: Value, axis: number, size: Dim): Value {
    const end = this.ints([Number.MAX_SAFE_INTEGER]);
    const shape = x.shape.map((dim, i) => i === axis ? `${dim}-${size}` : dim);
    return this.typed("Slice", [x, this.size(size), end, this.ints([axis])], { dtype: x.dtype, shape });
  }

  /** x taken apart along an axis, in parts of the given sizes. Named sizes are known at run time. */
  parts(x: Value, axis: number, sizes: readonly Dim[]): readonly Value[] {
    const attributes = { axis: { int: axis } };
    const inputs = [x, this.shapeOf(sizes)];
    if (sizes.every((size) => typeof size === "number")) return this.apply("Split", inputs, attributes);
    const types = sizes.map((size) => ({
      dtype: x.dtype,
      shape: x.shape.map((dim, i) => i === axis ? size : dim),
    }));
    return this.typedAll("Split", inputs, types, attributes);
  }

  /** `count` elements of a vector x, from the place that `start` (1) says at run time: (count). */
  stretch(x: Value, start: Value, count: number): Value {
    const inputs = [x, start, this.add(start, this.ints([count])), this.ints([0])];
    return this.typed("Slice", inputs, { dtype: x.dtype, shape: [count] });
  }

  /** A shape as an int64 vector: a constant, or put together at run time where an axis is named. */
  shapeOf(shape: readonly Dim[]): Value {
    const sizes = shape.filter((dim) => typeof dim === "number");
    if (sizes.length === shape.length) return this.ints(sizes);
    return this.once(`shape ${shape}`, () => {
      const parts = shape.map((dim) => this.size(dim));
      return this.typed("Concat", parts, { dtype: "int64", shape: [shape.length] }, { axis: { int: 0 } });
    });
  }

  /**
   * The size of an axis as an int64 vector of one element: a constant, or read from a graph input at run time. Where
   * `joined` or `summed` put it together, or it is a difference (`all-past`), it is computed from its parts.
   */
  size(dim: Dim): Value {
    if (typeof dim === "number") return this.ints([dim]);
    return this.once(`size ${dim}`, () => {
      for (const input of this.inputs) {
        const axis = input.shape.indexOf(dim);
        if (axis >= 0) return this.one("Shape", [input], { start: { int: axis }, end: { int: axis + 1 } });
      }
      const [sign, operator] = COMBINED.find(([sign]) => dim.includes(sign)) ?? [];
      if (!operator) throw new Error(`${this.name}: no graph input has the axis ${dim}`);
      const parts = dim.split(sign).map((part) => this.size(/^\d+$/.test(part) ? Number(part) : part));
      return parts.reduce((a, b) => this.one(operator, [a, b]));
    });
  }

  /** Names an axis that no graph input has, by its size, an int64 vector of one element. The first size counts. */
  axis(name: string, size: Value): Dim {
    this.once(`size ${name}`, () => size);
    return name;
  }

  /** The n whole numbers that begin with `from`, int64 (n). Where one of both is named, it is known at run time. */
  range(n: Dim, from: Dim = 0): Value {
    if (typeof n === "number" && typeof from === "number") {
      return this.ints(Array.from({ length: n }, (_, i) => from + i));
    }
    return this.once(`range ${n} from ${from}`, () => {
      const one = (value: Value) => this.reshape(value, []);
      const ends = [this.size(from), this.size(summed([from, n])), this.ints([1])];
      return this.typed("Range", ends.map(one), { dtype: "int64", shape: [n] });
    });
  }

  /** Sums away the axes along which `shape` was broadcast to the shape of x. */
  sumTo(x: Value, shape: readonly Dim[]): Value {
    const lead = x.shape.length - shape.length;
    const tail = shape.flatMap((dim, i) => dim === 1 && x.shape[lead + i] !== 1 ? [lead + i] : []);
    let sum = x;
    if (tail.length > 0) sum = this.reduceSum(sum, tail, true);
    return lead > 0 ? this.#sumOfRows(sum, lead) : sum;
  }

  /** Sums over the first axes: a product with a row of ones, for which the runtime shares the columns out over threads. */
  #sumOfRows(x: Value, lead: number): Value {
    const rows = joined(x.shape.slice(0, lead));
    const rest = x.shape.slice(lead);
    const width = joined(rest);
    if (typeof rows !== "number" || typeof width !== "number" || x.dtype !== "float32" || width === 1) {
      return this.reduceSum(x, Array.from({ length: lead }, (_, i) => i), false);
    }
    const ones = this.once(`ones ${rows}`, () =>
      this.initializer(this.fresh("ones"), {
        dtype: "float32",
        shape: [1, rows],
        data: new Float32Array(rows).fill(1),
      }));
    return this.reshape(this.matMul(ones, this.reshape(x, [rows, width])), rest);
  }
}
