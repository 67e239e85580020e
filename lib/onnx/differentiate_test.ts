import { ok, rejects, throws } from "node:assert/strict";
import { random } from "../random.ts";
import { GraphBuilder } from "./builder.ts";
import { differentiate } from "./differentiate.ts";
import type { Value } from "./graph.ts";
import { Session } from "./session.ts";
import { sizeOf, type Tensor } from "./tensor.ts";

interface Case {
  readonly name: string;
  /** The shapes of the inputs that are differentiated. */
  readonly shapes: readonly (readonly number[])[];
  readonly build: (b: GraphBuilder, xs: readonly Value[]) => Value;
  /** Where the inputs lie; default [-1, 1]. */
  readonly range?: readonly [number, number];
}

const one = (operator: string) => (b: GraphBuilder, xs: readonly Value[]) => b.one(operator, xs);
const index = (b: GraphBuilder, values: readonly number[], shape: readonly number[]) =>
  b.initializer(`index ${b.nodes.length}`, {
    dtype: "int64",
    shape,
    data: BigInt64Array.from(values, BigInt),
  });

/** Every operator with a gradient, over shapes that broadcast, have axes of size 1, or repeat rows. */
const cases: readonly Case[] = [
  { name: "Add, stretched on both sides", shapes: [[2, 1, 3], [4, 1]], build: one("Add") },
  { name: "Sub, a scalar from an array", shapes: [[2, 3], []], build: one("Sub") },
  { name: "Mul, size-1 axes", shapes: [[1, 3], [2, 1]], build: one("Mul") },
  { name: "Mul with itself", shapes: [[5]], build: (b, [x]) => x ? b.mul(x, x) : b.scalar(0) },
  { name: "Div, stretched", shapes: [[2, 3], [3]], build: one("Div"), range: [0.5, 2] },
  { name: "Neg", shapes: [[2, 3]], build: one("Neg") },
  { name: "Exp", shapes: [[2, 3]], build: one("Exp") },
  { name: "Sqrt", shapes: [[2, 3]], build: one("Sqrt"), range: [0.5, 2] },
  { name: "Tanh", shapes: [[2, 3]], build: one("Tanh") },
  { name: "Erf", shapes: [[2, 3]], build: one("Erf") },
  { name: "Identity", shapes: [[2, 3]], build: one("Identity") },
  { name: "Gelu", shapes: [[4, 5]], build: one("Gelu"), range: [-3, 3] },
  { name: "Softmax", shapes: [[2, 3, 4]], build: one("Softmax") },
  { name: "Softmax over an axis of size 1", shapes: [[3, 1]], build: one("Softmax") },
  { name: "MatMul, batches stretched", shapes: [[2, 1, 3, 4], [5, 4, 2]], build: one("MatMul") },
  { name: "MatMul of a row and a column", shapes: [[1, 4], [4, 1]], build: one("MatMul") },
  ...[[0, 0], [0, 1], [1, 0], [1, 1]].map(([transA = 0, transB = 0]): Case => ({
    name: `Gemm, transA ${transA}, transB ${transB}, with a bias`,
    shapes: [transA ? [3, 2] : [2, 3], transB ? [4, 3] : [3, 4], [4]],
    build: (b, xs) => b.one("Gemm", xs, { transA: { int: transA }, transB: { int: transB } }),
  })),
  { name: "Reshape", shapes: [[2, 6]], build: (b, [x]) => x ? b.reshape(x, [3, 4]) : b.scalar(0) },
  { name: "Transpose", shapes: [[2, 3, 4]], build: (b, [x]) => x ? b.transpose(x, [2, 0, 1]) : b.scalar(0) },
  { name: "Unsqueeze", shapes: [[2, 3]], build: (b, xs) => b.one("Unsqueeze", [...xs, b.ints([1])]) },
  { name: "Expand", shapes: [[2, 1]], build: (b, xs) => b.one("Expand", [...xs, b.ints([3, 2, 4])]) },
  {
    name: "ReduceSum, axes dropped",
    shapes: [[2, 3, 4]],
    build: (b, [x]) => x ? b.reduceSum(x, [0, 2], false) : b.scalar(0),
  },
  { name: "ReduceMean, axis kept", shapes: [[2, 3]], build: (b, [x]) => x ? b.meanLast(x) : b.scalar(0) },
  { name: "Slice, fewer rows", shapes: [[5, 2]], build: (b, [x]) => x ? b.rows(x, 3) : b.scalar(0) },
  {
    name: "Gather, rows that come twice or never",
    shapes: [[4, 3]],
    build: (b, xs) => b.one("Gather", [...xs, index(b, [2, 0, 2, 2, 1, 0], [2, 3])]),
  },
  {
    name: "LayerNormalization",
    shapes: [[2, 3, 8], [8], [8]],
    build: (b, xs) =>
      b.apply("LayerNormalization", xs, { axis: { int: -1 }, epsilon: { float: 1e-5 } })[0] ?? b.scalar(0),
  },
  {
    name: "SoftmaxCrossEntropyLoss",
    shapes: [[4, 6]],
    build: (b, xs) =>
      b.apply("SoftmaxCrossEntropyLoss", [...xs, index(b, [5, 0, 0, 3], [4])])[0] ?? b.scalar(0),
  },
];

/** The loss Σ w · y, with weights that differ, so that no error cancels. */
function weighted(b: GraphBuilder, y: Value): Value {
  const shape = y.shape.map(Number);
  const stream = random("weights");
  const data = Float32Array.from({ length: sizeOf(shape) }, () => 0.5 + stream.next());
  const product = b.mul(y, b.initializer("weights", { dtype: "float32", shape, data }));
  return shape.length === 0 ? product : b.reduceSum(product, shape.map((_, i) => i), false);
}

for (const { name, shapes, build, range: [low, high] = [-1, 1] } of cases) {
  Deno.test(`the gradient equals central differences: ${name}`, async () => {
    const b = new GraphBuilder(name);
    const inputs = shapes.map((shape, i) => b.input(`x${i}`, "float32", shape));
    const loss = b.named("loss", weighted(b, build(b, inputs)));
    const gradients = differentiate(b, loss, inputs).map((value, i) => b.named(`g${i}`, value));
    const session = await Session.open(b.graph([loss, ...gradients]), { threads: 1 });
    const stream = random(name);
    const feeds = Object.fromEntries(shapes.map((shape, i): [string, Tensor<"float32">] => {
      const data = Float32Array.from({ length: sizeOf(shape) }, () => low + (high - low) * stream.next());
      return [`x${i}`, { dtype: "float32", shape, data }];
    }));
    const results = await session.run(feeds);
    const at = async () => Number((await session.run(feeds))["loss"]?.data[0]);
    for (const [i, shape] of shapes.entries()) {
      const data = feeds[`x${i}`]?.data ?? new Float32Array();
      const gradient = results[`g${i}`];
      ok(
        gradient && `${gradient.shape}` === `${shape}`,
        `gradient ${i} has shape [${gradient?.shape}], not [${shape}]`,
      );
      for (let k = 0; k < data.length; k++) {
        const x = data[k] ?? 0;
        const [above, below] = [Math.fround(x + 0.01), Math.fround(x - 0.01)];
        data[k] = above;
        const up = await at();
        data[k] = below;
        const down = await at();
        data[k] = x;
        const expected = (up - down) / (above - below);
        const got: number = Number(gradient.data[k]);
        ok(
          Math.abs(got - expected) <= 2e-3 * Math.max(1, Math.abs(expected)),
          `x${i}[${k}]: ${got}, expected ${expected}`,
        );
      }
    }
    await session.close();
  });
}

Deno.test("differentiate() adds up what reaches a value by several ways", async () => {
  const b = new GraphBuilder("several ways");
  const x = b.input("x", "float32", [2]);
  const y = b.add(b.mul(x, x), b.mul(x, b.scalar(3)));
  const [g] = differentiate(b, b.reduceSum(y, [0], false), [x]);
  ok(g);
  const session = await Session.open(b.graph([b.named("g", g)]));
  const results = await session.run({ x: { dtype: "float32", shape: [2], data: Float32Array.of(1, -2) } });
  ok(`${results["g"]?.data}` === "5,-1", `${results["g"]?.data}`);
  await session.close();
});

Deno.test("differentiate() says what is wrong with a loss", () => {
  const b = new GraphBuilder("wrong");
  const x = b.input("x", "float32", [2]);
  const y = b.input("y", "float32", [2]);
  throws(() => differentiate(b, x, [x]), /not a scalar but float32\[2\]/);
  throws(() => differentiate(b, b.reduceSum(x, [0], false), [y]), /does not depend on y/);
});

Deno.test("a graph that does not fit is refused while it is built", async () => {
  const b = new GraphBuilder("misfit");
  const x = b.input("x", "float32", [2, 3]);
  throws(
    () => b.dense(x, b.input("w", "float32", [4, 5])),
    /inner sizes 3 and 5 differ \(node Gemm of misfit: x float32\[2, 3\]/,
  );
  throws(() => b.one("Conv", [x]), /unknown operator Conv\. Known: Add/);
  await rejects(Session.open("no/such/model.onnx"), /no\/such\/model\.onnx/);
});
