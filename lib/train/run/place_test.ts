import { deepEqual, equal } from "node:assert/strict";
import { place, placeIfReady } from "./place.ts";

const namesIn = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

/** An output folder with an old model, and a new one in its `checkpoint`. */
async function folders(written: readonly string[]) {
  const out = await Deno.makeTempDir();
  for (const name of ["model.safetensors", "config.json", "vocab.txt", "notes.txt"]) {
    await Deno.writeTextFile(`${out}/${name}`, "old");
  }
  await Deno.mkdir(`${out}/checkpoint/model`, { recursive: true });
  for (const name of written) await Deno.writeTextFile(`${out}/checkpoint/model/${name}`, "new");
  return out;
}

Deno.test("place() puts a new model over an old one and leaves what is no part of a model", async () => {
  const out = await folders(["config.json", "adapter_model.safetensors"]);
  await place(`${out}/checkpoint`, out);
  deepEqual(await namesIn(out), ["adapter_model.safetensors", "config.json", "notes.txt"]);
  equal(await Deno.readTextFile(`${out}/config.json`), "new");
});

Deno.test("placeIfReady() ends what place() began, wherever that was cut off, and does nothing before", async () => {
  const files = ["config.json", "model.safetensors", "tokenizer.json"];
  for (let moved = 0; moved <= files.length; moved++) {
    const out = await folders(files);
    equal(await placeIfReady(`${out}/checkpoint`, out), false);
    equal(await Deno.readTextFile(`${out}/config.json`), "old");
    await Deno.writeTextFile(`${out}/checkpoint/ready.json`, JSON.stringify(files));
    for (const name of files.slice(0, moved)) {
      await Deno.rename(`${out}/checkpoint/model/${name}`, `${out}/${name}`);
    }
    equal(await placeIfReady(`${out}/checkpoint`, out), true);
    deepEqual(await namesIn(out), ["config.json", "model.safetensors", "notes.txt", "tokenizer.json"]);
    for (const name of files) equal(await Deno.readTextFile(`${out}/${name}`), "new");
  }
});
