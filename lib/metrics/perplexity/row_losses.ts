/** Cross entropy of chosen places of a batch. @module */

import { fixedParameters, type Net, plainNet } from "../../architectures/net.ts";
import { GraphBuilder } from "../../onnx/builder.ts";
import type { Value } from "../../onnx/graph.ts";
import { Session, type SessionOptions } from "../../onnx/session.ts";
import type { Tensor } from "../../onnx/tensor.ts";

/** A sequence that the model is shown, and what is asked of it. */
export interface Shown {
  readonly ids: ArrayLike<number>;
  /** The places whose states are asked, and the piece that each is asked for. */
  readonly places: readonly number[];
  readonly targets: readonly number[];
}

/** Losses of batches of sequences of one length; holds a session of the runtime until it is closed. */
export interface RowLosses {
  /** −ln p of every target, sequence after sequence. */
  run(batch: readonly Shown[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * A model's losses at chosen places. Only these go through the vocabulary, and only their losses leave the runtime.
 *
 * @param states the model's last hidden states of `ids` (batch, sequence): (batch · sequence, hidden)
 * @param scores of the pieces of the vocabulary: (n, hidden) → (n, vocabulary)
 *
 * @example
 * ```ts
 * import { openRowLosses } from "./row_losses.ts";
 * import { deepEqual } from "node:assert/strict";
 * const weights = new Map([["e", { dtype: "float32", shape: [3, 2], data: Float32Array.of(0, 0, 9, 0, 0, 9) } as const]]);
 * const losses = await openRowLosses(
 *   weights,
 *   ({ b, parameter }, ids) => b.reshape(b.one("Gather", [parameter("e", [3, 2]), ids]), ["batch*sequence", 2]),
 *   ({ b, parameter }, hidden) => b.dense(hidden, parameter("e", [3, 2])),
 * );
 * const loss = await losses.run([{ ids: [0, 1], places: [0], targets: [2] }]);
 * deepEqual(loss[0]?.toFixed(4), Math.log(3).toFixed(4)); // piece 0 says nothing of what is there
 * await losses.close();
 * ```
 */
export async function openRowLosses(
  weights: ReadonlyMap<string, Tensor<"float32">>,
  states: (net: Net, ids: Value) => Value,
  scores: (net: Net, hidden: Value) => Value,
  options: SessionOptions = {},
): Promise<RowLosses> {
  const b = new GraphBuilder("row-losses");
  const net = plainNet(b, fixedParameters(b, weights));
  const ids = b.input("input_ids", "int64", ["batch", "sequence"]);
  const rows = b.input("rows", "int64", ["rows"]);
  const targets = b.input("targets", "int64", ["rows"]);
  const chosen = b.one("Gather", [states(net, ids), rows]); // (rows, hidden)
  const [loss] = b.apply("SoftmaxCrossEntropyLoss", [scores(net, chosen), targets], {
    reduction: { text: "none" },
  });
  if (!loss) throw new Error("SoftmaxCrossEntropyLoss has no output");
  const session = await Session.open(b.graph([b.named("loss", loss)]), options);
  return {
    async run(batch) {
      const length = batch[0]?.ids.length ?? 0;
      const sequences = new BigInt64Array(batch.length * length);
      batch.forEach(({ ids }, row) => {
        for (let i = 0; i < length; i++) sequences[row * length + i] = BigInt(ids[i] ?? 0);
      });
      const places = batch.flatMap(({ places }, row) => places.map((place) => row * length + place));
      const wanted = batch.flatMap(({ targets }) => targets);
      const { loss } = await session.run({
        input_ids: { dtype: "int64", shape: [batch.length, length], data: sequences },
        rows: { dtype: "int64", shape: [places.length], data: BigInt64Array.from(places, BigInt) },
        targets: { dtype: "int64", shape: [wanted.length], data: BigInt64Array.from(wanted, BigInt) },
      });
      if (loss?.data instanceof Float32Array) return loss.data;
      throw new Error("row losses: the runtime gave no numbers");
    },
    close: () => session.close(),
  };
}

/** The losses of all sequences, run in batches of neighbours that are equally long. */
export async function lossesOf(
  model: RowLosses,
  shown: readonly Shown[],
  piecesPerRun: number,
): Promise<Float64Array> {
  const losses: number[] = [];
  for (let first = 0; first < shown.length;) {
    const length = shown[first]?.ids.length ?? 1;
    let end = first + 1;
    while (
      end < shown.length && shown[end]?.ids.length === length && (end + 1 - first) * length <= piecesPerRun
    ) end++;
    for (const loss of await model.run(shown.slice(first, end))) losses.push(loss);
    first = end;
  }
  return Float64Array.from(losses);
}
