import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { z } from "zod";
import { bert } from "../architectures/bert.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { IGNORED } from "./cross_entropy.ts";
import { labelledPieces } from "./labelled_pieces.ts";
import { LengthBuckets } from "./length_buckets.ts";
import { trainingGraph } from "./step_graph.ts";
import type { Task } from "./task.ts";
import { labelledBatch, TokenClassification } from "./token_classification.ts";
import { TokenScores } from "./token_scores.ts";
import { train } from "./trainer.ts";

/** What PyTorch computed with the same weights; token_classification_oracle.py writes it. */
const packed = z.object({ shape: z.array(z.number()), data: z.string() });
const oracle = z.object({
  config: z.record(z.string(), z.number()),
  parameters: z.record(z.string(), packed),
  texts: z.array(z.object({ ids: z.array(z.number()), labels: z.array(z.number()) })),
  weights: z.array(z.number()),
  gradients: z.record(z.string(), packed),
  steps: z.number(),
  curve: z.array(z.tuple([z.number(), z.number()])),
}).parse(
  JSON.parse(await Deno.readTextFile(new URL("token_classification_oracle.json", import.meta.url))),
);
const encoder = bert(oracle.config);

function unpack({ shape, data }: z.infer<typeof packed>): Tensor<"float32"> {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  return { dtype: "float32", shape, data: new Float32Array(bytes.buffer) };
}

const parameters = () =>
  new Map(Object.entries(oracle.parameters).map(([name, tensor]) => [name, unpack(tensor)]));
const options = { labels: 3, batch: 2, seed: 1, pad: 0, weights: oracle.weights, lengths: [16] };
const shuffled = () => new TokenClassification(encoder, oracle.texts, options);

/** The same with the oracle's batches: two texts after the other. */
function inOrder(): Task {
  const task = shuffled();
  return {
    loss: (net, batch) => task.loss(net, batch),
    batch: (step) => labelledBatch([0, 1].flatMap((i) => oracle.texts[(2 * step + i) % 6] ?? []), 2, 16, 0),
  };
}

Deno.test("TokenClassification's loss, with weights and ignored pieces, and its gradients equal PyTorch's", async () => {
  const session = await Session.open(trainingGraph(parameters(), inOrder()));
  const results = await session.run({ ...Object.fromEntries(parameters()), ...inOrder().batch(0) });
  await session.close();
  const [loss = NaN] = oracle.curve[0] ?? [];
  ok(Math.abs(Number(results["loss"]?.data[0]) - loss) < 1e-6 * loss);
  for (const [name, gradient] of Object.entries(oracle.gradients)) {
    const expected = unpack(gradient);
    const largest = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-3);
    const got = results[`gradient of ${name}`];
    deepEqual(got?.shape, expected.shape);
    expected.data.forEach((x, i) => ok(Math.abs(Number(got?.data[i]) - x) < 2e-5 * largest, `${name}[${i}]`));
  }
});

Deno.test("50 steps of token classification follow PyTorch's curve", async () => {
  const settings = { steps: oracle.steps, learningRate: 0.01, threads: 1 };
  for await (const { step, loss, gradientNorm } of train(parameters(), inOrder(), settings)) {
    const [expected = NaN, norm = NaN] = oracle.curve[step - 1] ?? [];
    ok(Math.abs(loss - expected) < 1e-3 * expected, `step ${step}: ${loss}, PyTorch ${expected}`);
    ok(Math.abs(gradientNorm - norm) < 1e-2 * norm, `step ${step}: ${gradientNorm}, PyTorch ${norm}`);
  }
});

Deno.test("TokenClassification's batches count by the weights of their labels, so that parts make the whole", async () => {
  const whole = new TokenClassification(encoder, oracle.texts, { ...options, batch: 6 });
  const parts = shuffled();
  const order = parts.batch(0);
  ok(order);
  const settings = { steps: 1, learningRate: 0.01, threads: 1 };
  const [one] = await Array.fromAsync(train(parameters(), whole, settings));
  const [three] = await Array.fromAsync(train(parameters(), parts, { ...settings, accumulate: 3 }));
  ok(one && three && Math.abs(one.loss - three.loss) < 1e-5 * one.loss);
  ok(one && three && Math.abs(one.gradientNorm - three.gradientNorm) < 1e-5 * one.gradientNorm);
});

Deno.test("TokenScores counts words: accuracy of all, F1 of those that are something", async () => {
  // A model that says of every piece what a table says: 10 is O, 11 is A, 12 is B.
  const table = { dtype: "float32", shape: [13, 3], data: new Float32Array(39) } as const;
  [10, 11, 12].forEach((piece, label) => table.data[3 * piece + label] = 1);
  const teller: typeof encoder = {
    ...encoder,
    states: ({ b, parameter }, { ids }) => {
      return [b.reshape(b.one("Gather", [parameter("table", [13, 3]), ids]), [4 * 32, 3])];
    },
    tokenClassifier: ({ b }, x) => b.mul(x, b.scalar(2)),
  };
  const texts = [
    { ids: [0, 11, 12, 10, 0], labels: [IGNORED, 1, 1, 0, IGNORED] }, // a hit, a wrong label, right nothing
    { ids: [0, 11, 10, 11, 0], labels: [IGNORED, 0, 2, IGNORED, IGNORED] }, // too much, missed, not asked
  ];
  const labels = ["O", "A", "B"];
  const scores = new TokenScores(new Map([["table", table]]), teller, texts, { labels, batch: 4, pad: 0 });
  const { accuracy, f1, loss } = await scores.measure();
  await scores.close();
  equal(accuracy, 2 / 5);
  equal(f1, 2 * 1 / (3 + 3)); // 1 hit, 3 said, 3 there
  const [right, wrong] = [-Math.log(Math.exp(2) / (Math.exp(2) + 2)), -Math.log(1 / (Math.exp(2) + 2))];
  ok(Math.abs(loss - (2 * right + 3 * wrong) / 5) < 1e-6);
});

Deno.test("TokenScores is perfect on what was learnt by heart", async () => {
  const on = parameters();
  const labels = ["O", "A", "B"];
  const scores = new TokenScores(on, encoder, oracle.texts, { labels, batch: 4, pad: 0, threads: 1 });
  const before = await scores.measure();
  for await (const _ of train(on, shuffled(), { steps: 120, learningRate: 0.02, threads: 1 }));
  const { accuracy, f1, loss } = await scores.measure();
  await scores.close();
  deepEqual([accuracy, f1], [1, 1]);
  ok(loss < 0.1 * before.loss);
  ok(before.accuracy < 0.8);
});

Deno.test("labelledPieces() labels first pieces, cuts between words, and names an unknown label", () => {
  const pieces = new Map([["a", [10]], ["long", [11, 12, 13]], ["", []], ["b", [14]]]);
  const tokenizer = {
    encodeWords(words: readonly string[]) {
      const ids: number[] = [];
      const first = words.map((word) => {
        const own = pieces.get(word) ?? [];
        ids.push(...own);
        return own.length === 0 ? -1 : ids.length - own.length;
      });
      return { ids, first };
    },
    around: { before: [2], after: [3] },
  };
  const words = ["a", "long", "", "b", "a"];
  const sentence = { words, labels: ["O", "A", "B", "O", "A"], at: "x.tsv:7" };
  deepEqual(labelledPieces(sentence, tokenizer, ["O", "A", "B"], 20), [{
    ids: [2, 10, 11, 12, 13, 14, 10, 3],
    labels: [IGNORED, 0, 1, IGNORED, IGNORED, 0, 1, IGNORED],
  }]);
  deepEqual(labelledPieces(sentence, tokenizer, ["O", "A", "B"], 5).map(({ ids }) => ids), [
    [2, 10, 3],
    [2, 11, 12, 13, 3],
    [2, 14, 10, 3],
  ]);
  deepEqual(labelledPieces(sentence, tokenizer, ["O", "A", "B"], 4)[1]?.ids, [2, 11, 12, 3]);
  throws(
    () => labelledPieces(sentence, tokenizer, ["O", "B"], 20),
    /^Error: x\.tsv:7: label "A" is not among O, B/,
  );
});

Deno.test("LengthBuckets sees every member once an epoch, with little padding, and in another order the next time", () => {
  const lengths = Array.from({ length: 101 }, (_, i) => 3 + (i * 37) % 190);
  const buckets = new LengthBuckets(lengths, { batch: 8, seed: 1 });
  equal(buckets.batchesPerEpoch, 13);
  const epoch = (n: number) => Array.from({ length: 13 }, (_, i) => buckets.batch(13 * n + i));
  const first = epoch(0);
  const seen = first.flatMap(({ members }) => members);
  deepEqual(seen.toSorted((a, b) => a - b), Array.from(lengths.keys()));
  for (const { length, members } of first) {
    for (const member of members) ok((lengths[member] ?? 999) <= length);
  }
  deepEqual(first.map(({ members }) => members.length).toSorted((a, b) => a - b)[0], 5);
  const padded = first.reduce((sum, { length, members }) => sum + length * members.length, 0);
  ok(padded < 1.5 * lengths.reduce((sum, length) => sum + length, 0));
  ok(`${epoch(1).map(({ members }) => members)}` !== `${first.map(({ members }) => members)}`);
  deepEqual(epoch(0), first);
  throws(
    () => new LengthBuckets([5000], { batch: 1, seed: 1 }),
    /a length of 5000, the longest bucket is 4096/,
  );
});
