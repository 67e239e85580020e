import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { gpt2 } from "../architectures/gpt2.ts";
import { modelParameters } from "../architectures/heads.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { CausalLM } from "./causal_lm.ts";
import { initialize } from "./initialize.ts";
import { TaskLoss } from "./task_loss.ts";
import { train } from "./trainer.ts";

const decoder = gpt2({ vocab_size: 40, n_embd: 16, n_layer: 1, n_head: 2, n_positions: 16 });
const documents = [
  Array.from({ length: 130 }, (_, i) => 1 + i % 39),
  Array.from({ length: 71 }, (_, i) => 1 + (3 * i) % 39),
];
const options = { batch: [3, 16], seed: 42 } as const;
const numbers = (tensor: Tensor | undefined) => Array.from(tensor?.data ?? [], Number);

Deno.test("CausalLM packs texts without padding, and asks for the next piece at every place", () => {
  const task = new CausalLM(decoder, documents, 0, options);
  equal(task.batchesPerEpoch, 3); // 203 pieces, of which at most 16 stay out at the front
  const text = `,${documents.map((document) => [...document, 0]).join()},`;
  const windows = Array.from({ length: 3 }, (_, i) => task.batch(i)).flatMap(({ ids, labels }) => {
    const [all, wanted] = [numbers(ids), numbers(labels)];
    return [0, 16, 32].map((at) => [...all.slice(at, at + 16), ...wanted.slice(at + 15, at + 16)]);
  });
  for (const window of windows) ok(text.includes(`,${window.join()},`), `${window}`);
  equal(new Set(windows.map(String)).size, 9, "no window comes twice");
  const { ids, labels } = task.batch(1);
  deepEqual(numbers(labels).slice(0, 15), numbers(ids).slice(1, 16));
  throws(() => new CausalLM(decoder, [[1, 2]], 0, options), /the text has 3 pieces, a batch takes 49/);
});

Deno.test("a decoder learns a text by heart, as its held-out loss on the same text says", async () => {
  const shapes = [...modelParameters(decoder, { kind: "language-model" })];
  const parameters = new Map(shapes.map(([name, shape]) => [name, initialize(name, shape, 42)]));
  const task = new CausalLM(decoder, documents, 0, options);
  const same = new TaskLoss(parameters, task, 3, { threads: 1 });
  ok(Math.abs(await same.measure() - Math.log(40)) < 0.1);
  const [first] = await Array.fromAsync(train(parameters, task, { steps: 1, learningRate: 0, threads: 1 }));
  const one = new TaskLoss(parameters, task, 1, { threads: 1 });
  ok(Math.abs(await one.measure() - (first?.loss ?? 0)) < 1e-6, "the loss of training without a step");
  await one.close();
  for await (const _ of train(parameters, task, { steps: 150, learningRate: 0.02, threads: 1 }));
  ok(await same.measure() < 1);
  await same.close();
});
