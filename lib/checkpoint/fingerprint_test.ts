import { equal, notEqual, rejects } from "node:assert/strict";
import { sha256 } from "../sha256.ts";
import { findModel } from "./find_model.ts";
import { fingerprint } from "./fingerprint.ts";

/** A models folder with one model of these files. */
async function modelWith(files: Readonly<Record<string, string>>) {
  const models = await Deno.makeTempDir();
  const folder = `${models}/one`;
  await Deno.mkdir(folder);
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
  return { models, folder, [Symbol.asyncDispose]: () => Deno.remove(models, { recursive: true }) };
}

/** What the hash is of: names and hashes of files, a line each. */
const expected = (files: Readonly<Record<string, string>>) =>
  sha256(Object.entries(files).map(([name, text]) => `${name} ${sha256(text)}`).join("\n"));

Deno.test("fingerprint() is over configuration, weights and tokenizer.json, and nothing beside them", async () => {
  const files = { "config.json": "{}", "model.safetensors": "weights", "tokenizer.json": "[]" };
  await using made = await modelWith({
    ...files,
    "vocab.txt": "x",
    "README.md": "y",
    "pytorch_model.bin": "z",
  });
  equal(await fingerprint(made.folder), expected(files));
});

Deno.test("fingerprint() is over all shards, and over what stands in for tokenizer.json", async () => {
  const files = {
    "config.json": "{}",
    "pytorch_model.bin.index.json": '{"weight_map":{"x":"b.bin","y":"a.bin"}}',
    "a.bin": "a",
    "b.bin": "b",
    "vocab.json": "{}",
    "merges.txt": "",
  };
  await using made = await modelWith({ ...files, "c.bin": "c" });
  const before = await fingerprint(made.folder);
  equal(before, expected(files));
  await Deno.writeTextFile(`${made.folder}/b.bin`, "other");
  notEqual(await fingerprint(made.folder), before);
});

Deno.test("fingerprint() names what is missing", async () => {
  await using made = await modelWith({ "config.json": "{}", "model.safetensors": "" });
  await rejects(fingerprint(made.folder), {
    message: `${made.folder}/tokenizer.json: missing. Name a model folder that has it.`,
  });
  await Deno.remove(`${made.folder}/model.safetensors`);
  await rejects(fingerprint(made.folder), /no weights: model\.safetensors is missing/);
  await Deno.remove(`${made.folder}/config.json`);
  await rejects(fingerprint(made.folder), /config\.json: missing/);
});

Deno.test("findModel() knows folders with PyTorch's weights", async () => {
  await using made = await modelWith({ "pytorch_model.bin": "" });
  equal(await findModel("one", { models: made.models }), made.folder);
  await rejects(findModel("two", { models: made.models }), /Known: one; or give/);
});
