/** What a matrix product by itself reaches here. @module */

import { GraphBuilder } from "../../onnx/builder.ts";
import { release } from "../../onnx/session.ts";
import { random } from "../../random.ts";
import { median } from "./median.ts";
import { isProduct, productOperations } from "./operator_profile.ts";
import { profiled } from "./profiled.ts";
import type { Work } from "./work.ts";

const RUNS = 20;

/** GFLOP/s of one Gemm of two arrays that are given at each run, as a training step's are. */
export async function bareProduct({ threads, product: [rows, from, to] }: Work): Promise<number> {
  const b = new GraphBuilder("product");
  const y = b.dense(b.input("x", "float32", [rows, from]), b.input("weight", "float32", [to, from]));
  const graph = b.graph([b.named("y", y)]);
  const stream = random("product");
  const filled = (shape: readonly [number, number]) => {
    const data = Float32Array.from({ length: shape[0] * shape[1] }, () => stream.next());
    return { dtype: "float32", shape, data } as const;
  };
  const feeds = { x: filled([rows, from]), weight: filled([to, from]) };
  const runs = await profiled(graph, { threads }, async (session) => {
    for (let i = 0; i < RUNS; i++) release(Object.values(await session.run(feeds)));
  });
  const products = runs.flatMap(({ operators }) => operators.filter(isProduct));
  return median(products.map((product) => productOperations(product) / product.seconds / 1e9));
}
