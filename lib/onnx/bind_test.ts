import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { bind } from "./bind.ts";
import { GraphBuilder } from "./builder.ts";
import { encodeModel } from "./codec.ts";
import { decodeModel } from "./decode.ts";
import { differentiate } from "./differentiate.ts";
import { fixture } from "./fixtures/fixture.ts";
import type { Attribute, ExportedGraph, Value } from "./graph.ts";
import { Session } from "./session.ts";
import type { Tensor } from "./tensor.ts";
import { trainable } from "./trainable.ts";

const x: Value = { name: "x", dtype: "float32", shape: ["batch", 4] };

/** A graph of one node on x. */
function one(
  operator: string,
  { attributes = {}, opset = 20, inputs = [x], name }: {
    attributes?: Record<string, Attribute>;
    opset?: number;
    inputs?: readonly Value[];
    name?: string;
  } = {},
): ExportedGraph {
  const y: Value = { name: "y", dtype: "float32", shape: ["rows", "columns"] };
  return {
    name: "g",
    inputs,
    outputs: [y],
    nodes: [{
      operator,
      inputs: inputs.map(({ name }) => ({ name })),
      outputs: [{ name: "y" }],
      attributes,
      ...(name && { name }),
    }],
    initializers: new Map(),
    opsets: new Map([["", opset]]),
  };
}

Deno.test("bind() computes what depends on sizes alone, and keeps the weights", async () => {
  const exported = decodeModel(await fixture("t5_torchscript.onnx.gz"));
  const bound = bind(exported, { batch: 2, sequence: 7, target: 3 });
  const left = new Set(bound.nodes.map(({ operator }) => operator));
  for (const operator of ["Shape", "Range", "Concat", "Slice", "Less", "Equal", "GreaterOrEqual"]) {
    ok(!left.has(operator), `${operator} is left`);
  }
  deepEqual(bound.outputs[0]?.shape, [2, 3, 24]);
  const { parameters } = trainable(bound);
  deepEqual([...parameters.values()].map(({ shape }) => shape.length).filter((rank) => rank < 1), []);
  for (const [name, tensor] of parameters) {
    equal(tensor.data.length, exported.initializers.get(name)?.data.length);
  }
});

Deno.test("bind() brings the forms of older versions to today's", async () => {
  const axes = { axes: { ints: [1] } };
  const cases: [ExportedGraph, Tensor["shape"], number][] = [
    [one("ReduceSum", { attributes: { ...axes, keepdims: { int: 0 } }, opset: 11 }), [2], 10],
    [one("ReduceMean", { attributes: { ...axes, keepdims: { int: 1 } }, opset: 17 }), [2, 1], 2.5],
    [one("Unsqueeze", { attributes: axes, opset: 12 }), [2, 1, 4], 1],
    [one("Softmax", { opset: 11 }), [2, 4], Math.exp(-3) / (1 + Math.exp(-1) + Math.exp(-2) + Math.exp(-3))],
    [one("Split", { attributes: { axis: { int: 1 } }, opset: 13 }), [2, 4], 1],
    [one("Dropout", { attributes: { ratio: { float: 0.5 } }, opset: 11 }), [2, 4], 1],
  ];
  for (const [graph, shape, first] of cases) {
    const bound = bind(graph, { batch: 2 });
    deepEqual(bound.outputs[0]?.shape, shape);
    equal(bound.opsets?.get(""), 20);
    const session = await Session.open(bound, { threads: 1 });
    const data = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const { y } = await session.run({ x: { dtype: "float32", shape: [2, 4], data } });
    await session.close();
    deepEqual(y?.shape, shape);
    ok(Math.abs(Number(y.data[0]) - first) < 1e-6, `${graph.nodes[0]?.operator}: ${y.data[0]}`);
  }
  throws(
    () => bind(one("Softmax", { opset: 11, inputs: [{ ...x, shape: ["batch", 2, 2] }] }), { batch: 2 }),
    /Softmax \(node y\) goes over axis 1 and those behind it\. Export the model with opset 13 or later\./,
  );
  throws(() => bind(one("Neg", { opset: 9 }), { batch: 2 }), {
    message: "g: operators of version 9. Export it with 11 or later.",
  });
});

Deno.test("bind() says which axis has no size, and which names no axis", () => {
  throws(() => bind(one("Neg"), {}), { message: "x: the axis batch has no size. Give it one." });
  throws(() => bind(one("Neg"), { batch: 2, length: 3 }), {
    message: "g: no input has an axis length. Its axes: batch",
  });
  throws(() => bind(one("Neg"), { batch: -1 }), { message: "g: batch is -1, not a size" });
});

Deno.test("bind() takes the size of a sum of axes from its parts", () => {
  const mask: Value = { name: "x", dtype: "float32", shape: ["batch", "past + sequence", "past + 1"] };
  deepEqual(bind(one("Neg", { inputs: [mask] }), { batch: 2, past: 0, sequence: 3 }).outputs[0]?.shape, [
    2,
    3,
    1,
  ]);
  deepEqual(
    bind(one("Neg", { inputs: [mask] }), { batch: 2, "past + sequence": 5, past: 4 }).outputs[0]?.shape,
    [2, 5, 5],
  );
});

Deno.test("bind() names the node whose types can't be known", () => {
  throws(() => bind(one("com.microsoft.Attention", { name: "layer.0/attention" }), { batch: 2 }), {
    message:
      "g: com.microsoft.Attention (node layer.0/attention): an unknown operator, and the file does not say " +
      "what y is (x float32[2, 4])",
  });
  throws(
    () => bind(one("Conv", { opset: 17 }), { batch: 2 }),
    /Conv \(node y\): an unknown operator of version 17/,
  );
  throws(
    () => bind(one("Transpose", { attributes: { perm: { ints: [0] } } }), { batch: 2 }),
    /^Error: g: Transpose \(node y\): Transpose: \[0\] does not order 2 axes \(x float32\[2, 4\]\)$/,
  );
});

Deno.test("an operator that nobody differentiates through may be unknown; others are named before anything runs", () => {
  const w: Value = { name: "w", dtype: "float32", shape: [2, 4] };
  const stated = new Map([["y", { dtype: "float32", shape: ["batch", 4] }] as const]);
  const bound = bind({ ...one("com.microsoft.Fused", { name: "middle" }), stated }, { batch: 2 });
  const b = new GraphBuilder("step");
  const weight = b.input(w.name, w.dtype, w.shape);
  const total = (y: Value | undefined) => b.reduceSum(b.mul(y ?? weight, weight), [0, 1], false);
  const behind = total(b.include(bound).get("y"));
  equal(differentiate(b, behind, [weight]).length, 1);
  const through = total(b.include(bound, new Map([["x", weight]])).get("y"));
  throws(() => differentiate(b, through, [weight]), {
    message:
      "com.microsoft.Fused (node middle) has no gradient, and the loss depends on parameters through it",
  });
});

Deno.test("GraphBuilder.include() refuses a value of another type, and keeps names apart", () => {
  const bound = bind(one("Neg"), { batch: 2 });
  const b = new GraphBuilder("twice");
  throws(() => b.include(bound, new Map([["x", b.input("short", "float32", [1, 4])]])), {
    message: "g: x is float32[2, 4], given is float32[1, 4]",
  });
  const first = b.include(bound).get("y");
  const second = b.include(bound, new Map(first ? [["x", first]] : [])).get("y");
  ok(first && second && first.name !== second.name);
  equal(decodeModel(encodeModel(b.graph([second]))).nodes.length, 2);
});
