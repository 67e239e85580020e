import { deepEqual, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { seedScores } from "./seed_scores.ts";
import { trainTagger } from "./train_tagger.ts";

const pieces = ["on", "aspirin", "today", "fever", "no", "."];
const letterOf = (id: string, text: string) => {
  const start = text.indexOf("aspirin");
  return { id, text, spans: start < 0 ? [] : [{ start, end: start + 7, label: "DRUG" }], meta: {} };
};
const letters = [letterOf("a", "On aspirin today."), letterOf("b", "No fever today.")];
const models = await Deno.makeTempDir();
await tinyModel(`${models}/tiny`, { pieces, positions: 16, layers: 1 });
const settings = { model: "tiny", models, steps: 60, learningRate: 0.02, batch: 2, seed: 42 };

Deno.test("training ends where dev spans are found no better, and keeps the weights of the best time", async () => {
  const dev = [letterOf("c", "No aspirin today.")];
  await using tagger = await trainTagger(letters, { ...settings, dev, patience: 2, scoreEvery: 10 });
  deepEqual((await tagger.tag(dev))[0]?.spans, dev[0]?.spans);
  await using short = await trainTagger(letters, { ...settings, steps: 1, dev, scoreEvery: 1 });
  ok(short.labels.includes("DRUG"));
});

Deno.test("a label that counts for much is found sooner than one that counts for little", async () => {
  const few = { ...settings, steps: 8, learningRate: 0.01 };
  await using heavy = await trainTagger(letters, { ...few, classWeights: { DRUG: 1000 } });
  await using light = await trainTagger(letters, { ...few, classWeights: { DRUG: 0.001 } });
  const found = async (tagger: typeof heavy) =>
    (await tagger.tag(letters)).flatMap(({ spans }) => spans).length;
  ok(await found(heavy) > await found(light));
  await using even = await trainTagger(letters, { ...settings, classWeights: "balanced", scheme: "bilou" });
  deepEqual((await even.tag(letters)).map(({ spans }) => spans), letters.map(({ spans }) => spans));
});

Deno.test("seedScores() trains a tagger a seed and gives mean and deviation", async () => {
  const { mean, sd, f1 } = await seedScores(letters, letters, { ...settings, seeds: [1, 2] });
  deepEqual([mean, sd, f1], [1, 0, [1, 1]]);
  await rejects(seedScores(letters, letters, { ...settings, seeds: [1, 1] }), /seeds 1, 1: name each once/);
});

Deno.test("trainTagger() names the letter or the option that cannot be", async () => {
  const age = { ...letterOf("d", "68F"), spans: [{ start: 0, end: 2, label: "AGE" }] };
  await rejects(
    trainTagger(letters, { ...settings, dev: [age] }),
    /letter d: the model does not know the label AGE/,
  );
  await rejects(
    trainTagger([...letters, letterOf("e", " ")], settings),
    /letter e is empty: nothing to learn from/,
  );
  await rejects(
    trainTagger(letters, { ...settings, dev: [letterOf("f", "No fever.")] }),
    /1 letters to score on have no span/,
  );
  await rejects(
    trainTagger(letters, { ...settings, classWeights: { AGE: 2 } }),
    /classWeights: no label AGE/,
  );
  await rejects(trainTagger(letters, { ...settings, classWeights: { DRUG: -1 } }), /classWeights: DRUG -1/);
  await rejects(trainTagger(letters, { ...settings, dev: letters, patience: 0 }), /patience 0: choose/);
});
