import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { modelParameters } from "../architectures/heads.ts";
import { longformer } from "../architectures/longformer.ts";
import type { Net } from "../architectures/net.ts";
import type { Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { inMemory } from "../onnx/tensor_source.ts";
import { random } from "../random.ts";
import { initialize } from "./initialize.ts";
import { inputFor, type Task } from "./task.ts";
import { TokenClassification } from "./token_classification.ts";
import { train, Trainer, type TrainOptions } from "./trainer.ts";

/** A network of two layers that learns sums of squares; rows marked 0 do not count. */
function task(rows: number, change: Partial<Task> = {}): Task {
  return {
    loss(net, batch) {
      const { b } = net;
      const x = inputFor(b, batch, "x"); // (n, 3)
      const difference = b.sub(output(net, x), inputFor(b, batch, "y")); // (n, 1)
      const marks = inputFor(b, batch, "marks"); // (n, 1)
      const squares = b.mul(b.mul(difference, difference), marks);
      return b.one("Div", [b.reduceSum(squares, [0, 1], false), b.reduceSum(marks, [0, 1], false)]);
    },
    batch(step) {
      const all = Array.from({ length: rows }, (_, i) => example(step * rows + i));
      const column = (data: number[], width: number): Tensor => {
        return { dtype: "float32", shape: [rows, width], data: Float32Array.from(data) };
      };
      return {
        x: column(all.flatMap(({ x }) => x), 3),
        y: column(all.map(({ x }) => x.reduce((sum, at) => sum + at * at, 0)), 1),
        marks: column(all.map(({ mark }) => mark), 1),
      };
    },
    weight: ({ marks }) => Array.from(marks?.data ?? [], Number).reduce((sum, mark) => sum + mark, 0),
    ...change,
  };
}

function example(index: number) {
  const stream = random(`example ${index}`);
  return { x: [stream.normal(), stream.normal(), stream.normal()], mark: index % 3 === 0 ? 0 : 1 };
}

function output(net: Net, x: Value): Value {
  const wide = net.b.one("Tanh", [net.dense(x, "wide", 3, 16)]);
  return net.dense(net.dropout(wide, 0.2), "narrow", 16, 1);
}

function parameters(): Map<string, Tensor<"float32">> {
  const stream = random("parameters");
  const normal = (...shape: number[]): Tensor<"float32"> => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    return { dtype: "float32", shape, data: Float32Array.from({ length: size }, () => stream.normal() / 2) };
  };
  return new Map([
    ["wide.weight", normal(16, 3)],
    ["wide.bias", normal(16)],
    ["narrow.weight", normal(1, 16)],
    ["narrow.bias", normal(1)],
  ]);
}

const options: TrainOptions = { steps: 12, learningRate: 0.05, threads: 1 };

async function losses(on: ReturnType<typeof parameters>, what: Task, change: Partial<TrainOptions> = {}) {
  const steps = await Array.fromAsync(train(on, what, { ...options, ...change }));
  return steps.map(({ loss }) => loss);
}

Deno.test("train() with batches accumulated follows training with large ones, however many targets each has", async () => {
  const [large, small] = [parameters(), parameters()];
  const expected = await losses(large, task(20));
  const got = await losses(small, task(5), { accumulate: 4 });
  for (const [i, loss] of expected.entries()) ok(Math.abs(loss - (got[i] ?? 0)) < 1e-5 * loss);
  for (const [name, { data }] of large) {
    data.forEach((x, i) => ok(Math.abs(x - (small.get(name)?.data[i] ?? 0)) < 1e-5, name));
  }
});

Deno.test("train() with dropout gives the same bytes for a seed, others for another, and learns", async () => {
  const once = async (dropout?: number) => {
    const on = parameters();
    const change = dropout === undefined ? {} : { dropout };
    return { losses: await losses(on, task(20), { steps: 40, ...change }), on };
  };
  const first = await once(1);
  deepEqual(await once(1), first);
  ok(`${(await once(2)).losses}` !== `${first.losses}`);
  ok(`${(await once()).losses}` !== `${first.losses}`);
  const mean = (part: readonly number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
  ok(mean(first.losses.slice(-8)) < 0.8 * mean(first.losses.slice(0, 8)));
});

Deno.test("a Trainer goes on from another's state to the same bytes", async () => {
  const whole = parameters();
  await losses(whole, task(8), { dropout: 1, schedule: "cosine" });
  const parts = parameters();
  const settings: TrainOptions = { ...options, dropout: 1, schedule: "cosine" };
  await using first = new Trainer(parts, task(8), settings);
  while (first.state.steps < 5) await first.next();
  const copy = structuredClone(parts);
  await using second = new Trainer(copy, task(8), settings, structuredClone(first.state));
  while (second.state.steps < options.steps) await second.next();
  deepEqual(copy, whole);
});

Deno.test("train() opens a graph for each shape of batches, and few at a time", async () => {
  const uneven = task(0, { batch: (step) => task(4 + step % 3).batch(step) });
  const [many, few] = [parameters(), parameters()];
  deepEqual(await losses(many, uneven), await losses(few, uneven, { graphs: 1 }));
  deepEqual(many, few);
});

Deno.test("train() leaves frozen weights alone and trains the others as if all were trained", async () => {
  const all = parameters();
  const { "wide.weight": weight, "wide.bias": bias, ...rest } = Object.fromEntries(parameters());
  ok(weight && bias);
  const before = structuredClone([weight, bias]);
  const frozen = new Map([["wide.weight", inMemory(weight)], ["wide.bias", inMemory(bias)]]);
  const on = new Map(Object.entries(rest));
  const got = await losses(on, task(20), {
    steps: 3,
    base: { frozen, tables: new Map(), net: (net) => net },
  });
  const expected = await losses(all, task(20), { steps: 3 });
  equal(got[0], expected[0]);
  ok(got[2] !== expected[2]);
  deepEqual([weight, bias], before);
});

Deno.test("train() stops where a value is not finite, and says in which layer it begins", async () => {
  const wrong = async (on: ReturnType<typeof parameters>, message: RegExp) => {
    const bytes = () => [...on.values()].map(({ data }) => new Uint8Array(data.slice().buffer));
    const before = bytes();
    await rejects(losses(on, task(4)), message);
    deepEqual(bytes(), before);
  };
  const poisoned = parameters();
  poisoned.get("narrow.bias")?.data.fill(NaN);
  await wrong(poisoned, /^Error: step 1: the loss is NaN: the parameter narrow\.bias holds NaN\. Lower/);
  const huge = parameters();
  huge.get("narrow.weight")?.data.fill(3e38);
  await wrong(huge, /the loss is (NaN|Infinity): narrow gives the first value that is not finite \(Gemm\)/);
  const steep = parameters();
  for (const name of ["narrow.weight", "narrow.bias"]) steep.get(name)?.data.fill(1e20);
  await wrong(
    steep,
    /the loss is (NaN|Infinity): narrow gives the first value that is not finite \((Mul|ReduceSum)\)/,
  );
  const blind = parameters();
  blind.get("wide.weight")?.data.fill(0);
  blind.get("wide.bias")?.data.fill(0);
  const root = task(4, {
    loss: (net, batch) => {
      const { b } = net;
      const out = b.one("Sqrt", [b.one("Abs", [output(net, inputFor(b, batch, "x"))])]);
      return b.reduceSum(out, [0, 1], false);
    },
    batch: (step) => {
      const { x } = task(4).batch(step);
      ok(x);
      return { x };
    },
  });
  blind.get("narrow.bias")?.data.fill(0);
  await rejects(
    losses(blind, root),
    /step 1: the gradient's norm is NaN: the gradient by narrow\.bias is the first that is not finite/,
  );
});

Deno.test("train() leaves alone what the loss does not depend on: a Longformer's global projections, without global places", async () => {
  const encoder = longformer({
    ...{
      vocab_size: 32,
      hidden_size: 8,
      num_hidden_layers: 1,
      num_attention_heads: 2,
      intermediate_size: 16,
    },
    ...{ max_position_embeddings: 34, attention_window: 4, pad_token_id: 1 },
  });
  const shapes = modelParameters(encoder, { kind: "token-classification", labels: 3 });
  const first = (name: string) => initialize(name, shapes.get(name) ?? [], 1);
  const parameters = new Map([...shapes.keys()].map((name) => [name, first(name)]));
  const texts = [{ ids: [5, 6, 7, 8, 9, 10, 11], labels: [0, 1, 2, 0, 1, 2, -100] }];
  const tags = new TokenClassification(encoder, texts, {
    labels: 3,
    batch: 1,
    seed: 1,
    pad: 1,
    lengths: [8],
  });
  for (const accumulate of [1, 2]) {
    for await (const { loss } of train(parameters, tags, { steps: 2, learningRate: 0.01, accumulate })) {
      ok(loss > 0);
    }
  }
  for (const [name, { data }] of parameters) {
    const isGlobal = /_global\.(weight|bias)$/.test(name);
    if (isGlobal) deepEqual(data, first(name).data, name);
    else if (name.endsWith("query.weight")) ok(data.some((x, i) => x !== first(name).data[i]), name);
  }
});

Deno.test("train() refuses a loss that depends on no parameter", async () => {
  const weight = { dtype: "float32", shape: [1], data: Float32Array.of(1) } as const;
  const lost: Task = {
    loss: ({ b }, batch) => b.reduceSum(inputFor(b, batch, "x"), [0], false),
    batch: () => ({ x: weight }),
  };
  const taken = train(new Map([["weight", weight]]), lost, { steps: 1, learningRate: 0.1 });
  await rejects(taken.next(), { message: "the loss depends on none of the parameters" });
});
