import { type Dim, intAttribute } from "../graph.ts";
import { type Operator, required } from "../operator.ts";
import { zeros } from "./constant_of_shape.ts";

/**
 * Rows of a table by index: data (v, n), indices (i…) → (i…, n). An embedding look-up, or picking the rows that the
 * loss sees. dL/ddata adds every row of g to the row that it came from. Added by ScatterElements, because the runtime's
 * ScatterND adds in parallel without locks: rows that come twice are lost now and then, and no two runs agree.
 */
export const gather: Operator = {
  name: "Gather",
  infer: (node) => {
    const data = required("Gather", node.inputs, 0);
    const indices = required("Gather", node.inputs, 1);
    if (intAttribute(node, "axis", 0) !== 0) throw new Error("Gather: only axis 0 is supported");
    if (indices.dtype !== "int64" && indices.dtype !== "int32") {
      throw new Error(`Gather: ${indices.dtype} indices`);
    }
    return [{ dtype: data.dtype, shape: [...indices.shape, ...data.shape.slice(1)] }];
  },
  gradient: ({ inputs: [data, indices] }, [g], b) => {
    if (!data || !indices || !g) return [];
    const [, n] = data.shape;
    if (data.shape.length !== 2 || n === undefined) {
      throw new Error("Gather: the gradient is for tables of two axes");
    }
    const rows = b.reshape(g, [indices.shape.reduce<number>(timesDim, 1), n]); // (i, n)
    const column = b.reshape(indices, [rows.shape[0] ?? 1, 1]); // (i, 1)
    const places = b.one("Expand", [column, b.shapeOf(rows.shape)]); // (i, n)
    const into = { axis: { int: 0 }, reduction: { text: "add" } };
    return [b.one("ScatterElements", [zeros(b, data.shape), places, rows], into)];
  },
};

function timesDim(a: number, dim: Dim): number {
  if (typeof dim === "string") throw new Error(`Gather: the axis ${dim} must be known`);
  return a * dim;
}
