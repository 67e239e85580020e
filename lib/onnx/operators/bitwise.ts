/** Operators on the bits of whole numbers. @module */

import { broadcastShape } from "../broadcast.ts";
import { type Operator, required } from "../operator.ts";

function bitwise(name: string): Operator {
  return {
    name,
    infer: (node) => {
      const [a, b] = [required(name, node.inputs, 0), required(name, node.inputs, 1)];
      if (a.dtype !== b.dtype) throw new Error(`${name}: ${a.dtype} with ${b.dtype}`);
      return [{ dtype: a.dtype, shape: broadcastShape(a.shape, b.shape) }];
    },
  };
}

/** The bits that both have. */
export const bitwiseAnd = bitwise("BitwiseAnd");

/** a's bits moved by b places, in the attribute `direction`. */
export const bitShift = bitwise("BitShift");
