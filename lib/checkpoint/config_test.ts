import { deepEqual, rejects } from "node:assert/strict";
import { readConfig, writeConfig } from "./config.ts";

const MINI = {
  model_type: "bert",
  vocab_size: 30522,
  hidden_size: 384,
  num_hidden_layers: 6,
  num_attention_heads: 12,
  intermediate_size: 1536,
  max_position_embeddings: 512,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
  hidden_act: "gelu",
  pad_token_id: 0,
  hidden_dropout_prob: 0.1,
  attention_probs_dropout_prob: 0,
};

async function withConfig(content: unknown, test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await Deno.writeTextFile(`${folder}/config.json`, text);
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writeConfig() keeps what readConfig() does not know", async () => {
  const config = { ...MINI, transformers_version: "4.8.2", task: { nested: [1, null] } };
  await withConfig(config, async (folder) => {
    await writeConfig(folder, (await readConfig(folder)).config);
    deepEqual(JSON.parse(await Deno.readTextFile(`${folder}/config.json`)), config);
  });
});

Deno.test("readConfig() says in one line what is wrong", async () => {
  const refuses = (content: unknown, message: RegExp) =>
    withConfig(content, (folder) => rejects(readConfig(folder), message));
  await refuses({ ...MINI, model_type: "gpt9" }, /config\.json: model_type is "gpt9"\. Known are bert, /);
  await refuses({ ...MINI, model_type: "toString" }, /model_type is "toString"/);
  await refuses(
    { ...MINI, hidden_size: 385 },
    /hidden_size is 385: not a multiple of num_attention_heads\.$/,
  );
  await refuses({ ...MINI, vocab_size: "many" }, /vocab_size is "many": not a whole number above 0\.$/);
  await refuses({ ...MINI, num_hidden_layers: undefined }, /num_hidden_layers is missing/);
  await refuses({ ...MINI, hidden_act: "silu" }, /hidden_act is "silu": known are gelu, .*\.$/);
  await refuses('{"model_type": "be', /config\.json: not JSON/);
  await refuses("[]", /config\.json: file is \[\]/);
});
