/** A small training run that tests can kill. @module */

import type { Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";
import { fit, type FitOptions } from "./fit.ts";
import { inputFor, type Task } from "./task.ts";

/** A network of two layers that learns the square of a number. */
export const squares: Task = {
  loss(net, batch) {
    const { b } = net;
    const wide = net.dropout(b.one("Tanh", [net.dense(inputFor(b, batch, "x"), "wide", 1, 32)]), 0.1);
    const difference = b.sub(net.dense(wide, "narrow", 32, 1), inputFor(b, batch, "y"));
    return b.reduceSum(b.mul(difference, difference), [0, 1], false);
  },
  batch(step) {
    const stream = random(`batch ${step}`);
    const xs = Array.from({ length: 8 }, () => stream.normal());
    const column = (data: readonly number[]): Tensor => {
      return { dtype: "float32", shape: [8, 1], data: Float32Array.from(data) };
    };
    return { x: column(xs), y: column(xs.map((x) => x * x)) };
  },
};

/** Its first parameters. */
export function parameters(): Map<string, Tensor<"float32">> {
  const stream = random("parameters");
  const normal = (...shape: number[]): Tensor<"float32"> => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    return { dtype: "float32", shape, data: Float32Array.from({ length: size }, () => stream.normal()) };
  };
  return new Map([
    ["wide.weight", normal(32, 1)],
    ["wide.bias", normal(32)],
    ["narrow.weight", normal(1, 32)],
    ["narrow.bias", normal(1)],
  ]);
}

/** The run, its state kept in a folder every three steps. */
export async function fitted(folder: string, change: Partial<FitOptions> = {}) {
  const trained = parameters();
  const result = await fit(trained, squares, {
    ...{ steps: 40, learningRate: 0.01, schedule: "cosine", dropout: 7, threads: 1, measureEvery: 5 },
    measure: () => Promise.resolve({ first: trained.get("narrow.bias")?.data[0] ?? NaN }),
    keep: { folder, identity: "squares", steps: 3 },
    ...change,
  });
  return { parameters: trained, result };
}

// A step a line on stdout, until the process is killed.
if (import.meta.main) {
  const [folder = ""] = Deno.args;
  await fitted(folder, { onStep: ({ step }) => console.log(step) });
}
