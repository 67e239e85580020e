import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { bind } from "./bind.ts";
import { GraphBuilder } from "./builder.ts";
import { encodeModel } from "./codec.ts";
import { decodeModel } from "./decode.ts";
import { differentiate } from "./differentiate.ts";
import { fixture } from "./fixtures/fixture.ts";
import type { ExportedGraph } from "./graph.ts";
import { Session } from "./session.ts";
import type { Tensor } from "./tensor.ts";
import { tie } from "./tie.ts";
import { trainable, withParameters } from "./trainable.ts";

const [BATCH, LENGTH, VOCABULARY] = [2, 6, 24];

function int64(shape: readonly number[], at: (i: number) => number): Tensor<"int64"> {
  const data = BigInt64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => BigInt(at(i)));
  return { dtype: "int64", shape, data };
}

const feeds = {
  input_ids: int64([BATCH, LENGTH], (i) => 2 + i),
  attention_mask: int64([BATCH, LENGTH], () => 1),
  token_type_ids: int64([BATCH, LENGTH], () => 0),
  labels: int64([BATCH * LENGTH], (i) => 2 + (i * 5) % 22),
};

/** The loss and its gradient by every parameter. */
async function step(graph: ExportedGraph) {
  const bound = bind(graph, { batch_size: BATCH, sequence_length: LENGTH });
  const { graph: open, parameters } = trainable(bound);
  const b = new GraphBuilder("step");
  const weights = new Map(
    [...parameters].map(([name, { shape }]) => [name, b.input(name, "float32", shape)]),
  );
  const logits = b.include(open, weights).get("logits");
  ok(logits);
  const labels = b.input("labels", "int64", [BATCH * LENGTH]);
  const scores = b.reshape(logits, [BATCH * LENGTH, VOCABULARY]);
  const [loss] = b.apply("SoftmaxCrossEntropyLoss", [scores, labels]);
  ok(loss);
  const gradients = differentiate(b, loss, [...weights.values()]);
  const names = [...weights.keys()];
  const outputs = gradients.map((gradient, i) => b.named(`d ${names[i]}`, gradient));
  const session = await Session.open(b.graph([b.named("loss", loss), ...outputs]), { threads: 1 });
  return { parameters, session, run: () => session.run({ ...Object.fromEntries(parameters), ...feeds }) };
}

Deno.test("an exported model is trained and written back, its axes named and its embeddings tied", async () => {
  const exported = decodeModel(await fixture("bert_optimum.onnx.gz"));
  const tied = tie(exported);
  equal(tied.initializers.size, exported.initializers.size - 1);
  const before = encodeModel(tied);
  const { parameters, session, run } = await step(tied);
  const losses: number[] = [];
  for (let i = 0; i < 15; i++) {
    const results = await run();
    losses.push(Number(results["loss"]?.data[0]));
    for (const [name, { data }] of parameters) {
      const gradient = results[`d ${name}`]?.data ?? [];
      for (let k = 0; k < data.length; k++) data[k] = (data[k] ?? 0) - 0.05 * Number(gradient[k]);
    }
  }
  const last = Number((await run())["loss"]?.data[0]);
  await session.close();
  ok(last < 0.7 * (losses[0] ?? 0), `${losses} ${last}`);

  const written = decodeModel(encodeModel(withParameters(tied, parameters)));
  deepEqual(encodeModel(tied), before, "training changed the graph that was read");
  deepEqual(written.inputs[0]?.shape, ["batch_size", "sequence_length"]);
  const again = await step(written);
  const { loss } = await again.run();
  await again.session.close();
  ok(Math.abs(Number(loss?.data[0]) - last) < 1e-6, "what was written is not what was trained");
});

Deno.test("tie() joins matrices that are equal or turned round, but not those of one value", () => {
  const matrix = (shape: readonly number[], values: readonly number[]): Tensor<"float32"> => ({
    dtype: "float32",
    shape,
    data: Float32Array.from(values),
  });
  const b = new GraphBuilder("tied");
  const [first, ...others] = [
    b.initializer("first", matrix([2, 2], [1, 2, 3, 4])),
    b.initializer("same", matrix([2, 2], [1, 2, 3, 4])),
    b.initializer("turned", matrix([2, 2], [1, 3, 2, 4])),
    b.initializer("other", matrix([2, 2], [1, 2, 3, 5])),
    b.initializer("zeros", matrix([2, 2], [0, 0, 0, 0])),
    b.initializer("zeros too", matrix([2, 2], [0, 0, 0, 0])),
  ];
  ok(first);
  const graph = tie(b.graph([others.reduce((sum, other) => b.add(sum, other), first)]));
  deepEqual([...graph.initializers.keys()], ["first", "other", "zeros", "zeros too"]);
  deepEqual(graph.nodes.slice(0, 2).map(({ operator, outputs: [y] }) => [operator, y?.name]), [
    ["Identity", "same"],
    ["Transpose", "turned"],
  ]);
});

Deno.test("trainable() and withParameters() name what does not fit", () => {
  const b = new GraphBuilder("halves");
  const half = b.initializer("w", { dtype: "float16", shape: [2], data: Float16Array.of(1, 2) });
  const graph = b.graph([b.mul(b.input("x", "float16", [2]), half)]);
  throws(() => trainable(graph), { message: "halves: no array was chosen to be trained. It has w, …" });
  throws(() => trainable(graph, () => true), {
    message: "halves: w holds float16; only float32 is trained. Take the model in float32.",
  });
  const trained: Tensor<"float32"> = { dtype: "float32", shape: [2], data: new Float32Array(2) };
  throws(() => withParameters(graph, new Map([["w", trained]])), {
    message: "halves: w is float16[2], trained was float32[2]",
  });
  throws(() => withParameters(graph, new Map([["v", trained]])), {
    message: "halves: v is no array of it, trained was float32[2]",
  });
});
