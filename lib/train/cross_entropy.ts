/** The loss of all tasks here: how surprised the model is by the right answers. @module */

import type { GraphBuilder } from "../onnx/builder.ts";
import type { Value } from "../onnx/graph.ts";

/** The label of a row that is not asked for, as in PyTorch. */
export const IGNORED = -100;

export interface CrossEntropyOptions {
  /** Whether rows may be labelled {@linkcode IGNORED}. Default false. */
  readonly ignoring?: boolean;
  /** How much each label counts, float32 (classes). Left out: all alike. */
  readonly weights?: Value;
}

/**
 * The mean of −log softmax(scores)[label], in nats: scores (n, classes), labels int64 (n) → a scalar. With weights, the
 * weighted mean.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { meanCrossEntropy } from "./cross_entropy.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const loss = meanCrossEntropy(b, b.input("scores", "float32", [4, 3]), b.input("labels", "int64", [4]));
 * deepEqual(loss.shape, []);
 * ```
 */
export function meanCrossEntropy(
  b: GraphBuilder,
  scores: Value,
  labels: Value,
  { ignoring = false, weights }: CrossEntropyOptions = {},
): Value {
  const [loss] = b.apply("SoftmaxCrossEntropyLoss", weights ? [scores, labels, weights] : [scores, labels], {
    reduction: { text: "mean" },
    ...(ignoring && { ignore_index: { int: IGNORED } }),
  });
  if (!loss) throw new Error("SoftmaxCrossEntropyLoss has no output");
  return loss;
}

/** The same for every row: (n). */
export function crossEntropies(b: GraphBuilder, scores: Value, labels: Value): Value {
  const [losses] = b.apply("SoftmaxCrossEntropyLoss", [scores, labels], { reduction: { text: "none" } });
  if (!losses) throw new Error("SoftmaxCrossEntropyLoss has no output");
  return losses;
}
