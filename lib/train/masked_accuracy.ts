/** How well a masked LM restores text that it has not seen. @module */

import { type Encoder, lastOf } from "../architectures/architecture.ts";
import { inputParameters, plainNet } from "../architectures/net.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";
import type { SpecialIds } from "../checkpoint/tokenizer.ts";

/** What {@link MaskedAccuracy.measure} finds. */
export interface MaskedAccuracyResult {
  /** The share of hidden pieces that the model's first choice restores. */
  readonly accuracy: number;
  /** The mean of −log p(hidden piece), in nats. */
  readonly loss: number;
  /** How many pieces were hidden. */
  readonly hidden: number;
}

/**
 * Masked-token accuracy: the documents are joined and cut into windows (length with [CLS] and [SEP]), a share of each
 * window's pieces is hidden behind [MASK], every one of them, and the model's first choice is compared with what stood
 * there. Which pieces are hidden is decided by the seed and is the same for every model with the same vocabulary.
 */
export class MaskedAccuracy {
  readonly #windows: readonly Window[];
  readonly #session: Session;
  readonly #size: readonly [number, number, number];

  private constructor(windows: readonly Window[], session: Session, size: readonly [number, number, number]) {
    this.#windows = windows;
    this.#session = session;
    this.#size = size;
  }

  static async open(
    encoder: Encoder,
    documents: readonly (readonly number[])[],
    special: SpecialIds,
    options: { share: number; length: number; seed: number } & SessionOptions,
  ): Promise<MaskedAccuracy> {
    const { share, length, seed } = options;
    const pieces = documents.flatMap((document) => [...document, special.sep]);
    const masked = Math.round((length - 2) * share);
    const windows: Window[] = [];
    for (let start = 0; start + length - 2 <= pieces.length; start += length - 2) {
      const ids = [special.cls, ...pieces.slice(start, start + length - 2), special.sep];
      const places = Array.from(ids.keys()).filter((at) =>
        ids[at] !== special.sep && ids[at] !== special.unk && at > 0
      );
      const positions = random(`${seed}/window/${windows.length}`).shuffle(places).slice(0, masked);
      if (positions.length < masked) continue;
      const labels = positions.map((at) => ids[at] ?? 0);
      for (const at of positions) ids[at] = special.mask;
      windows.push({ ids, positions, labels });
    }
    const batch = 16;
    const b = new GraphBuilder("masked-accuracy");
    const net = plainNet(b, inputParameters(b));
    const hidden = lastOf(encoder.states(net, { ids: b.input("ids", "int64", [batch, length]) }));
    const seen = b.one("Gather", [hidden, b.input("positions", "int64", [batch * masked])]);
    const scores = encoder.maskedLM(net, seen); // (masked, vocabulary)
    const labels = b.input("labels", "int64", [batch * masked]);
    const [losses] = b.apply("SoftmaxCrossEntropyLoss", [scores, labels], { reduction: { text: "none" } });
    if (!losses) throw new Error("SoftmaxCrossEntropyLoss has no output");
    const best = b.one("ArgMax", [scores], { axis: { int: -1 }, keepdims: { int: 0 } });
    const session = await Session.open(b.graph([b.named("best", best), b.named("losses", losses)]), options);
    return new MaskedAccuracy(windows, session, [batch, length, masked]);
  }

  async measure(parameters: ReadonlyMap<string, Tensor<"float32">>): Promise<MaskedAccuracyResult> {
    const [batch, length, masked] = this.#size;
    let [right, loss, count] = [0, 0, 0];
    for (let first = 0; first < this.#windows.length; first += batch) {
      const windows = this.#windows.slice(first, first + batch);
      const ids = new BigInt64Array(batch * length);
      const positions = new BigInt64Array(batch * masked);
      const labels = new BigInt64Array(batch * masked);
      windows.forEach((window, row) => {
        window.ids.forEach((id, i) => ids[row * length + i] = BigInt(id));
        window.positions.forEach((at, i) => positions[row * masked + i] = BigInt(row * length + at));
        window.labels.forEach((label, i) => labels[row * masked + i] = BigInt(label));
      });
      const { best, losses } = await this.#session.run({
        ...Object.fromEntries(parameters),
        ids: { dtype: "int64", shape: [batch, length], data: ids },
        positions: { dtype: "int64", shape: [batch * masked], data: positions },
        labels: { dtype: "int64", shape: [batch * masked], data: labels },
      });
      for (let i = 0; i < windows.length * masked; i++) {
        if (best?.data[i] === labels[i]) right++;
        loss += Number(losses?.data[i]);
        count++;
      }
    }
    return { accuracy: right / count, loss: loss / count, hidden: count };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}

interface Window {
  readonly ids: readonly number[];
  readonly positions: readonly number[];
  readonly labels: readonly number[];
}
