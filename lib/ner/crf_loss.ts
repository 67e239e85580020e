/** The loss of a linear-chain conditional random field, as a graph. @module */

import type { GraphBuilder } from "../onnx/builder.ts";
import type { Value } from "../onnx/graph.ts";
import { meanCrossEntropy } from "../train/cross_entropy.ts";
import { tagOrder } from "./tag_order.ts";

/** So small that it changes no sum, and keeps the logarithm of none from being −∞. */
const LEAST = 1e-30;

/** The graph's values of the layer, in nats: (tags, tags), (tags), (tags). */
export interface LayerValues {
  readonly between: Value;
  readonly first: Value;
  readonly last: Value;
}

/** What was right in a batch of texts. */
export interface TakenValues {
  /** int64 (words · texts), word after word; −100 behind a text's last word. */
  readonly labels: Value;
  /** float32 (words · texts): 1 at each text's last word. */
  readonly ends: Value;
  /** float32, a scalar: how many words there are. */
  readonly words: Value;
  /** float32 (tags, tags): how often a tag follows another. */
  readonly between: Value;
  /** float32 (tags): how often a tag begins a text. */
  readonly first: Value;
  /** float32 (tags): how often a tag ends one. */
  readonly last: Value;
}

/**
 * −ln p of the right tags over the number of words: scores (words · texts, tags), word after word → a scalar. The forward algorithm with
 * sums scaled at each word, so that all of it is matrix products. As softmax takes a constant out of each row, which changes no
 * probability, the loss is the cross-entropy, less the scores of the transitions that were taken, plus the logarithms of the scales.
 *
 * @param allowed (tags, tags): 1 where a tag may follow, else 0
 */
export function crfLoss(
  b: GraphBuilder,
  scores: Value,
  layer: LayerValues,
  taken: TakenValues,
  allowed: Float32Array,
): Value {
  const [rows = 0, count = 0] = scores.shape.map(Number);
  const texts = Number(taken.ends.shape[1]);
  const steps = rows / texts;
  const between = b.mul(
    b.one("Exp", [layer.between]),
    b.constant({ dtype: "float32", shape: [count, count], data: allowed }),
  );
  const likely = b.add(b.one("Softmax", [scores], { axis: { int: -1 } }), b.scalar(LEAST));
  const words = steps === 1 ? [likely] : b.parts(likely, 0, Array.from({ length: steps }, () => texts));
  const first = b.reshape(b.one("Exp", [layer.first]), [1, count]);
  const [ahead, scales]: [Value[], Value[]] = [[], []];
  let before: Value | undefined;
  for (const word of words) { // each (texts, tags)
    const sums = b.mul(before ? b.matMul(before, between) : first, word);
    const scale = b.reduceSum(sums, [1], true); // (texts, 1)
    before = b.one("Div", [sums, scale]);
    ahead.push(before);
    scales.push(scale);
  }
  const joined = (values: readonly Value[]) =>
    values.length === 1 && values[0] ? values[0] : b.one("Concat", values, { axis: { int: 0 } });
  const logs = b.reshape(b.one("Log", [joined(scales)]), [steps, texts]);
  const last = b.reshape(b.one("Exp", [layer.last]), [count, 1]);
  const ends = b.reshape(b.one("Log", [b.matMul(joined(ahead), last)]), [steps, texts]);
  const counted = b.one("Cast", [
    b.one("GreaterOrEqual", [b.reshape(taken.labels, [steps, texts]), b.ints([0])]),
  ], { to: { int: 1 } });
  const all = (value: Value) => b.reduceSum(value, Array.from(value.shape.keys()), false);
  const paths = b.add(all(b.mul(logs, counted)), all(b.mul(ends, taken.ends)));
  const steppedOver = b.add(
    all(b.mul(taken.between, layer.between)),
    b.add(all(b.mul(taken.first, layer.first)), all(b.mul(taken.last, layer.last))),
  );
  const entropy = meanCrossEntropy(b, scores, taken.labels, { ignoring: true });
  return b.add(entropy, b.one("Div", [b.sub(paths, steppedOver), taken.words]));
}

/** 1 where a tag may follow another, row by row of the first of both. */
export function allowed(tags: readonly string[]): Float32Array {
  const table = new Float32Array(tags.length ** 2);
  for (const [tag, befores] of tagOrder(tags).follows.entries()) {
    for (const before of befores) table[before * tags.length + tag] = 1;
  }
  return table;
}
