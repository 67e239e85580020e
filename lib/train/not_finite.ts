/** Where a step's first value that is not finite comes from. @module */

import type { GraphBuilder } from "../onnx/builder.ts";
import type { Value } from "../onnx/graph.ts";
import { type GraphOptions, openGraph } from "./open_graph.ts";
import { given, ground, type Trained } from "./step_graph.ts";
import type { Task } from "./task.ts";

/**
 * Runs the forward part of a step again with every node's output in view, and says which layer gives the first value that
 * is not finite. Where the forward part gives none, the gradient does: that of the layer nearest to the loss is named.
 *
 * @param index the batch's
 * @param gradients the step's, by the parameters' names
 * @returns the end of a sentence
 */
export async function whatIsNotFinite(
  parameters: Trained,
  task: Task,
  index: number,
  gradients: Trained,
  options: GraphOptions,
): Promise<string> {
  for (const [name, { data }] of parameters) {
    const value = data.find((x) => !Number.isFinite(x));
    if (value !== undefined) return `the parameter ${name} holds ${value}`;
  }
  const batch = task.batch(index);
  const { b, net, dropout, asked } = ground("not-finite", parameters, options);
  task.loss(net, batch);
  const checks = b.nodes.slice().flatMap(({ operator, outputs: [x] }, i) => {
    if (x?.dtype !== "float32") return [];
    const layer = asked.findLast(({ from }) => from <= i)?.name.replace(/\.[^.]*$/, "") ?? "the input";
    return [{ operator, layer, check: b.named(`check ${i}`, differenceFromItself(b, x)) }];
  });
  const session = await openGraph(b.graph(checks.map(({ check }) => check)), options);
  try {
    const results = await session.run({
      ...given(parameters, options.base),
      ...batch,
      ...dropout?.masks(index),
    });
    const first = checks.find(({ check }) => results[check.name]?.data[0] !== 0);
    if (first) return `${first.layer} gives the first value that is not finite (${first.operator})`;
  } finally {
    await session.close();
  }
  const last = asked.findLast(({ name }) => gradients.get(name)?.data.some((x) => !Number.isFinite(x)));
  return last
    ? `the gradient by ${last.name} is the first that is not finite`
    : "it is too large for a number";
}

/** 0 where all elements are finite, NaN elsewhere: no sum hides ∞ − ∞ or NaN. */
function differenceFromItself(b: GraphBuilder, x: Value): Value {
  const zeros = b.sub(x, x);
  return x.shape.length === 0 ? zeros : b.reduceSum(zeros, x.shape.map((_, axis) => axis), false);
}
