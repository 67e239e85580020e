/** Learned positions: which row of their table a piece gets. @module */

import type { Value } from "../onnx/graph.ts";
import type { EncoderInputs } from "./architecture.ts";
import type { Net } from "./net.ts";

/** What is added to pieces for where they stand; broadcasts to (batch, sequence, hidden). */
export type Positions = (net: Net, table: Value, inputs: EncoderInputs) => Value;

/** The rows of the table in their order, padding or not: (sequence, hidden). */
export const inOrder: Positions = ({ b }, table, { ids: { shape: [, sequence = 1] } }) =>
  b.rows(table, sequence);

/**
 * RoBERTa's: the rows after that of the padding piece, counted over pieces that are not padding; padding gets its own.
 * Without a mask there is none, and the rows are constant: (sequence, hidden), else (batch, sequence, hidden).
 */
export function afterPad(pad: number): Positions {
  return ({ b }, table, { ids, mask }) => {
    const [, sequence = 1] = ids.shape;
    if (!mask) return b.one("Gather", [table, b.range(sequence, pad + 1)]);
    const padding = b.ints([pad]);
    const piece = b.cast(b.one("Not", [b.one("Equal", [ids, padding])]), "int64"); // (batch, sequence)
    const count = b.one("CumSum", [piece, b.ints([1])]);
    return b.one("Gather", [table, b.add(b.mul(count, piece), padding)]);
  };
}
