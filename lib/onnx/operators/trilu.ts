import { constant, elementwise } from "../constant.ts";
import { intAttribute } from "../graph.ts";
import { constantAt, type Operator, required } from "../operator.ts";
import { sameType } from "./elementwise.ts";

/** Matrices of which only the part above (`upper`, the default) or below a diagonal is kept, over the last two axes. */
export const trilu: Operator = {
  name: "Trilu",
  infer: (node) => {
    if (required("Trilu", node.inputs, 0).shape.length < 2) throw new Error("Trilu: takes matrices");
    return sameType(node);
  },
  evaluate: (node) => {
    const x = constantAt(node, 0);
    const [rows = 1, columns = 1] = x.shape.slice(-2);
    const diagonal = node.inputs[1] ? Number(constantAt(node, 1).data[0]) : 0;
    const keeps = (i: number) => {
      const offset = i % columns - Math.floor(i / columns) - diagonal;
      return intAttribute(node, "upper", 1) === 1 ? offset >= 0 : offset <= 0;
    };
    const kept = Array.from({ length: rows * columns }, (_, i) => keeps(i) ? 1 : 0);
    const mask = constant("bool", [rows, columns], kept);
    return [elementwise(x.dtype, [mask, x], (yes, x = 0) => yes ? x : 0)];
  },
  gradient: (node, [g], b) => [g && b.one("Trilu", [g, node.inputs[1]], node.attributes)],
};
