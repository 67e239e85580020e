/** Questions about arrays, element by element, and what follows from the answers. @module */

import { broadcastShape } from "../broadcast.ts";
import { elementwise } from "../constant.ts";
import type { Dim } from "../graph.ts";
import { constantAt, type Operator } from "../operator.ts";

/** An operator that answers yes or no of every element. */
function question(name: string, f: (...numbers: number[]) => boolean): Operator {
  return {
    name,
    infer: (node) => {
      const shape = node.inputs.reduce<readonly Dim[]>(
        (shape, input) => broadcastShape(shape, input?.shape ?? []),
        [],
      );
      return [{ dtype: "bool", shape }];
    },
    evaluate: (node) => {
      const inputs = node.inputs.map((_, i) => constantAt(node, i));
      return [elementwise("bool", inputs, (...numbers) => f(...numbers) ? 1 : 0)];
    },
  };
}

export const equal = question("Equal", (a, b) => a === b);
export const less = question("Less", (a = 0, b = 0) => a < b);
export const lessOrEqual = question("LessOrEqual", (a = 0, b = 0) => a <= b);
export const greater = question("Greater", (a = 0, b = 0) => a > b);
export const greaterOrEqual = question("GreaterOrEqual", (a = 0, b = 0) => a >= b);
export const and = question("And", (a, b) => a !== 0 && b !== 0);
export const or = question("Or", (a, b) => a !== 0 || b !== 0);
export const xor = question("Xor", (a, b) => (a !== 0) !== (b !== 0));
export const not = question("Not", (a) => a === 0);
export const isNaN = question("IsNaN", (a) => Number.isNaN(a));
