/** What a piece of a text sees of it: itself, what came before, and no padding. @module */

import { summed, type Value } from "../onnx/graph.ts";
import type { DecoderInputs } from "./architecture.ts";
import type { Net } from "./net.ts";

/** What the layers of a decoder are told of the order of the pieces. */
export interface Sight {
  /** Where the piece of a row sees that of a column: bool (batch or 1, 1, sequence, past + sequence). */
  readonly seen: Value;
  /** How many pieces came before each of these, 0 for padding: int64 (sequence) without a mask, else (batch, sequence). */
  readonly positions: Value;
  /** The same of the past's pieces and these: int64 (past + sequence) or (batch, past + sequence). */
  readonly allPositions: Value;
}

/**
 * The order of the pieces of a batch.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { sightOf } from "./causal_sight.ts";
 * import { inputParameters, plainNet } from "./net.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const net = plainNet(b, inputParameters(b));
 * const sight = sightOf(net, { ids: b.input("ids", "int64", [2, 5]), mask: b.input("mask", "int64", [2, 5]) });
 * deepEqual(sight.seen.shape, [2, 1, 5, 5]);
 * ```
 */
export function sightOf({ b }: Net, { ids, mask, past }: DecoderInputs): Sight {
  const [, sequence = 1] = ids.shape;
  const before = past?.[0]?.key.shape[2] ?? 0;
  const total = summed([before, sequence]);
  const all = b.range(total); // (past + sequence)
  const these = b.range(sequence, before); // (sequence)
  const causal = b.one("LessOrEqual", [all, b.reshape(these, [sequence, 1])]); // (sequence, past + sequence)
  const everywhere = b.one("Unsqueeze", [causal, b.ints([0, 1])]);
  if (!mask) return { seen: everywhere, positions: these, allPositions: all };
  const piece = b.one("Unsqueeze", [b.cast(mask, "bool"), b.ints([1, 2])]); // (batch, 1, 1, past + sequence)
  const seen = b.one("And", [everywhere, piece]);
  const none = b.reshape(b.ints([0]), []);
  const one = b.reshape(b.ints([1]), []);
  // A piece sees itself and those before it, so that it counts its own position.
  const count = b.reduceSum(b.cast(seen, "int64"), [1, 3], false); // (batch, sequence)
  const positions = b.one("Max", [b.sub(count, one), none]);
  const order = b.sub(b.one("CumSum", [mask, one]), one); // (batch, past + sequence)
  return { seen, positions, allPositions: b.mul(order, mask) };
}

/** What is added to attention scores: the bias where a piece is seen, and a very negative number where it is not. */
export function causalBias({ b }: Net, { seen }: Sight, bias: Value = b.scalar(0)): Value {
  return b.one("Where", [seen, bias, b.scalar(LEAST)]); // (batch or 1, heads or 1, sequence, past + sequence)
}

/** The most negative float32: after the softmax, nothing; a row of nothing else becomes even, and not NaN. */
const LEAST = -3.4028234663852886e38;
