/** A sequence cut into blocks, each seen together with its neighbours, so that a window costs what it shows and no more. @module */

import type { GraphBuilder } from "../onnx/builder.ts";
import { type Dim, joined, summed, type Value } from "../onnx/graph.ts";

/** How a sequence is cut; the last block is filled up with zeros. */
export interface Blocks {
  readonly sequence: Dim;
  /** Places of a block. */
  readonly size: number;
  readonly count: Dim;
}

/** A sequence in blocks of a size. */
export function blocksOf(b: GraphBuilder, sequence: Dim, size: number): Blocks {
  if (typeof sequence === "number") return { sequence, size, count: Math.ceil(sequence / size) };
  const filled = b.add(b.size(sequence), b.ints([size - 1]));
  const count = b.axis(`${sequence} in blocks of ${size}`, b.one("Div", [filled, b.ints([size])]));
  return { sequence, size, count };
}

/**
 * (batch, sequence, …) → (batch, blocks, size, …).
 *
 * @param around whether a block of zeros is put before the first and behind the last: (batch, blocks + 2, size, …)
 */
export function cut(b: GraphBuilder, x: Value, { size, count }: Blocks, around: boolean): Value {
  const [batch = 1, , ...rest] = x.shape;
  const blocks = around ? summed([count, 2]) : count;
  return b.reshape(filledUp(b, x, blocks, size, around ? size : 0), [batch, blocks, size, ...rest]);
}

/** x with zeros before its places and behind them, so that they fill all blocks. */
function filledUp(b: GraphBuilder, x: Value, blocks: Dim, size: number, before: number): Value {
  const [batch = 1, sequence = 1, ...rest] = x.shape;
  const none = rest.map(() => 0);
  if (typeof blocks === "number" && typeof sequence === "number") {
    const behind = blocks * size - before - sequence;
    return before + behind === 0 ? x : b.one("Pad", [x, b.ints([0, before, ...none, 0, behind, ...none])]);
  }
  const room = b.mul(b.size(blocks), b.ints([size]));
  const behind = b.sub(room, b.add(b.size(sequence), b.ints([before])));
  const widths = [b.ints([0, before, ...none, 0]), behind, b.ints(none)];
  const shape = [batch, `${blocks} filled up`, ...rest];
  return b.typed("Pad", [x, b.one("Concat", widths, { axis: { int: 0 } })], { dtype: x.dtype, shape });
}

/** (batch, blocks, size, columns) → (batch · sequence, columns): what `cut` did without blocks around, undone. */
export function uncut(b: GraphBuilder, x: Value, { sequence, size, count }: Blocks): Value {
  const [batch = 1, , , columns = 1] = x.shape;
  const filled = b.reshape(x, [batch, joined([count, size]), columns]);
  const inputs = [filled, b.ints([0]), b.size(sequence), b.ints([1])];
  const exact = typeof sequence === "number" && sequence === joined([count, size]);
  const places = exact
    ? filled
    : b.typed("Slice", inputs, { dtype: x.dtype, shape: [batch, sequence, columns] });
  return b.reshape(places, [joined([batch, sequence]), columns]);
}

/**
 * Each block with the one before it and the one behind it, side by side along the axis of their places.
 *
 * @param axis of the blocks, which are `count` + 2 as `cut` gives them
 * @param places the axis of the places of a block
 */
export function neighbours(
  b: GraphBuilder,
  x: Value,
  { count }: Blocks,
  axis: number,
  places: number,
): Value {
  const shape = x.shape.map((dim, i) => i === axis ? count : dim);
  const from = (start: number, end: number) =>
    b.typed("Slice", [x, ...[start, end, axis].map((at) => b.ints([at]))], { dtype: x.dtype, shape });
  const three = [from(0, -2), from(1, -1), from(2, Number.MAX_SAFE_INTEGER)];
  return b.one("Concat", three, { axis: { int: places } });
}
