/** What PEFT computed of tiny adapted models, and the same models here. @module */

import { equal, ok } from "node:assert/strict";
import { z } from "zod";
import { type Architecture, lastOf } from "../../architectures/architecture.ts";
import { bert } from "../../architectures/bert.ts";
import { gpt2 } from "../../architectures/gpt2.ts";
import { type Head, modelParameters } from "../../architectures/heads.ts";
import type { Net } from "../../architectures/net.ts";
import type { Value } from "../../onnx/graph.ts";
import type { Tensor } from "../../onnx/tensor.ts";
import { inMemory, type TensorSource } from "../../onnx/tensor_source.ts";
import { meanCrossEntropy } from "../cross_entropy.ts";
import { inputFor, type Task } from "../task.ts";
import { type Adapted, lora, type LoraOptions } from "./lora.ts";
import { readFloat32 } from "./read_float32.ts";

/** What PEFT computed with the same weights; lora_oracle.py writes it. */
export const packed = z.object({ shape: z.array(z.number()), data: z.string() }).transform(
  ({ shape, data }) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return { dtype: "float32", shape, data: new Float32Array(bytes.buffer) } as const;
  },
);
const rows = z.array(z.array(z.number()));
const tensors = z.record(z.string(), packed);
const recorded = z.object({
  config: z.record(z.string(), z.number()),
  rank: z.number(),
  alpha: z.number(),
  targets: z.array(z.string()),
  modulesToSave: z.array(z.string()),
  parameters: tensors,
  adapter: tensors,
  ids: rows,
  labels: rows,
  logits: packed,
  loss: z.number(),
  gradients: tensors,
});
export const oracle = z.object({ gpt2: recorded, bert: recorded })
  .parse(JSON.parse(await Deno.readTextFile(new URL("lora_oracle.json", import.meta.url))));
export const kinds = ["gpt2", "bert"] as const;

/** A model, how it is adapted, and what it says of the recorded pieces. */
export function subject(kind: typeof kinds[number]) {
  const record = oracle[kind];
  const architecture: Architecture = kind === "gpt2" ? gpt2(record.config) : bert(record.config);
  const head: Head = kind === "gpt2"
    ? { kind: "language-model" }
    : { kind: "token-classification", labels: 3 };
  const names = [...modelParameters(architecture, head).keys()];
  const weights: TensorSource = new Map(names.map((name) => [name, inMemory(of(record.parameters, name))]));
  const { rank, alpha, targets, modulesToSave } = record;
  const options: LoraOptions = { rank, alpha, targets, modulesToSave, seed: 1 };
  const logits = (net: Net, ids: Value): Value => {
    if (architecture.kind === "decoder") {
      return architecture.languageModel(net, lastOf(architecture.states(net, { ids }).states));
    }
    ok(architecture.kind === "encoder");
    return architecture.tokenClassifier(net, lastOf(architecture.states(net, { ids })), 3);
  };
  const task: Task = {
    loss: (net, batch) =>
      meanCrossEntropy(net.b, logits(net, inputFor(net.b, batch, "ids")), inputFor(net.b, batch, "labels")),
    batch: () => ({ ids: int64(record.ids, [2, 8]), labels: int64(record.labels, [16]) }),
  };
  return { record, model: { architecture, head, weights }, options, logits, task };
}

export function of(tensors: Readonly<Record<string, Tensor<"float32">>>, name: string): Tensor<"float32"> {
  const tensor = tensors[name];
  ok(tensor, name);
  return tensor;
}

function int64(rows: readonly (readonly number[])[], shape: readonly number[]): Tensor<"int64"> {
  return { dtype: "int64", shape, data: BigInt64Array.from(rows.flat(), BigInt) };
}

/** The recorded adapter put in place of the first one. */
export async function adaptedAs(kind: typeof kinds[number]): Promise<Adapted> {
  const { record, model, options } = subject(kind);
  const adapted = await lora(model, options);
  equal(`${[...adapted.parameters.keys()].sort()}`, `${Object.keys(record.adapter).sort()}`);
  for (const [name, { data }] of adapted.parameters) data.set(of(record.adapter, name).data);
  return adapted;
}

export function close(
  got: Tensor | undefined,
  expected: Tensor<"float32">,
  tolerance: number,
  what: string,
): void {
  equal(got?.data.length, expected.data.length, what);
  const largest = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-6);
  expected.data.forEach((x, i) => {
    const difference = Math.abs(Number(got?.data[i]) - x);
    ok(difference <= tolerance * largest, `${what}[${i}]: ${got?.data[i]}, expected ${x}`);
  });
}

/** All of a source in memory. */
export async function inMemoryOf(source: TensorSource): Promise<Map<string, Tensor<"float32">>> {
  const tensors = new Map<string, Tensor<"float32">>();
  for (const [name, tensor] of source) tensors.set(name, await readFloat32(name, tensor));
  return tensors;
}
