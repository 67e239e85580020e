import type { GraphBuilder } from "../builder.ts";
import { intAttribute, type Node, type Value } from "../graph.ts";
import { type InferenceNode, type Operator, required } from "../operator.ts";

/**
 * The weighted mean over rows of −log softmax(scores)[label] (or the value a row, with `reduction` "none"), and the
 * log-probabilities. scores: (m, v), labels: (m), weights a label (optional): (v), loss: () or (m). Rows labelled
 * `ignore_index` count for nothing.
 *
 * With cᵢ the weight of row i's label, 1 without weights and 0 where the row is ignored:
 * dL/dscores = (softmax(scores) − onehot(labels)) · g · cᵢ / Σ c.
 */
export const softmaxCrossEntropyLoss: Operator = {
  name: "SoftmaxCrossEntropyLoss",
  infer: (node) => {
    const scores = required("SoftmaxCrossEntropyLoss", node.inputs, 0);
    const labels = required("SoftmaxCrossEntropyLoss", node.inputs, 1);
    const weights = node.inputs[2];
    if (scores.shape.length !== 2 || labels.shape.length !== 1 || labels.shape[0] !== scores.shape[0]) {
      throw new Error(
        `SoftmaxCrossEntropyLoss: scores [${scores.shape}] and labels [${labels.shape}] do not fit`,
      );
    }
    if (weights && `${weights.shape}` !== `${scores.shape[1]}`) {
      throw new Error(
        `SoftmaxCrossEntropyLoss: weights [${weights.shape}] for ${scores.shape[1]} labels`,
      );
    }
    const shape = reduction(node) === "none" ? labels.shape : [];
    return [{ dtype: scores.dtype, shape }, { dtype: scores.dtype, shape: scores.shape }];
  },
  gradient: (node, [g], b) => {
    const { inputs: [scores, labels, weights], outputs: [, logs] } = node;
    if (reduction(node) !== "mean") {
      throw new Error("SoftmaxCrossEntropyLoss: the gradient is that of the mean");
    }
    if (!scores || !labels || !logs || !g) return [];
    const [m] = scores.shape;
    if (typeof m !== "number") throw new Error("SoftmaxCrossEntropyLoss: the number of rows must be known");
    const ignored = node.attributes["ignore_index"] && intAttribute(node, "ignore_index", 0);
    const { known, counts } = rowsThatCount(b, m, labels, weights, ignored);
    const share = counts
      ? b.mul(counts, b.one("Div", [g, b.reduceSum(counts, [0, 1], false)])) // (m, 1)
      : b.mul(g, b.scalar(1 / m)); // ()
    const column = b.one("Unsqueeze", [known, b.ints([-1])]); // (m, 1)
    const hit = b.one("Expand", [b.one("Neg", [share]), b.ints([m, 1])]); // (m, 1)
    const dense = b.mul(b.one("Exp", [logs]), share); // (m, v)
    const dx = b.one("ScatterElements", [dense, column, hit], {
      axis: { int: 1 },
      reduction: { text: "add" },
    });
    return [dx];
  },
};

/**
 * The labels, 0 for those that are ignored, and how much each row counts (m, 1), undefined where all count alike.
 *
 * @param weights (v)
 */
function rowsThatCount(b: GraphBuilder, m: number, labels: Value, weights?: Value, ignored?: number) {
  const seen = ignored === undefined
    ? undefined
    : b.one("Not", [b.one("Equal", [labels, int64(b, ignored)])]); // (m)
  const known = seen ? b.one("Where", [seen, labels, int64(b, 0)]) : labels; // (m)
  const weight = weights && b.one("Gather", [weights, known]); // (m)
  const counted = seen && b.cast(seen, "float32"); // (m)
  const counts = weight && counted ? b.mul(weight, counted) : weight ?? counted;
  return { known, counts: counts && b.reshape(counts, [m, 1]) };
}

function int64(b: GraphBuilder, x: number): Value {
  return b.reshape(b.ints([x]), []);
}

function reduction(node: InferenceNode | Node): string {
  const attribute = node.attributes["reduction"];
  return attribute && "text" in attribute ? attribute.text : "mean";
}
