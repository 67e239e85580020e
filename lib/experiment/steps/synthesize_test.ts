import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { tinyGpt2 } from "../../fill/causal/tiny_gpt2.ts";
import { openSteps } from "../steps.ts";
import { NotStored, openStore } from "../store.ts";
import { promptGroups } from "./synthesize.ts";

const letters = ["no fever was seen today and she felt well ", "cough and chest pain on the ward "].map((
  text,
  i,
) => ({ id: `${i}`, text: text.repeat(8), spans: [], meta: {} }));
const prompts = ["no fever and", "she felt well"].map((text, i) => ({ id: `p${i}`, text }));

Deno.test("a causal model is adapted, sampled and asked for losses, each once, and all of it is looked up after", async () => {
  const models = await Deno.makeTempDir();
  await tinyGpt2(`${models}/tiny`);
  const runs = `${models}/runs`;
  const run = async (seed: number, dry = false) => {
    const steps = openSteps(openStore(runs, { dry }), { models, adapted: `${runs}/adapted` });
    try {
      const model = await steps.adaptCausal(letters, {
        model: "tiny",
        epochs: 2,
        batch: 2,
        length: 16,
        seed,
      });
      const how = { model, samples: 200, maxTokens: 6, filters: ["length"], minWords: 4, seed: 1 };
      const { letters: sampled, counts } = await steps.synthesize(prompts, how);
      const losses = await steps.losses(["no fever", "she felt ill"], { model });
      return { sampled, counts, losses, trace: await steps.trace() };
    } finally {
      await steps.close();
    }
  };
  await rejects(run(1, true), NotStored);
  const first = await run(1);
  equal(first.counts.sampled, 400);
  equal(first.counts.kept, first.sampled.length);
  equal(first.counts.kept + (first.counts.leftOut["length"] ?? NaN), 400);
  deepEqual(new Set(first.sampled.map(({ meta }) => meta["promptId"])), new Set(["p0", "p1"]));
  ok(first.losses.every((loss) => loss > 0));
  deepEqual(Object.keys(first.trace.models), ["tiny"]);
  deepEqual(Object.keys(first.trace.code), ["adaptCausal", "losses", "synthesize"]);
  deepEqual(await run(1, true), first);
  notEqual(`${(await run(2)).losses}`, `${first.losses}`);
  await Deno.remove(models, { recursive: true });
});

Deno.test("promptGroups() keeps few samples together, and no prompt apart from its samples", () => {
  const many = Array.from({ length: 7 }, (_, i) => ({ id: `${i}`, text: "a" }));
  deepEqual(promptGroups(many, 80).map(({ length }) => length), [3, 3, 1]);
  deepEqual(promptGroups(many, 1000).map(({ length }) => length), [1, 1, 1, 1, 1, 1, 1]);
});
