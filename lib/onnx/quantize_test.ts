import { deepEqual, equal, ok } from "node:assert/strict";
import { z } from "zod";
import { random } from "../random.ts";
import { GraphBuilder } from "./builder.ts";
import type { Value } from "./graph.ts";
import { quantizeDynamic } from "./quantize.ts";
import { largestError, numbersOf, runWritten } from "./run_written.ts";
import { sizeOf, type Tensor } from "./tensor.ts";
import { type LazyTensor, withWeights } from "./tensor_source.ts";

const Array2 = z.object({ shape: z.array(z.number()), data: z.array(z.number()) });
const Oracle = z.object({
  inputs: z.object({ dense: Array2, product: Array2, bias: Array2, x: Array2 }),
  quantized: z.record(
    z.string(),
    z.object({ shape: z.array(z.number()), values: z.array(z.number()), scales: z.array(z.number()) }),
  ),
  y: z.array(z.number()),
});

const tensor = ({ shape, data }: z.infer<typeof Array2>): Tensor<"float32"> => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(data),
});

async function numbers(tensor: LazyTensor | undefined): Promise<number[]> {
  const pieces = tensor ? await Array.fromAsync(tensor.pieces()) : [];
  return pieces.flatMap(numbersOf);
}

Deno.test("quantizeDynamic() gives the whole numbers, scales and results of Python's quantize_dynamic", async () => {
  const text = await Deno.readTextFile(new URL("quantize_oracle.json", import.meta.url));
  const { inputs, quantized, y } = Oracle.parse(JSON.parse(text));
  const b = new GraphBuilder("products");
  const weight = (name: "dense" | "product" | "bias") => b.initializer(name, tensor(inputs[name]));
  const hidden = b.dense(b.input("x", "float32", ["n", 8]), weight("dense"), weight("bias"));
  const graph = quantizeDynamic(withWeights(b.graph([b.named("y", b.matMul(hidden, weight("product")))])));
  const stems = { dense: "dense", product: "product_by_column" };
  for (const [name, stem] of Object.entries(stems)) {
    const values = graph.initializers.get(`${stem}_quantized`);
    deepEqual(values?.shape, quantized[name]?.shape);
    deepEqual(await numbers(values), quantized[name]?.values, name);
    deepEqual(await numbers(graph.initializers.get(`${stem}_scale`)), quantized[name]?.scales, name);
  }
  ok(!graph.initializers.has("dense"), "the weights in float32 are gone");
  const results = await runWritten(graph, { x: tensor(inputs.x) });
  ok(largestError(results["y"], tensor({ shape: [5, 6], data: y })) < 1e-5);
});

/** Tied embeddings: rows of a table, a dense layer, and the same table as the vocabulary projection. */
function tied(b: GraphBuilder): Value {
  const of = (name: string, shape: readonly number[]) => {
    const rng = random(name.length);
    const data = Float32Array.from({ length: sizeOf(shape) }, () => rng.next() - 0.5);
    return b.initializer(name, { dtype: "float32", shape, data });
  };
  const table = of("table", [32, 16]);
  const ids = b.input("ids", "int64", ["batch", "sequence"]);
  const rows = b.reshape(b.one("Gather", [table, ids]), ["n", 16]);
  const turned = b.one("Gelu", [b.dense(rows, of("transform", [16, 16]), of("bias", [16]))]);
  return b.dense(turned, table);
}

Deno.test("a table that is looked up and multiplied with is kept once", async () => {
  const b = new GraphBuilder("tied");
  const plain = withWeights(b.graph([b.named("y", tied(b))]));
  const graph = quantizeDynamic(plain);
  const int8 = [...graph.initializers].filter(([, { dtype }]) => dtype === "int8").map(([name]) => name);
  deepEqual(int8.sort(), ["table_quantized", "transform_quantized"]);
  const ids: Tensor = { dtype: "int64", shape: [2, 3], data: BigInt64Array.of(0n, 31n, 7n, 7n, 2n, 19n) };
  const [exact, near] = [await runWritten(plain, { ids }), await runWritten(graph, { ids })];
  const error = largestError(near["y"], exact["y"]);
  ok(error > 0 && error < 0.02, `${error}`);
});

Deno.test("weights that other operators use stay in float32, and so do products of activations", () => {
  const b = new GraphBuilder("others");
  const w = b.initializer("w", { dtype: "float32", shape: [4, 4], data: new Float32Array(16) });
  const x = b.input("x", "float32", ["n", 4]);
  const y = b.add(b.dense(x, w), b.rows(w, "n"));
  const graph = quantizeDynamic(withWeights(b.graph([b.matMul(y, b.transpose(y, [1, 0]))])));
  ok(graph.initializers.has("w"));
  ok(graph.nodes.every(({ operator }) => operator !== "MatMulInteger"));
});

Deno.test("activations that several products share are quantised once", () => {
  const b = new GraphBuilder("shared");
  const x = b.input("x", "float32", ["n", 2]);
  const weight = (name: string) =>
    b.initializer(name, { dtype: "float32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
  const y = b.add(b.dense(x, weight("query")), b.dense(x, weight("key")));
  const operators = quantizeDynamic(withWeights(b.graph([y]))).nodes.map(({ operator }) => operator);
  equal(operators.filter((operator) => operator === "DynamicQuantizeLinear").length, 1);
  equal(operators.filter((operator) => operator === "MatMulInteger").length, 2);
});
