/** How well an encoder-decoder restores words that it has not seen. @module */

import { crossEntropies } from "./cross_entropy.ts";
import { Forward, type ForwardOptions } from "./forward.ts";
import type { Trained } from "./step_graph.ts";
import type { WordInfilling } from "./word_infilling.ts";

/** What {@link InfillingAccuracy.measure} finds, each given what stood before it. */
export interface InfillingAccuracyResult {
  /** The share of the pieces of words that are the model's first choice. */
  readonly accuracy: number;
  /** The share of words all of whose pieces are. */
  readonly wordAccuracy: number;
  /** The mean of −log p over all that is written, sentinels and ends included, in nats. */
  readonly loss: number;
  /** How many pieces of words there were. */
  readonly hidden: number;
}

/**
 * Teacher-forced accuracy over one pass of a task's text. Sentinels and the end, which say nothing of words, count in the loss alone.
 *
 * @example See {@linkcode WordInfilling}, and lib/train/word_infilling_test.ts.
 */
export class InfillingAccuracy {
  readonly #task: WordInfilling;
  readonly #first: number;
  readonly #forward: Forward;

  /** @param first the least id of a sentinel; all pieces of words are below it */
  constructor(parameters: Trained, task: WordInfilling, first: number, options: ForwardOptions = {}) {
    this.#task = task;
    this.#first = first;
    this.#forward = new Forward(parameters, (net, batch) => {
      const { scores, labels } = task.scores(net, batch);
      const asked = net.b.one("Max", [labels, net.b.ints([0])]); // rows without a label are passed over below
      return {
        best: net.b.one("ArgMax", [scores], { axis: { int: -1 }, keepdims: { int: 0 } }),
        losses: crossEntropies(net.b, scores, asked),
      };
    }, options);
  }

  /** With the parameters as they are now. */
  async measure(): Promise<InfillingAccuracyResult> {
    let [loss, count, right, hidden, words, rightWords] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < this.#task.batchesPerEpoch; i++) {
      const batch = this.#task.batch(i);
      const labels = Array.from(batch["labels"]?.data ?? [], Number);
      const { best, losses } = await this.#forward.run(batch);
      let [pieces, wrong] = [0, 0];
      labels.forEach((label, at) => {
        if (label < 0) return;
        loss += Number(losses?.data[at]);
        count++;
        if (label < this.#first && label !== this.#task.end) {
          const same = Number(best?.data[at]) === label;
          hidden++;
          pieces++;
          if (same) right++;
          else wrong++;
        } else { // a word ends before a sentinel and before the end
          if (pieces > 0) words++;
          if (pieces > 0 && wrong === 0) rightWords++;
          [pieces, wrong] = [0, 0];
        }
      });
    }
    return { accuracy: right / hidden, wordAccuracy: rightWords / words, loss: loss / count, hidden };
  }

  async close(): Promise<void> {
    await this.#forward.close();
  }
}
