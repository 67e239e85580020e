/** Graphs that others exported, differentiated here, beside PyTorch. @module */

import { z } from "zod";
import { bind } from "../onnx/bind.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { decodeModel } from "../onnx/decode.ts";
import { differentiate } from "../onnx/differentiate.ts";
import { fixture } from "../onnx/fixtures/fixture.ts";
import type { Graph, Value } from "../onnx/graph.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { trainable } from "../onnx/trainable.ts";
import { type Gap, sameNames } from "./gap.ts";
import { relative } from "./training_parity.ts";

const Oracle = z.record(
  z.string(),
  z.object({
    inputs: z.record(z.string(), z.array(z.array(z.int()))),
    labels: z.array(z.array(z.int())),
    loss: z.number(),
    logits: z.string(),
    gradients: z.record(z.string(), z.string()),
    /** By file: arrays that are not called after their parameter, and whether they hold it turned round. */
    files: z.record(z.string(), z.record(z.string(), z.tuple([z.string(), z.boolean()]))),
  }),
);
type Oracle = z.infer<typeof Oracle>;

/** The versions that computed the fixture, by its script. */
export const EXPORTED_WITH = { torch: "2.13.0", transformers: "5.23.0" } as const;

/** A model of another's making: `dynamo`, `dynamo23` and `torchscript` are torch.onnx's ways. */
export interface ExportedModel {
  readonly family: string;
  readonly exporter: string;
  readonly expected: Oracle[string];
}

/** All exports that fixtures are there for. */
export async function exportedModels(): Promise<ExportedModel[]> {
  const path = new URL("../onnx/exported_models_oracle.json", import.meta.url);
  const oracle = Oracle.parse(JSON.parse(await Deno.readTextFile(path)));
  return Object.entries(oracle).flatMap(([family, expected]) => {
    const exporters = ["torchscript", "dynamo", ...(family === "bert" ? ["dynamo23"] : []), "optimum"];
    return exporters.map((exporter) => ({ family, exporter, expected }));
  });
}

function int64(rows: readonly (readonly number[])[]): Tensor<"int64"> {
  const data = BigInt64Array.from(rows.flat(), BigInt);
  return { dtype: "int64", shape: [rows.length, rows[0]?.length ?? 0], data };
}

function floats(base64: string): Float32Array {
  return new Float32Array(Uint8Array.fromBase64(base64).buffer);
}

/**
 * The greatest distance of two arrays, relative to the greatest element of the expected one, or to 0.01 where that is
 * less: the gradient by the biases of attention's keys is rounding errors around 0.
 */
function distance(found: ArrayLike<number | bigint>, expected: Float32Array): number {
  if (found.length !== expected.length) return NaN;
  const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-2);
  return expected.reduce((most, x, i) => Math.max(most, Math.abs(Number(found[i]) - x)), 0) / largest;
}

interface Part {
  readonly file: string;
  readonly feeds: Readonly<Record<string, Tensor>>;
}

/** The files of one export of a model, with what goes in; what one puts out may go into the next. */
function partsOf({ family, exporter, expected: { inputs } }: ExportedModel): Part[] {
  const feeds = Object.fromEntries(Object.entries(inputs).map(([name, rows]) => [name, int64(rows)]));
  const { input_ids: ids = [] } = inputs;
  const { input_ids, attention_mask, decoder_input_ids } = feeds;
  if (family === "t5" && exporter === "optimum" && input_ids && attention_mask && decoder_input_ids) {
    return [
      { file: "t5_optimum_encoder.onnx.gz", feeds: { input_ids, attention_mask } },
      {
        file: "t5_optimum_decoder.onnx.gz",
        feeds: { input_ids: decoder_input_ids, encoder_attention_mask: attention_mask },
      },
    ];
  }
  const more = exporter !== "optimum"
    ? {}
    : family === "bert"
    ? { token_type_ids: int64(ids.map((row) => row.map(() => 0))) }
    : family === "gpt2"
    ? { position_ids: int64(ids.map((row) => row.map((_, i) => i))) }
    : {};
  return [{ file: `${family}_${exporter}.onnx.gz`, feeds: { ...feeds, ...more } }];
}

/** The sizes of a graph's axes, read off what goes in; `others` for axes that nothing going in has. */
function sizesOf({ inputs }: Pick<Graph, "inputs">, feeds: Part["feeds"], others: Record<string, number>) {
  const sizes = new Map<string, number>();
  for (const { name, shape } of inputs) {
    shape.forEach((dim, axis) => {
      const size = feeds[name]?.shape[axis] ?? (typeof dim === "string" ? others[dim] : undefined);
      if (typeof dim === "string" && size !== undefined) sizes.set(dim, size);
    });
  }
  return Object.fromEntries(sizes);
}

/** Adds an export to a graph, all of its parameters as inputs: `FILE/NAME`. */
async function addExport(b: GraphBuilder, parts: readonly Part[]) {
  const weights = new Map<string, Value>();
  const feeds: Record<string, Tensor> = {};
  let outputs: ReadonlyMap<string, Value> = new Map();
  for (const { file, feeds: into } of parts) {
    const exported = decodeModel(await fixture(file), { file });
    const bound = bind(exported, sizesOf(exported, into, { encoder_sequence_length: 7, batch_size: 3 }));
    const { graph, parameters } = trainable(bound);
    const given = new Map<string, Value>();
    const hidden = outputs.get("last_hidden_state");
    if (hidden) given.set("encoder_hidden_states", hidden);
    for (const [name, tensor] of [...parameters, ...Object.entries(into)]) {
      const input = b.input(`${file}/${name}`, tensor.dtype, tensor.shape);
      given.set(name, input);
      feeds[input.name] = tensor;
      if (parameters.has(name)) weights.set(input.name, input);
    }
    outputs = b.include(graph, given);
  }
  const logits = outputs.get("logits");
  if (!logits) throw new Error("no logits");
  return { logits, weights, feeds };
}

/** The mean over all labels but those of −100. */
function crossEntropy(b: GraphBuilder, logits: Value, labels: Value): Value {
  const [rows = 1, length = 1, vocabulary = 1] = logits.shape.map(Number);
  const scores = b.reshape(logits, [rows * length, vocabulary]);
  const [loss] = b.apply("SoftmaxCrossEntropyLoss", [scores, b.reshape(labels, [rows * length])], {
    ignore_index: { int: -100 },
  });
  if (!loss) throw new Error("no loss");
  return loss;
}

function turned(data: ArrayLike<number | bigint>, rows: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, i) => {
    return Number(data[(i % rows) * columns + Math.floor(i / rows)]);
  });
}

/** How far an exported model's logits, loss and gradients lie from PyTorch's. */
export interface ExportedParity {
  readonly logits: number;
  readonly loss: number;
  readonly gradients: readonly Gap[];
}

/** @throws Error naming a parameter that the export has and PyTorch has no gradient for, or the reverse */
export async function exportedParity(model: ExportedModel): Promise<ExportedParity> {
  const { family, exporter, expected } = model;
  const b = new GraphBuilder(`${family} ${exporter}`);
  const { logits, weights, feeds } = await addExport(b, partsOf(model));
  const labels = int64(expected.labels);
  const loss = crossEntropy(b, logits, b.input("labels", "int64", labels.shape));
  const gradients = differentiate(b, loss, [...weights.values()]);
  const outputs = gradients.map((gradient, i) => b.named(`gradient ${i}`, gradient));
  const session = await Session.open(
    b.graph([b.named("loss", loss), b.named("the logits", logits), ...outputs]),
    { threads: 1 },
  );
  const found = await session.run({ ...feeds, labels });
  await session.close();
  // A parameter may stand in several arrays: tied, turned round, or in two files.
  const sums = new Map<string, number[]>();
  [...weights.keys()].forEach((input, i) => {
    const [file = "", array = ""] = input.split(/\/(.*)/s);
    const [name, isTurned] = expected.files[file]?.[array] ?? [array.replace("model.", ""), false];
    const { data = [], shape: [rows = 1, columns = 1] = [] } = found[`gradient ${i}`] ?? {};
    const gradient = isTurned ? turned(data, rows, columns) : Array.from(data, Number);
    sums.set(name, gradient.map((x, k) => x + (sums.get(name)?.[k] ?? 0)));
  });
  sameNames(sums.keys(), Object.keys(expected.gradients));
  return {
    logits: distance(found["the logits"]?.data ?? [], floats(expected.logits)),
    loss: relative(Number(found["loss"]?.data[0]), expected.loss),
    gradients: [...sums].map(([name, gradient]) => {
      return { name, apart: distance(gradient, floats(expected.gradients[name] ?? "")) };
    }),
  };
}
