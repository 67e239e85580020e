/** Places of a text that see all others and are seen by them. @module */

import type { Dim, Value } from "../onnx/graph.ts";
import type { EncoderInputs } from "./architecture.ts";
import type { Net } from "./net.ts";

export interface Globals {
  /** The most that a text of the batch has. */
  readonly count: Dim;
  /** A row a global place, with 1 where it is, or nowhere where a text has fewer: float32 (batch, globals, sequence). */
  readonly rows: Value;
  /** 1 where a row has a place: float32 (batch, globals). */
  readonly there: Value;
  /** 1 at global places: float32 (batch, sequence). */
  readonly flags: Value;
}

/** The global places of a batch. A place on padding counts as none. */
export function globalsOf({ b }: Net, { ids, mask }: EncoderInputs, places: Value): Globals {
  const [batch = 1, sequence = 1] = ids.shape;
  const [, count = 1] = places.shape;
  const hit = b.one("Equal", [b.reshape(places, [batch, count, 1]), b.range(sequence)]);
  const all = b.cast(hit, "float32"); // (batch, globals, sequence)
  const rows = mask ? b.mul(all, b.reshape(b.cast(mask, "float32"), [batch, 1, sequence])) : all;
  const most = (axis: number) => b.one("ReduceMax", [rows, b.ints([axis])], { keepdims: { int: 0 } });
  return { count, rows, there: most(2), flags: most(1) };
}
