import type { Edge, ExportedGraph, Node } from "./graph.ts";
import type { Tensor } from "./tensor.ts";

/** A matrix of floats that may stand elsewhere in the graph a second time. */
interface Matrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/**
 * The graph with weights that it holds twice made one again. Exporters turn the weight of a dense layer round once and for
 * all, so that a vocabulary's embeddings that are also the weights of the last layer come as two arrays, which training
 * would change each in its own way. A matrix that equals another, or another turned round, becomes that one (`Identity`,
 * `Transpose`).
 *
 * Train what `bind()` makes of this graph, and put the trained values back into this graph, so that both agree.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { tie } from "./tie.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("tied");
 * const table = b.initializer("table", { dtype: "float32", shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
 * const turned = b.initializer("turned", { dtype: "float32", shape: [2, 3], data: Float32Array.of(1, 3, 5, 2, 4, 6) });
 * const hidden = b.one("Gather", [table, b.input("ids", "int64", ["n"])]);
 * deepEqual([...tie(b.graph([b.matMul(hidden, turned)])).initializers.keys()], ["table"]);
 * ```
 */
export function tie(graph: ExportedGraph): ExportedGraph {
  const matrices = [...graph.initializers].flatMap(([name, tensor]) => matrixOf(name, tensor));
  const initializers = new Map(graph.initializers);
  const nodes: Node<Edge>[] = [];
  matrices.forEach((second, i) => {
    const first = matrices.slice(0, i).find((first) =>
      initializers.has(first.name) && (isSame(first, second) || isTurned(first, second))
    );
    if (!first) return;
    initializers.delete(second.name);
    const turned = !isSame(first, second);
    nodes.push({
      operator: turned ? "Transpose" : "Identity",
      inputs: [{ name: first.name }],
      outputs: [{ name: second.name }],
      attributes: turned ? { perm: { ints: [1, 0] } } : {},
    });
  });
  return { ...graph, nodes: [...nodes, ...graph.nodes], initializers };
}

function matrixOf(name: string, { shape, data }: Tensor): Matrix[] {
  const [rows = 0, columns = 0] = shape;
  const isMatrix = shape.length === 2 && rows > 1 && columns > 1 && data instanceof Float32Array;
  // Matrices of one value, as fresh ones may be, are equal by chance.
  return isMatrix && data.some((x) => x !== data[0]) ? [{ name, rows, columns, data }] : [];
}

function isSame(a: Matrix, b: Matrix): boolean {
  return a.rows === b.rows && a.columns === b.columns && a.data.every((x, i) => x === b.data[i]);
}

function isTurned(a: Matrix, b: Matrix): boolean {
  return a.rows === b.columns && a.columns === b.rows &&
    a.data.every((x, i) => x === b.data[(i % a.columns) * a.rows + Math.floor(i / a.columns)]);
}
