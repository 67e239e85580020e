import { deepEqual, ok } from "node:assert/strict";
import { AutoModelForCausalLM, env, Tensor as TheirTensor } from "@huggingface/transformers";
import { encodeModel } from "../onnx/codec.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import type { Decoder } from "./architecture.ts";
import { causalLMGraph, decodingGraph } from "./decoder_graphs.ts";
import { type DecoderCase, decoderFixture } from "../parity/decoder_fixture.ts";
import { decoderOf } from "../parity/decoder_parity.ts";
import { difference } from "../parity/gap.ts";
import { int64 } from "../parity/stored.ts";
import { fixedParameters, plainNet } from "./net.ts";

function graphOf(values: DecoderCase, graph: typeof causalLMGraph) {
  const b = new GraphBuilder("tiny");
  return graph(plainNet(b, fixedParameters(b, values.parameters)), decoderOf(values));
}

/** Keys and values of no pieces. */
function emptyPast({ layers, heads, headSize }: Decoder): Record<string, Tensor> {
  const empty = { dtype: "float32", shape: [2, heads, 0, headSize], data: new Float32Array() } as const;
  const names = Array.from(
    { length: layers },
    (_, i) => [`past_key_values.${i}.key`, `past_key_values.${i}.value`],
  );
  return Object.fromEntries(names.flat().map((name) => [name, empty]));
}

/** Columns of both texts. */
function columns(x: Tensor<"int64">, from: number, to: number): Tensor<"int64"> {
  return int64([0, 1].map((row) => Array.from(x.data.slice(row * 12 + from, row * 12 + to), Number)));
}

/** The recorded scores of what follows some columns, (2, columns, vocabulary). */
function scores({ inference: { logits } }: DecoderCase, from: number, to: number): Tensor<"float32"> {
  const [, length = 0, vocabulary = 0] = logits.shape;
  const rows = [0, 1].flatMap((row) =>
    Array.from(logits.data.slice((row * length + from) * vocabulary, (row * length + to) * vocabulary))
  );
  return { dtype: "float32", shape: [2, to - from, vocabulary], data: Float32Array.from(rows) };
}

for (const family of ["gpt2", "bloom", "biogpt"]) {
  Deno.test(`${family}: a text in parts, with what was computed before, has the logits of the whole text`, async () => {
    const values = await decoderFixture(family);
    const decoder = decoderOf(values);
    const { ids, mask } = values.inference;
    const whole = await Session.open(graphOf(values, causalLMGraph));
    const decoding = await Session.open(graphOf(values, decodingGraph));
    const temperature: Tensor = { dtype: "float32", shape: [], data: Float32Array.of(0.5) };
    let past = emptyPast(decoder);
    for (const [from, to] of [[0, 7], [7, 8], [8, 12]] as const) {
      const feeds = { input_ids: columns(ids, from, to), attention_mask: columns(mask, 0, to), ...past };
      const { logits, ...present } = await whole.run(feeds);
      const here = columns(mask, from, to);
      ok(difference(logits, scores(values, from, to), (row) => here.data[row] === 1n) < 1e-5);

      const { logits: last, probabilities, ...added } = await decoding.run({ ...feeds, temperature });
      const { dtype, data } = scores(values, to - 1, to);
      ok(difference(last, { dtype, shape: [2, decoder.vocabulary], data }) < 1e-5);
      deepEqual(added["added.0.key"]?.shape, [2, decoder.heads, to - from, decoder.headSize]);
      // At half the temperature differences of logits count twice.
      const odds = Math.log(Number(probabilities?.data[3]) / Number(probabilities?.data[4]));
      ok(Math.abs(odds - 2 * (Number(data[3]) - Number(data[4]))) < 1e-4);
      past = Object.fromEntries(
        Object.entries(present).map(([name, tensor]) => [name.replace("present", "past_key_values"), tensor]),
      );
    }
    await whole.close();
    await decoding.close();
  });
}

for (const family of ["gpt2", "bloom"]) {
  Deno.test(`transformers.js writes with the graph of ${family} what PyTorch writes`, async () => {
    const values = await decoderFixture(family);
    const { config, text } = values;
    const root = await Deno.makeTempDir();
    await Deno.mkdir(`${root}/tiny/onnx`, { recursive: true });
    await Deno.writeTextFile(`${root}/tiny/config.json`, JSON.stringify({ ...config, eos_token_id: null }));
    await Deno.writeFile(`${root}/tiny/onnx/model.onnx`, encodeModel(graphOf(values, causalLMGraph)));
    env.localModelPath = `${root}/`;
    env.allowRemoteModels = false;
    const model = await AutoModelForCausalLM.from_pretrained("tiny", { device: "cpu", dtype: "fp32" });
    const longest = Math.max(...text.prompts.map(({ length }) => length));
    const rows = (row: (prompt: readonly number[], left: number) => number[]) =>
      new TheirTensor(
        "int64",
        BigInt64Array.from(text.prompts.flatMap((prompt) => row(prompt, longest - prompt.length)), BigInt),
        [text.prompts.length, longest],
      );
    const out = await model.generate({
      inputs: rows((prompt, left) => [...Array.from({ length: left }, () => 0), ...prompt]),
      attention_mask: rows((
        prompt,
        left,
      ) => [...Array.from({ length: left }, () => 0), ...prompt.map(() => 1)]),
      max_new_tokens: 64,
      do_sample: false,
    });
    if (!(out instanceof TheirTensor)) throw new Error("generate() gave no tensor");
    const rowsOut: bigint[][] = out.tolist();
    deepEqual(rowsOut.map((row) => row.slice(longest).map(Number)), text.greedy);
    await model.dispose();
    await Deno.remove(root, { recursive: true });
  });
}
