import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import { tinyModel } from "../../checkpoint/tiny_model.ts";
import type { Letter } from "../../corpus/letter.ts";
import { openSteps } from "../steps.ts";
import { openStore } from "../store.ts";

const pieces = ["on", "aspirin", "today", "no", "fever", "."];
const text = "On aspirin today. No fever.";
const letter: Letter = { id: "a", text, spans: [{ start: 3, end: 10, label: "DRUG" }], meta: { fold: "1" } };
const bare = { ...letter, spans: [] };

Deno.test("trainTagger and annotate compute once, and keep what they gave by all that it depends on", async () => {
  const models = await Deno.makeTempDir();
  const runs = `${models}/runs`;
  await tinyModel(`${models}/tiny`, { pieces, positions: 16, layers: 1 });
  const how = { model: "tiny", steps: 40, learningRate: 0.02, batch: 1, seed: 42 };
  const open = (dry = false) => openSteps(openStore(runs, { dry }), { models, adapted: `${runs}/adapted` });
  const steps = open();
  const tagger = await steps.trainTagger([letter], how);
  const [found] = await steps.annotate([bare], { taggers: [tagger, tagger], probabilities: true });
  deepEqual(found?.spans, letter.spans);
  equal(found?.meta.fold, "1");
  equal(JSON.parse(found?.meta.probabilities ?? "").length, 1);
  const trace = await steps.trace();
  deepEqual([Object.keys(trace.models), Object.keys(trace.code)], [["tiny"], ["annotate", "trainTagger"]]);

  const again = open(true); // computes nothing
  equal(await again.trainTagger([letter], how), tagger);
  deepEqual(await again.annotate([bare], { taggers: [tagger, tagger], probabilities: true }), [found]);
  notEqual(await again.trainTagger([bare], how), tagger); // its spans decide it, too
  notEqual(await again.trainTagger([letter], { ...how, seed: 1 }), tagger);
  await rejects(again.annotate([bare], { taggers: [tagger] }), { name: "NotStored" });
  const scores = await steps.score([letter], found ? [found] : [], ["span-f1", "spans-gold"]);
  deepEqual(scores.map(({ values }) => [...values]), [[1], [1]]);
  await steps.close();
  await Deno.remove(models, { recursive: true });
});
