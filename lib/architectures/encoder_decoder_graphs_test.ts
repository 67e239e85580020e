import { deepEqual, equal } from "node:assert/strict";
import { AutoModelForSeq2SeqLM, env, Tensor as HubTensor } from "@huggingface/transformers";
import { GraphBuilder } from "../onnx/builder.ts";
import { encodeModel } from "../onnx/codec.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { encoderModelGraph, mergedDecoderGraph } from "./encoder_decoder_graphs.ts";
import { fixedParameters, plainNet } from "./net.ts";
import { t5 } from "./t5.ts";
import { difference } from "../parity/gap.ts";
import { int64 } from "../parity/stored.ts";
import { type T5Case, t5Fixture } from "../parity/t5_fixture.ts";

/** The two graphs by their files' names. */
function graphsOf(fixture: T5Case) {
  const model = t5(fixture.config);
  const built = (graph: typeof mergedDecoderGraph) => {
    const b = new GraphBuilder("t5");
    return graph(plainNet(b, fixedParameters(b, fixture.parameters)), model);
  };
  return { encoder_model: built(encoderModelGraph), decoder_model_merged: built(mergedDecoderGraph) };
}

for (const name of ["t5", "t5_gated"] as const) {
  Deno.test(`${name}: transformers.js loads the graphs and writes what Python writes`, async () => {
    const fixture = await t5Fixture(name);
    const { special } = t5(fixture.config);
    const cache = await Deno.makeTempDir();
    await Deno.mkdir(`${cache}/${name}/onnx`, { recursive: true });
    const config = {
      ...fixture.config,
      num_decoder_layers: fixture.config["num_decoder_layers"] ?? fixture.config["num_layers"],
      is_encoder_decoder: true,
      pad_token_id: special.pad,
      eos_token_id: special.end,
      decoder_start_token_id: special.start,
    };
    await Deno.writeTextFile(`${cache}/${name}/config.json`, JSON.stringify(config));
    for (const [file, graph] of Object.entries(graphsOf(fixture))) {
      await Deno.writeFile(`${cache}/${name}/onnx/${file}.onnx`, encodeModel(graph));
    }
    env.localModelPath = `${cache}/`;
    env.allowRemoteModels = false;
    const model = await AutoModelForSeq2SeqLM.from_pretrained(name, { device: "cpu", dtype: "fp32" });
    const tensor = (rows: number[][]) => {
      const { data, shape } = int64(rows);
      return new HubTensor("int64", data, [...shape]);
    };
    const { ids, mask } = fixture.inference;
    const written: unknown = await model.generate({
      inputs: tensor(ids),
      attention_mask: tensor(mask),
      max_new_tokens: 64,
    });
    equal(written instanceof HubTensor, true);
    const rows: bigint[][] = written instanceof HubTensor ? written.tolist() : [];
    // It goes on behind the end of a text as long as another one is not at its end.
    const toEnd = (row: readonly number[]) =>
      row.includes(special.end) ? row.slice(0, row.indexOf(special.end)) : row;
    deepEqual(rows.map((row) => toEnd(row.map(Number))), fixture.generated.greedy.map(toEnd));
    await model.dispose();
    await Deno.remove(cache, { recursive: true });
  });
}

Deno.test("the decoder's graph gives the same scores in one step as in several with its cache", async () => {
  const fixture = await t5Fixture("t5");
  const { decoderLayers, heads, headSize, vocabulary } = t5(fixture.config);
  const graphs = graphsOf(fixture);
  const [encoder, decoder] = [
    await Session.open(graphs.encoder_model),
    await Session.open(graphs.decoder_model_merged),
  ];
  const { ids, mask, outputs, logits } = fixture.inference;
  const encoded = await encoder.run({ input_ids: int64(ids), attention_mask: int64(mask) });
  const nothing = {
    dtype: "float32",
    shape: [ids.length, heads, 0, headSize],
    data: new Float32Array(),
  } as const;
  const names = Array.from(
    { length: decoderLayers },
    (_, layer) =>
      ["decoder", "encoder"].flatMap((of) => ["key", "value"].map((what) => `${layer}.${of}.${what}`)),
  ).flat();
  let past: Record<string, Tensor> = Object.fromEntries(
    names.map((name) => [`past_key_values.${name}`, nothing]),
  );
  const expected = logits;
  const length = outputs[0]?.length ?? 0;
  for (const [from, to] of [[0, 5], [5, 6], [6, length]] as const) {
    const results = await decoder.run({
      ...past,
      input_ids: int64(outputs.map((row) => row.slice(from, to))),
      encoder_hidden_states: encoded["last_hidden_state"] ?? nothing,
      encoder_attention_mask: int64(mask),
    });
    const part = outputs.flatMap((_, row) =>
      Array.from(expected.data.subarray((row * length + from) * vocabulary, (row * length + to) * vocabulary))
    );
    const shape = [outputs.length, to - from, vocabulary];
    const apart = difference(results["logits"], { dtype: "float32", shape, data: Float32Array.from(part) });
    equal(apart < 1e-5, true, `pieces ${from} to ${to}: ${apart}`);
    past = Object.fromEntries(
      names.map((name) => {
        const keep = name.includes("encoder") && from > 0; // the encoder's are whole after the first step
        return [
          `past_key_values.${name}`,
          (keep ? past[`past_key_values.${name}`] : results[`present.${name}`]) ?? nothing,
        ];
      }),
    );
    const read = results["present.0.encoder.key"]?.shape[2];
    equal(read, from === 0 ? ids[0]?.length : 0);
  }
  await encoder.close();
  await decoder.close();
});
