import { deepEqual, equal, notEqual } from "node:assert/strict";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { trainTagger } from "./train_tagger.ts";

const letter = {
  id: "a",
  text: "On aspirin today.",
  spans: [{ start: 3, end: 10, label: "DRUG" }],
  meta: {},
};

Deno.test("trainTagger() opens what it trained, trains anew what was altered, and tells options apart", async () => {
  const models = await Deno.makeTempDir();
  await tinyModel(`${models}/tiny`, { pieces: ["on", "aspirin", "today", "."], positions: 16, layers: 1 });
  const options = { model: "tiny", models, taggers: `${models}/kept`, steps: 4, batch: 1, seed: 42 };
  const weights = () => {
    const [key] = Array.from(Deno.readDirSync(options.taggers)).map(({ name }) => name);
    return `${options.taggers}/${key}/tiny/model.safetensors`;
  };
  const saved = async (steps = 4) => {
    await using tagger = await trainTagger([letter], { ...options, steps });
    await tagger.save(`${models}/out`);
    return await Deno.readFile(`${models}/out/model.safetensors`);
  };
  const first = await saved();
  const written = (await Deno.stat(weights())).mtime?.getTime();
  deepEqual(await saved(), first);
  equal((await Deno.stat(weights())).mtime?.getTime(), written);

  const broken = await Deno.readFile(weights());
  broken[broken.length - 1] = ~(broken[broken.length - 1] ?? 0);
  await Deno.writeFile(weights(), broken);
  deepEqual(await saved(), first);
  await Deno.remove(weights());
  deepEqual(await saved(), first);

  notEqual((await saved(5)).join(), first.join());
  equal(Array.from(Deno.readDirSync(options.taggers)).length, 2);
  await Deno.remove(models, { recursive: true });
});
