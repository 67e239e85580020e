/** How well a token classifier labels text that it has not seen. @module */

import type { Encoder } from "../architectures/architecture.ts";
import { crossEntropies, IGNORED } from "./cross_entropy.ts";
import { Forward, type ForwardOptions } from "./forward.ts";
import type { LabelledPieces } from "./labelled_pieces.ts";
import { LENGTHS } from "./length_buckets.ts";
import type { Trained } from "./step_graph.ts";
import { labelledBatch, labelScores } from "./token_classification.ts";

export interface TokenScoresOptions extends ForwardOptions {
  /** The label set, in the order of its ids. */
  readonly labels: readonly string[];
  /** The label of words that are nothing; it is no hit to find it. Default "O". */
  readonly outside?: string;
  readonly batch: number;
  readonly pad: number;
}

/** What {@linkcode TokenScores.measure} finds, word by word. */
export interface TokenScoresResult {
  /** The share of words whose first choice is right. */
  readonly accuracy: number;
  /** The harmonic mean of precision and recall over all labels but the outside one, words counted one by one (micro). */
  readonly f1: number;
  /** The mean of −log p(label), in nats. */
  readonly loss: number;
}

/** Scores of a token classifier on held-out text, with the parameters as they are at the time. */
export class TokenScores {
  readonly #forward: Forward;
  readonly #texts: readonly LabelledPieces[];
  readonly #options: TokenScoresOptions;

  constructor(
    parameters: Trained,
    encoder: Encoder,
    texts: readonly LabelledPieces[],
    options: TokenScoresOptions,
  ) {
    this.#texts = texts.toSorted((a, b) => a.ids.length - b.ids.length);
    this.#options = options;
    this.#forward = new Forward(parameters, (net, batch) => {
      const { b } = net;
      const scores = labelScores(encoder, net, batch, options.labels.length); // (batch · sequence, labels)
      const labels = b.input("labels", "int64", [scores.shape[0] ?? 1]);
      return {
        best: b.one("ArgMax", [scores], { axis: { int: -1 }, keepdims: { int: 0 } }),
        losses: crossEntropies(b, scores, labels),
      };
    }, options);
  }

  async measure(): Promise<TokenScoresResult> {
    const { labels, outside = "O", batch: rows, pad } = this.#options;
    const nothing = labels.indexOf(outside);
    let [count, right, hits, found, there, loss] = [0, 0, 0, 0, 0, 0];
    for (let first = 0; first < this.#texts.length; first += rows) {
      const texts = this.#texts.slice(first, first + rows);
      const longest = Math.max(...texts.map(({ ids }) => ids.length));
      const length = LENGTHS.find((length) => length >= longest) ?? longest;
      const { ids, mask, labels: wanted } = labelledBatch(texts, rows, length, pad);
      // The runtime has no label for "ignored" here; those rows are left out below.
      const known = {
        dtype: "int64",
        shape: [rows * length],
        data: wanted.data.map((x) => x < 0n ? 0n : x),
      } as const;
      const { best, losses } = await this.#forward.run({ ids, mask, labels: known });
      wanted.data.forEach((label, i) => {
        if (Number(label) === IGNORED) return;
        const [expected, got] = [Number(label), Number(best?.data[i])];
        count++;
        loss += Number(losses?.data[i]);
        if (got === expected) right++;
        if (got !== nothing) found++;
        if (expected !== nothing) there++;
        if (got === expected && got !== nothing) hits++;
      });
    }
    return { accuracy: right / count, f1: hits === 0 ? 0 : 2 * hits / (found + there), loss: loss / count };
  }

  async close(): Promise<void> {
    await this.#forward.close();
  }
}
