import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { AutoModelForSeq2SeqLM, env, Tensor as HubTensor } from "@huggingface/transformers";
import { writeConfig } from "../checkpoint/config.ts";
import { openEncoder, openEncoderDecoder, saveModel } from "../checkpoint/model.ts";
import { writeSafetensors } from "../checkpoint/safetensors.ts";
import { convertFolder } from "../export/convert_folder.ts";
import { openWriter } from "../generate/encoder_decoder.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { pythonWith } from "../python.ts";
import { SPECIAL_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { writeWordPiece as writeTokenizer } from "../tokenizers/train/write_word_piece.ts";
import { t5 } from "./t5.ts";
import { difference } from "../parity/gap.ts";
import { int64 } from "../parity/stored.ts";
import { type T5Case, t5Fixture } from "../parity/t5_fixture.ts";

const HEAD = { kind: "language-model" } as const;
const python = await pythonWith("torch", "transformers");

/** A folder with the fixture's model, its parameters put under other names. */
async function folderOf(
  { config }: T5Case,
  parameters: ReadonlyMap<string, Tensor<"float32">>,
  changes: object = {},
): Promise<string> {
  const folder = await Deno.makeTempDir();
  const words = Array.from({ length: config.vocab_size - SPECIAL_TOKENS.length }, (_, i) => `w${i}`);
  await writeTokenizer(folder, [...SPECIAL_TOKENS, ...words]);
  await writeConfig(folder, { ...config, decoder_start_token_id: 0, ...changes });
  await writeSafetensors(`${folder}/model.safetensors`, parameters);
  return folder;
}

const renamed = (weights: Map<string, Tensor<"float32">>, from: string, to: string) =>
  new Map([...weights].map(([name, tensor]) => [name === from ? to : name, tensor]));

Deno.test("openEncoderDecoder() reads a T5 whose word embeddings go by the encoder's or decoder's name", async () => {
  const fixture = await t5Fixture("t5");
  for (const name of ["shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight"]) {
    const folder = await folderOf(fixture, renamed(fixture.parameters, "shared.weight", name));
    const { architecture, parameters } = await openEncoderDecoder(folder, HEAD);
    equal(architecture.kind, "encoder-decoder");
    deepEqual(parameters.get("shared.weight"), fixture.parameters.get("shared.weight"));
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("openEncoderDecoder() reads an untied head, in the words of old and new libraries", async () => {
  const fixture = await t5Fixture("t5_gated");
  const weights = fixture.parameters;
  for (const changes of [{}, { tie_word_embeddings: true, scale_decoder_outputs: false }]) {
    const folder = await folderOf(fixture, weights, changes);
    const { parameters } = await openEncoderDecoder(folder, HEAD);
    deepEqual(parameters.get("lm_head.weight"), weights.get("lm_head.weight"));
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a T5's folder is no encoder's, and what does not fit is named", async () => {
  const fixture = await t5Fixture("t5");
  const folder = await folderOf(fixture, fixture.parameters);
  await rejects(openEncoder(folder, { kind: "none" }), /t5.*encoder-decoder/);
  await writeConfig(folder, { ...fixture.config, feed_forward_proj: "gated-relu" });
  await rejects(openEncoderDecoder(folder, HEAD), /config\.json.*feed_forward_proj.*gated-relu/);
  await writeConfig(folder, { ...fixture.config, d_kv: 7 });
  await rejects(openEncoderDecoder(folder, HEAD), /SelfAttention\.q\.weight is \[15,16\].*\[21,16\]/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("transformers.js computes Python's scores with converted folders, nearly so in float16 and int8", async () => {
  const bounds = [["float32", "fp32", 1e-5], ["float16", "fp16", 0.02], ["int8", "q8", 0.3]] as const;
  env.allowRemoteModels = false;
  for (const name of ["t5", "t5_gated"] as const) {
    const fixture = await t5Fixture(name);
    const folder = await folderOf(fixture, fixture.parameters, {
      num_decoder_layers: 1,
      is_encoder_decoder: true,
    });
    const cache = await Deno.makeTempDir();
    await convertFolder(folder, `${cache}/t5`, { types: bounds.map(([type]) => type) });
    env.localModelPath = `${cache}/`;
    const tensor = (rows: number[][]) => {
      const { data, shape } = int64(rows);
      return new HubTensor("int64", data, [...shape]);
    };
    const { ids, mask, outputs, logits } = fixture.inference;
    for (const [type, dtype, bound] of bounds) {
      const model = await AutoModelForSeq2SeqLM.from_pretrained("t5", { device: "cpu", dtype });
      const results = await model({
        input_ids: tensor(ids),
        attention_mask: tensor(mask),
        decoder_input_ids: tensor(outputs),
      });
      const { data, dims } = results.logits.to("float32");
      const got = { dtype: "float32", shape: dims, data: Float32Array.from(data) } as const;
      const apart = difference(got, logits);
      ok(apart < bound, `${name} in ${type}: ${apart}`);
      await model.dispose();
    }
    for (const path of [folder, cache]) await Deno.remove(path, { recursive: true });
  }
});

Deno.test({
  name: "Python's from_pretrained loads the folders that saveModel() writes, and writes what we write",
  ignore: python === undefined,
  fn: async () => {
    const [args, expected, folders]: [string[], number[][][], string[]] = [[], [], []];
    for (const name of ["t5", "t5_gated"] as const) {
      const fixture = await t5Fixture(name);
      const architecture = t5(fixture.config);
      const parameters = fixture.parameters;
      const folder = await Deno.makeTempDir();
      const config = { ...fixture.config, pad_token_id: 0, eos_token_id: 1, decoder_start_token_id: 0 };
      await saveModel({ config, architecture, head: HEAD, parameters }, folder, "float32");
      const texts = fixture.inference.ids.map((row) => row.filter((id) => id !== 0));
      const writer = await openWriter(architecture, parameters);
      const found = await writer.write(texts, { maxPieces: 20 });
      await writer.close();
      expected.push(found.map(({ pieces }) => [0, ...pieces, ...(pieces.length < 20 ? [1] : [])]));
      args.push(folder, JSON.stringify(texts));
      folders.push(folder);
    }
    const script = new URL("t5_oracle.py", import.meta.url).pathname;
    const { success, stdout, stderr } = await new Deno.Command(python ?? "python3", {
      args: [script, "--generate", ...args],
    }).output();
    ok(success, new TextDecoder().decode(stderr));
    const lines = new TextDecoder().decode(stdout).trim().split("\n");
    deepEqual(lines.map((line) => JSON.parse(line)), expected);
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  },
});
