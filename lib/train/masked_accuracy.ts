/** How well a masked LM restores text that it has not seen. @module */

import { type Encoder, lastOf } from "../architectures/architecture.ts";
import type { SpecialIds } from "../tokenizers/special_tokens.ts";
import { random } from "../random.ts";
import { crossEntropies } from "./cross_entropy.ts";
import { Forward, type ForwardOptions } from "./forward.ts";
import type { Trained } from "./step_graph.ts";
import { inputFor } from "./task.ts";

export interface MaskedAccuracyOptions extends ForwardOptions {
  /** The share of a window's pieces that is hidden. */
  readonly share: number;
  /** Pieces a window, with its two special ones. */
  readonly length: number;
  readonly seed: number;
}

/** What {@link MaskedAccuracy.measure} finds. */
export interface MaskedAccuracyResult {
  /** The share of hidden pieces that the model's first choice restores. */
  readonly accuracy: number;
  /** The mean of −log p(hidden piece), in nats. */
  readonly loss: number;
  /** How many pieces were hidden. */
  readonly hidden: number;
}

interface Window {
  readonly ids: readonly number[];
  readonly positions: readonly number[];
  readonly labels: readonly number[];
}

/** Windows that are measured at a time. */
const ROWS = 16;

/**
 * Masked-token accuracy: the documents are joined and cut into windows (length with [CLS] and [SEP]), a share of each
 * window's pieces is hidden behind [MASK], every one of them, and the model's first choice is compared with what stood
 * there. Which pieces are hidden is decided by the seed and is the same for every model with the same vocabulary.
 */
export class MaskedAccuracy {
  readonly #windows: readonly Window[];
  readonly #forward: Forward;
  readonly #length: number;

  constructor(
    parameters: Trained,
    encoder: Encoder,
    documents: readonly (readonly number[])[],
    special: SpecialIds,
    options: MaskedAccuracyOptions,
  ) {
    this.#length = options.length;
    this.#windows = windowsOf(documents, special, options);
    this.#forward = new Forward(parameters, (net, batch) => {
      const hidden = lastOf(encoder.states(net, { ids: inputFor(net.b, batch, "ids") }));
      const seen = net.b.one("Gather", [hidden, inputFor(net.b, batch, "positions")]); // (hidden pieces, hidden)
      const scores = encoder.maskedLM(net, seen); // (hidden pieces, vocabulary)
      return {
        best: net.b.one("ArgMax", [scores], { axis: { int: -1 }, keepdims: { int: 0 } }),
        losses: crossEntropies(net.b, scores, inputFor(net.b, batch, "labels")),
      };
    }, options);
  }

  /** With the parameters as they are now. */
  async measure(): Promise<MaskedAccuracyResult> {
    let [right, loss, count] = [0, 0, 0];
    for (let first = 0; first < this.#windows.length; first += ROWS) {
      const windows = this.#windows.slice(first, first + ROWS);
      const masked = windows[0]?.positions.length ?? 0;
      const ids = new BigInt64Array(ROWS * this.#length);
      const positions = new BigInt64Array(ROWS * masked);
      const labels = new BigInt64Array(ROWS * masked);
      windows.forEach((window, row) => {
        window.ids.forEach((id, i) => ids[row * this.#length + i] = BigInt(id));
        window.positions.forEach((at, i) => positions[row * masked + i] = BigInt(row * this.#length + at));
        window.labels.forEach((label, i) => labels[row * masked + i] = BigInt(label));
      });
      const { best, losses } = await this.#forward.run({
        ids: { dtype: "int64", shape: [ROWS, this.#length], data: ids },
        positions: { dtype: "int64", shape: [ROWS * masked], data: positions },
        labels: { dtype: "int64", shape: [ROWS * masked], data: labels },
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
    await this.#forward.close();
  }
}

/** Windows with the same number of hidden pieces each; those with too few ordinary pieces are left out. */
function windowsOf(
  documents: readonly (readonly number[])[],
  special: SpecialIds,
  { share, length, seed }: MaskedAccuracyOptions,
): Window[] {
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
  return windows;
}
