import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { random } from "../random.ts";
import { GraphBuilder } from "./builder.ts";
import { ELEMENT_TYPE } from "./codec.ts";
import type { Graph, Value } from "./graph.ts";
import { half } from "./half.ts";
import { largestError, numbersOf, runWritten } from "./run_written.ts";
import { sizeOf, type Tensor } from "./tensor.ts";
import { inMemory, type LazyGraph, withWeights } from "./tensor_source.ts";
import { writeModel } from "./write_model.ts";

const uniform = (seed: string, shape: readonly number[], size = 1): Tensor<"float32"> => {
  const rng = random(seed);
  const data = Float32Array.from({ length: sizeOf(shape) }, () => size * (2 * rng.next() - 1));
  return { dtype: "float32", shape, data };
};

/** An attention with a mask of the most negative float32, a residual sum and a norm. */
function attention(): Graph {
  const b = new GraphBuilder("attention");
  const of = (name: string, shape: readonly number[]) => b.initializer(name, uniform(name, shape));
  const ids = b.input("ids", "int64", [2, 3]);
  const mask = b.input("mask", "int64", [2, 3]);
  const x = b.reshape(b.one("Gather", [of("table", [9, 8]), ids]), [6, 8]);
  const project = (name: string) => b.reshape(b.dense(x, of(name, [8, 8])), [2, 3, 8]);
  const seen = b.one("Cast", [mask], { to: { int: ELEMENT_TYPE.float32 } });
  const bias = b.reshape(b.mul(b.sub(b.scalar(1), seen), b.scalar(-3.4028234663852886e38)), [2, 1, 3]);
  const scores = b.add(b.matMul(project("query"), b.transpose(project("key"), [0, 2, 1])), bias);
  const weights = b.one("Softmax", [scores], { axis: { int: -1 } });
  const mixed = b.reshape(b.matMul(weights, project("value")), [6, 8]);
  const [y] = b.apply("LayerNormalization", [b.add(x, mixed), of("scale", [8]), of("shift", [8])], {
    axis: { int: -1 },
    epsilon: { float: 1e-12 },
  });
  if (!y) throw new Error("no output");
  return b.graph([b.named("y", y)]);
}

const feeds = (mask: readonly number[]): Record<string, Tensor> => ({
  ids: { dtype: "int64", shape: [2, 3], data: BigInt64Array.of(1n, 8n, 3n, 0n, 0n, 5n) },
  mask: { dtype: "int64", shape: [2, 3], data: BigInt64Array.from(mask, BigInt) },
});

/** Element types in which the operators of a kind are computed. */
function typesOf(graph: LazyGraph, operator: string): Set<string | undefined> {
  const nodes = graph.nodes.filter((node) => node.operator === operator);
  return new Set(nodes.flatMap((node) => node.outputs.map(({ dtype }) => dtype)));
}

Deno.test("half() keeps results near those of float32, padding and rows without any piece included", async () => {
  const plain = withWeights(attention());
  const graph = half(plain);
  for (const mask of [[1, 1, 1, 1, 1, 1], [1, 1, 0, 1, 0, 0], [1, 1, 1, 0, 0, 0]]) {
    const [exact, near] = [await runWritten(plain, feeds(mask)), await runWritten(graph, feeds(mask))];
    const error = largestError(near["y"], exact["y"]);
    ok(error > 0 && error < 2e-3, `mask ${mask}: ${error}`);
  }
});

Deno.test("half() stores weights in float16, computes products in it, and the rest in float32", () => {
  const graph = half(withWeights(attention()));
  deepEqual(graph.inputs.map(({ dtype }) => dtype), ["int64", "int64"]);
  deepEqual(graph.outputs.map(({ name, dtype }) => `${name} ${dtype}`), ["y float32"]);
  for (const operator of ["Gemm", "MatMul", "Gather"]) {
    deepEqual(typesOf(graph, operator), new Set(["float16"]));
  }
  // The sum of scores and mask, and the residual sum, lead to softmax and norm alone.
  for (const operator of ["Softmax", "LayerNormalization", "Add", "Sub", "Mul"]) {
    deepEqual(typesOf(graph, operator), new Set(["float32"]), operator);
  }
  const stored = Object.fromEntries([...graph.initializers].map(([name, { dtype }]) => [name, dtype]));
  equal(stored["query"], "float16");
  equal(stored["scale"], "float32");
});

/** x / √(mean x² + ε) · w, spelt out as exports have it; squares of 300 and more overflow float16. */
function rootMeanSquare(b: GraphBuilder, x: Value): Value {
  const scale = b.one("Sqrt", [b.add(b.meanLast(b.mul(x, x)), b.scalar(1e-6))]);
  return b.mul(b.one("Div", [x, scale]), b.initializer("w", uniform("w", [4])));
}

Deno.test("half() computes a norm that is spelt out in float32", async () => {
  const b = new GraphBuilder("norm");
  const x = b.dense(
    b.input("x", "float32", ["n", 4]),
    b.initializer("dense", uniform("dense", [4, 4], 1000)),
  );
  const normed = rootMeanSquare(b, x);
  const plain = withWeights(
    b.graph([b.named("y", b.dense(normed, b.initializer("last", uniform("l", [2, 4]))))]),
  );
  const given = { x: uniform("x", [3, 4]) };
  const [exact, near] = [await runWritten(plain, given), await runWritten(half(plain), given)];
  ok(largestError(near["y"], exact["y"]) < 2e-3);
});

Deno.test("half() takes float32 in and gives float32 out, by the same names, past keys as well", async () => {
  const b = new GraphBuilder("cache");
  const past = b.input("past", "float32", [2, 4]);
  const key = b.dense(b.input("x", "float32", [3, 4]), b.initializer("w", uniform("w", [4, 4])));
  const present = b.one("Concat", [past, key], { axis: { int: 0 } });
  const plain = withWeights(b.graph([present, key]));
  const graph = half(plain);
  deepEqual(graph.outputs.map(({ name }) => name), plain.outputs.map(({ name }) => name));
  const given = { past: uniform("past", [2, 4]), x: uniform("x", [3, 4]) };
  const [exact, near] = [await runWritten(plain, given), await runWritten(graph, given)];
  for (const { name } of plain.outputs) ok(largestError(near[name], exact[name]) < 2e-3, name);
});

Deno.test("half() leaves the weights that are to be kept in float32", () => {
  const graph = half(withWeights(attention()), { keep: (weight) => weight === "value" });
  equal(graph.initializers.get("value")?.dtype, "float32");
  deepEqual(typesOf(graph, "Gemm"), new Set(["float16", "float32"]));
});

Deno.test("numbers that stand for infinity stay far, others that overflow are refused before a file is there", async () => {
  const b = new GraphBuilder("far");
  const far = { dtype: "float32", shape: [1, 3], data: Float32Array.of(-3.4e38, 1e9, -Infinity) } as const;
  const x = b.input("x", "float32", [1, 3]);
  const gathered = b.one("Gather", [b.initializer("far", far), b.input("row", "int64", [1])]);
  const graph = half(withWeights(b.graph([b.named("y", b.add(x, gathered))])));
  const { y } = await runWritten(graph, {
    x: { dtype: "float32", shape: [1, 3], data: new Float32Array(3) },
    row: { dtype: "int64", shape: [1], data: BigInt64Array.of(0n) },
  });
  deepEqual(numbersOf(y?.data), [-1e4, 1e4, -Infinity]);

  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/model.onnx`, "before");
  const large = inMemory({ dtype: "float32", shape: [2, 1], data: Float32Array.of(1, 70_000) });
  const c = new GraphBuilder("large");
  const product = c.matMul(c.input("x", "float32", ["n", 2]), c.input("w", "float32", [2, 1]));
  const overflowing = half(withWeights(c.graph([product]), new Map([["w", large]])));
  await rejects(writeModel(overflowing, `${folder}/model.onnx`), {
    message: "w: 70000 at element 1 overflows float16 (largest 65504). Leave float16 out.",
  });
  equal(await Deno.readTextFile(`${folder}/model.onnx`), "before");
  deepEqual((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["model.onnx"]);
  await Deno.remove(folder, { recursive: true });
});
