import { deepEqual, equal, notEqual } from "node:assert/strict";
import { tinyModel } from "../../checkpoint/tiny_model.ts";
import { openSteps } from "../steps.ts";
import { NotStored, openStore } from "../store.ts";
import { removeUnused } from "../unused.ts";

const pieces = ["she", "he", "was", "well", "ill", "today", "."];
const corpus = ["She was well today. ", "He was ill today. ", "She was ill. He was well. "].map((text, i) => (
  { id: `${i}`, text: text.repeat(6), spans: [], meta: {} }
));
const [own, ...others] = corpus;

const filesBelow = async (folder: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    found.push(...isDirectory ? await filesBelow(path) : [path]);
  }
  return found.sort();
};

Deno.test("adapt gives a model that is trained when it is needed, once, and kept by all that it depends on", async () => {
  const models = await Deno.makeTempDir();
  const runs = `${models}/runs`;
  await tinyModel(`${models}/tiny`, { pieces, positions: 16, layers: 1 });
  const letters = own ? [own] : [];
  const open = (dry = false, onFound?: (path: string) => void) =>
    openSteps(openStore(runs, { dry, ...onFound && { onFound } }), {
      ...{ models, adapted: `${runs}/adapted` },
      ...onFound && { onFound },
    });
  const how = { model: "tiny", steps: 30, batch: 2, seed: 1, learningRate: 0.02, share: 0.3 };
  const filled = async (steps = open(), seed = 1) => {
    try {
      const masked = steps.mask(letters, { strategy: "random", ratio: 0.5, seed: 42 });
      const model = await steps.adapt(others, { ...how, seed });
      const [letter] = await steps.fill(masked, { model });
      return { model, text: letter?.text, trace: await steps.trace() };
    } finally {
      await steps.close();
    }
  };

  const first = await filled();
  const weights = async () => await Deno.readFile(`${first.model}/model.safetensors`);
  const trained = await weights();
  deepEqual(Object.keys(first.trace.models), ["tiny"]); // no path of this machine
  deepEqual(Object.keys(first.trace.code), ["adapt", "fill", "mask"]);

  const used: string[] = [];
  deepEqual(await filled(open(true, (path) => used.push(path))), first); // all is stored
  deepEqual((await removeUnused(runs, new Set(used))).files, 0);
  deepEqual(await filesBelow(runs), used.sort());

  await Deno.remove(`${runs}/adapted`, { recursive: true });
  deepEqual(await filled(open(true)), first); // what was filled needs no model any more
  const found = (await filesBelow(runs)).filter((path) => path.endsWith(".json"));
  for (const path of found) await Deno.remove(path);
  equal(await filled(open(true)).catch((error) => error instanceof NotStored), true);
  deepEqual(await filled(), first);
  deepEqual(await weights(), trained); // trained anew, to the byte

  const other = await filled(open(), 2);
  notEqual(other.model, first.model);
  notEqual((await Deno.readFile(`${other.model}/model.safetensors`)).join(), trained.join());
  await removeUnused(runs, new Set());
  deepEqual(await filesBelow(runs), []);
  await Deno.remove(models, { recursive: true });
});
