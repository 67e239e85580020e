import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { modelParameters } from "../architectures/heads.ts";
import { t5 } from "../architectures/t5.ts";
import { random } from "../random.ts";
import { initialize } from "./initialize.ts";
import { fromSentinels, toSentinels } from "./sentinels.ts";
import { noiseSpans, SpanInfilling, windowLength } from "./span_infilling.ts";
import { train } from "./trainer.ts";

const model = t5({ vocab_size: 40, d_model: 16, d_kv: 8, d_ff: 32, num_layers: 1, num_heads: 2 });
const SENTINELS = [39, 38, 37, 36];
const text = Array.from({ length: 300 }, (_, i) => 2 + i % 30);

Deno.test("windows and targets are as long as T5's", () => {
  equal(windowLength(512), 568);
  const noise = noiseSpans(568, random(1));
  equal(noise.reduce((sum, { start, end }) => sum + end - start, 0), 85);
  equal(noise.length, 28); // 85 pieces, 28 sentinels and the end: 114
  equal(windowLength(1024), 1137);
});

Deno.test("every way to place the spans is equally likely", () => {
  // 4 of 10 pieces in 2 spans: 3 ways to cut the 4, 5 ways to cut the 6 that stay.
  const drawn = new Map<string, number>();
  const stream = random("uniform");
  const draws = 15000;
  for (let i = 0; i < draws; i++) {
    const spans = noiseSpans(10, stream, { density: 0.4, meanSpan: 2 });
    equal(spans.at(-1)?.end, 10);
    ok((spans[0]?.start ?? 0) > 0);
    const key = spans.map(({ start, end }) => `${start}-${end}`).join();
    drawn.set(key, (drawn.get(key) ?? 0) + 1);
  }
  equal(drawn.size, 15);
  const expected = draws / 15;
  const chiSquare = drawn.values().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  ok(chiSquare < 36.1, `χ² ${chiSquare} with 14 degrees of freedom`); // exceeded once in 1,000
});

Deno.test("short texts lose a piece, and keep one", () => {
  deepEqual(noiseSpans(2, random(1)), [{ start: 1, end: 2 }]);
  deepEqual(noiseSpans(3, random(1), { density: 0.99 }), [{ start: 1, end: 3 }]);
});

Deno.test("toSentinels() and fromSentinels() are each other's inverse", () => {
  const stream = random(7);
  for (let i = 0; i < 50; i++) {
    const pieces = text.slice(0, 5 + stream.below(25));
    const spans = noiseSpans(pieces.length, stream, { density: 0.4 });
    const { input, target } = toSentinels(pieces, spans, SENTINELS);
    const written = fromSentinels(target, SENTINELS, spans.length);
    deepEqual(written, spans.map(({ start, end }) => pieces.slice(start, end)));
    deepEqual(
      input.flatMap((id) => SENTINELS.includes(id) ? written[SENTINELS.indexOf(id)] ?? [] : [id]),
      pieces,
    );
  }
  deepEqual(toSentinels([5], [], []), { input: [5], target: [] });
});

Deno.test("fromSentinels() leaves out what is missing, comes twice or was not asked for", () => {
  deepEqual(fromSentinels([8, 39, 9, 38, 37, 10, 39, 11, 36, 12], SENTINELS, 3), [[9], undefined, [10]]);
  deepEqual(fromSentinels([], SENTINELS, 2), [undefined, undefined]);
});

Deno.test("toSentinels() refuses spans that do not fit, and too many", () => {
  const spans = [{ start: 2, end: 3 }, { start: 1, end: 2 }];
  throws(() => toSentinels(text, spans, SENTINELS), /span 1 \[1, 2\)/);
  throws(() => toSentinels([5], [{ start: 0, end: 2 }], SENTINELS), /span 0 \[0, 2\)/);
  throws(() => toSentinels([5], [{ start: 0, end: 0 }], SENTINELS), /span 0 \[0, 0\)/);
  throws(
    () => toSentinels([5, 6], [{ start: 0, end: 1 }, { start: 1, end: 2 }], [39]),
    /2 spans, but 1 sentinels/,
  );
});

Deno.test("a batch puts the text aside that its labels hold, and the seed and the step alone decide it", () => {
  const options = { batch: [3, 30], seed: 42 } as const;
  const task = new SpanInfilling(model, [text], SENTINELS, options);
  const batch = task.batch(4);
  deepEqual(batch, new SpanInfilling(model, [text], SENTINELS, options).batch(4));
  const rows = (name: string) => {
    const values = Array.from(batch[name]?.data ?? [], Number);
    const length = values.length / 3;
    return [0, 1, 2].map((row) => values.slice(row * length, (row + 1) * length));
  };
  const [ids, written, labels] = [rows("ids"), rows("written"), rows("labels")];
  for (const row of [0, 1, 2]) {
    equal(ids[row]?.length, 30);
    equal(ids[row]?.at(-1), 1);
    equal(labels[row]?.at(-1), 1);
    deepEqual(written[row], [0, ...labels[row]?.slice(0, -1) ?? []]);
    const parts = fromSentinels(labels[row]?.slice(0, -1) ?? [], SENTINELS, 4);
    const whole = (ids[row]?.slice(0, -1) ?? []).flatMap((id) =>
      SENTINELS.includes(id) ? parts[SENTINELS.indexOf(id)] ?? [] : [id]
    );
    equal(whole.length, windowLength(30));
    const first = text.indexOf(whole[0] ?? -1);
    ok(whole.every((piece, i) => piece === text[first + i] || piece === 1)); // 1 ends the text, of which there is one
  }
});

Deno.test("a task that its sentinels do not suffice for is refused before it starts", () => {
  throws(
    () => new SpanInfilling(model, [text], [39], { batch: [1, 40], seed: 1 }),
    /spans, but there are 1 sentinels/,
  );
  throws(
    () => new SpanInfilling(model, [text], SENTINELS, { batch: [1, 2], seed: 1 }),
    /2 pieces a text are too few/,
  );
  throws(
    () => new SpanInfilling(model, [text], SENTINELS, { batch: [1, 30], density: 0, seed: 1 }),
    /density 0/,
  );
  throws(
    () => new SpanInfilling(model, [text], SENTINELS, { batch: [1, 30], meanSpan: 0.5, seed: 1 }),
    /meanSpan 0.5/,
  );
});

Deno.test("training on a text that repeats itself teaches what is missing", async () => {
  const shapes = modelParameters(model, { kind: "language-model" });
  const parameters = new Map([...shapes].map(([name, shape]) => {
    const tensor = initialize(name, shape, 3, 0.25);
    if (name.endsWith("layer_norm.weight")) tensor.data.fill(1);
    return [name, tensor];
  }));
  const task = new SpanInfilling(model, [text], SENTINELS, { batch: [8, 24], seed: 5 });
  const losses: number[] = [];
  for await (const { loss } of train(parameters, task, { steps: 120, learningRate: 0.02 })) losses.push(loss);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  ok(mean(losses.slice(-10)) < 0.5 * mean(losses.slice(0, 10)), `${losses[0]} → ${losses.at(-1)}`);
});
