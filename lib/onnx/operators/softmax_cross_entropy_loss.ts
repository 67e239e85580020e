import type { Node } from "../graph.ts";
import { type InferenceNode, type Operator, required } from "../operator.ts";

/**
 * The mean over rows of −log softmax(scores)[label] (or the value a row, with `reduction` "none"), and the
 * log-probabilities. scores: (m, v), labels: (m), loss: () or (m).
 * dL/dscores = (softmax(scores) − onehot(labels)) · g / m.
 */
export const softmaxCrossEntropyLoss: Operator = {
  name: "SoftmaxCrossEntropyLoss",
  infer: (node) => {
    const scores = required("SoftmaxCrossEntropyLoss", node.inputs, 0);
    const labels = required("SoftmaxCrossEntropyLoss", node.inputs, 1);
    if (scores.shape.length !== 2 || labels.shape.length !== 1 || labels.shape[0] !== scores.shape[0]) {
      throw new Error(
        `SoftmaxCrossEntropyLoss: scores [${scores.shape}] and labels [${labels.shape}] do not fit`,
      );
    }
    const shape = reduction(node) === "none" ? labels.shape : [];
    return [{ dtype: scores.dtype, shape }, { dtype: scores.dtype, shape: scores.shape }];
  },
  gradient: (node, [g], b) => {
    const { inputs: [scores, labels], outputs: [, logs] } = node;
    if (reduction(node) !== "mean") {
      throw new Error("SoftmaxCrossEntropyLoss: the gradient is that of the mean");
    }
    if (!scores || !labels || !logs || !g) return [];
    const [m] = scores.shape;
    if (typeof m !== "number") throw new Error("SoftmaxCrossEntropyLoss: the number of rows must be known");
    const weight = b.mul(g, b.scalar(1 / m)); // ()
    const column = b.one("Unsqueeze", [labels, b.ints([-1])]); // (m, 1)
    const hit = b.one("Expand", [b.one("Neg", [weight]), b.ints([m, 1])]); // (m, 1)
    const dense = b.mul(b.one("Exp", [logs]), weight); // (m, v)
    const dx = b.one("ScatterElements", [dense, column, hit], {
      axis: { int: 1 },
      reduction: { text: "add" },
    });
    return [dx];
  },
};

function reduction(node: InferenceNode | Node): string {
  const attribute = node.attributes["reduction"];
  return attribute && "text" in attribute ? attribute.text : "mean";
}
