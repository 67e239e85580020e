import { deepEqual, ok, throws } from "node:assert/strict";
import { z } from "zod";
import { GraphBuilder } from "../onnx/builder.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Task, train, trainingGraph } from "../train/trainer.ts";
import { lastOf } from "./architecture.ts";
import { bert } from "./bert.ts";
import { modelParameters } from "./heads.ts";
import { fixedParameters, inputParameters, plainNet } from "./net.ts";

/** What PyTorch computed with the same weights; bert_oracle.py writes it. */
const packed = z.object({ shape: z.array(z.number()), data: z.string() });
const rows = z.array(z.array(z.number()));
const oracle = z.object({
  config: z.object({
    vocab_size: z.number(),
    hidden_size: z.number(),
    num_hidden_layers: z.number(),
    num_attention_heads: z.number(),
    intermediate_size: z.number(),
    max_position_embeddings: z.number(),
    type_vocab_size: z.number(),
    layer_norm_eps: z.number(),
  }),
  parameters: z.record(z.string(), packed),
  inference: z.object({ ids: rows, mask: rows, logits: packed, hidden: z.array(packed) }),
  batches: z.array(z.object({ ids: rows, places: z.array(z.number()), labels: z.array(z.number()) })),
  gradients: z.record(z.string(), packed),
  training: z.object({
    steps: z.number(),
    learning_rate: z.number(),
    warm_up: z.number(),
    curve: z.array(z.tuple([z.number(), z.number()])),
  }),
}).parse(JSON.parse(await Deno.readTextFile(new URL("bert_oracle.json", import.meta.url))));

const encoder = bert(oracle.config);

function unpack({ shape, data }: z.infer<typeof packed>): Tensor<"float32"> {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  return { dtype: "float32", shape, data: new Float32Array(bytes.buffer) };
}

const parameters = () =>
  new Map(Object.entries(oracle.parameters).map(([name, tensor]) => [name, unpack(tensor)]));

function int64(values: readonly (number | readonly number[])[], shape: readonly number[]): Tensor<"int64"> {
  return { dtype: "int64", shape, data: BigInt64Array.from(values.flat(), BigInt) };
}

/** The greatest difference, relative to the greatest absolute value expected. */
function difference(got: Tensor | undefined, expected: Tensor<"float32">): number {
  deepEqual(got?.shape, expected.shape);
  const scale = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return expected.data.reduce((most, x, i) => Math.max(most, Math.abs(x - Number(got?.data[i]))), 0) / scale;
}

/** The masked-LM loss over the recorded batches, in their order. */
const task: Task = {
  loss(net) {
    const { b } = net;
    const ids = b.input("ids", "int64", [4, 10]);
    const hidden = lastOf(encoder.states(net, { ids }));
    const seen = b.one("Gather", [hidden, b.input("places", "int64", [8])]);
    const scores = encoder.maskedLM(net, seen);
    const [loss] = b.apply("SoftmaxCrossEntropyLoss", [scores, b.input("labels", "int64", [8])]);
    ok(loss);
    return loss;
  },
  batch(step) {
    const batch = oracle.batches[step % oracle.batches.length];
    ok(batch);
    return {
      ids: int64(batch.ids, [4, 10]),
      places: int64(batch.places, [8]),
      labels: int64(batch.labels, [8]),
    };
  },
};

Deno.test("BERT's hidden states and logits equal PyTorch's, padding included", async () => {
  const b = new GraphBuilder("inference");
  const [ids, mask] = [
    b.input("ids", "int64", ["batch", "sequence"]),
    b.input("mask", "int64", ["batch", "sequence"]),
  ];
  const net = plainNet(b, fixedParameters(b, parameters()));
  const states = encoder.states(net, { ids, mask });
  const last = lastOf(states);
  const full = (value: typeof last, size: number) => b.reshape(value, ["batch", "sequence", size]);
  const outputs = [
    b.named("logits", full(encoder.maskedLM(net, last), oracle.config.vocab_size)),
    ...states.map((state, i) => b.named(`hidden ${i}`, full(state, oracle.config.hidden_size))),
  ];
  const session = await Session.open(b.graph(outputs));
  const results = await session.run({
    ids: int64(oracle.inference.ids, [2, 12]),
    mask: int64(oracle.inference.mask, [2, 12]),
  });
  ok(difference(results["logits"], unpack(oracle.inference.logits)) < 1e-5);
  for (const [i, state] of oracle.inference.hidden.entries()) {
    ok(difference(results[`hidden ${i}`], unpack(state)) < 1e-5);
  }
  await session.close();
});

Deno.test("BERT's loss and every parameter's gradient equal PyTorch's", async () => {
  const session = await Session.open(trainingGraph(parameters(), task));
  const results = await session.run({ ...Object.fromEntries(parameters()), ...task.batch(0) });
  const loss = oracle.training.curve[0]?.[0] ?? NaN;
  ok(Math.abs(Number(results["loss"]?.data[0]) - loss) / loss < 1e-6);
  for (const [name, gradient] of Object.entries(oracle.gradients)) {
    const [got, expected] = [results[`gradient of ${name}`], unpack(gradient)];
    // A key's bias shifts all scores of a query alike, so its true gradient is zero and PyTorch's is rounding noise.
    if (name.endsWith("key.bias")) ok((got?.data ?? []).every((x) => Math.abs(Number(x)) < 1e-7), name);
    else ok(difference(got, expected) < 2e-5, `${name}: ${difference(got, expected)}`);
  }
  await session.close();
});

Deno.test("50 steps of AdamW with warm-up and clipping follow PyTorch's curve", async () => {
  const { steps, learning_rate: learningRate, warm_up: warmUp, curve } = oracle.training;
  const weights = parameters();
  for await (const { step, loss, gradientNorm } of train(weights, task, { steps, learningRate, warmUp })) {
    const [expectedLoss, expectedNorm] = curve[step - 1] ?? [NaN, NaN];
    ok(
      Math.abs(loss - expectedLoss) / expectedLoss < 1e-3,
      `step ${step}: loss ${loss}, PyTorch ${expectedLoss}`,
    );
    ok(
      Math.abs(gradientNorm - expectedNorm) / expectedNorm < 1e-2,
      `step ${step}: norm ${gradientNorm}, ${expectedNorm}`,
    );
  }
});

Deno.test("training twice with one seed gives the same bytes", async () => {
  const [first, second] = [parameters(), parameters()];
  for await (const _ of train(first, task, { steps: 5, learningRate: 0.01 }));
  for await (const _ of train(second, task, { steps: 5, learningRate: 0.01 }));
  deepEqual(first, second);
  ok(
    difference(
      first.get("cls.predictions.bias"),
      unpack(oracle.parameters["cls.predictions.bias"] ?? { shape: [], data: "" }),
    ) > 0,
  );
});

Deno.test("modelParameters() lists what the checkpoint holds", () => {
  const names = [...modelParameters(encoder, { kind: "language-model" }).keys()];
  deepEqual(names.toSorted(), Object.keys(oracle.parameters).toSorted());
});

Deno.test("states() refuses more positions than the model has", () => {
  const b = new GraphBuilder("long");
  const net = plainNet(b, inputParameters(b));
  throws(
    () => encoder.states(net, { ids: b.input("ids", "int64", [1, 21]) }),
    /21 positions, but the model has 20/,
  );
});
