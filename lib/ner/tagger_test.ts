import { deepEqual, equal, notDeepEqual, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { pythonWith } from "../python.ts";
import { words } from "../text/words.ts";
import { openTagger } from "./tagger.ts";
import { taggerWindows } from "./tagger_windows.ts";
import { trainTagger } from "./train_tagger.ts";

const POSITIONS = 16;
const pieces = ["on", "aspirin", "and", "ramipril", "today", "fever", "cough", "no", ".", "##s", "x"];

/** A letter of many sentences in a few words, with an emoji that is two code units. */
function letterOf(id: string, sentences: readonly string[]): Letter {
  const text = sentences.join(" ");
  const labels: Readonly<Record<string, string>> = {
    aspirin: "DRUG",
    ramipril: "DRUG",
    fever: "PROBLEM",
    cough: "PROBLEM",
  };
  const spans = words(text).flatMap(({ start, end, text: word }) =>
    labels[word] === undefined ? [] : [{ start, end, label: labels[word] }]
  );
  return { id, text, spans, meta: {} };
}

const LONG = ["🩺 On aspirin and ramipril today.", "No fever.", "On aspirin.", "Today no cough. 🩺"];
const letter = letterOf("a", [...LONG, ...LONG, ...LONG]);
const settings = { model: "tiny", steps: 60, batch: 4, learningRate: 0.03, seed: 42 };

async function models(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await tinyModel(`${folder}/tiny`, { pieces, positions: POSITIONS, layers: 1 });
  return folder;
}

Deno.test("a letter longer than the model is tagged in windows, at the offsets of its own text", async () => {
  await using tagger = await trainTagger([letter], { ...settings, models: await models() });
  deepEqual(tagger.labels, ["DRUG", "PROBLEM"]);
  const bare = { ...letter, spans: [], meta: { fold: "4" } };
  const [tagged, empty] = await tagger.tag([bare, letterOf("b", [""])]);
  deepEqual(tagged?.spans, letter.spans);
  equal(tagged?.meta.fold, "4");
  deepEqual(empty?.spans, []);
});

Deno.test("the same seed trains the same weights to the byte, another seed others", async () => {
  const folder = await models();
  const weights = [];
  for (const [i, seed] of [1, 1, 2].entries()) {
    await using tagger = await trainTagger([letter], {
      ...settings,
      models: folder,
      steps: 3,
      seed,
      threads: 1,
    });
    await tagger.save(`${folder}/tagger-${i}`);
    weights.push(await Deno.readFile(`${folder}/tagger-${i}/model.safetensors`));
  }
  deepEqual(weights[0], weights[1]);
  notDeepEqual(weights[0], weights[2]);
});

Deno.test("labels choose what is learnt, and a saved tagger is one again", async () => {
  const folder = await models();
  await using tagger = await trainTagger([letter], { ...settings, models: folder, labels: ["DRUG"] });
  const drugs = letter.spans.filter(({ label }) => label === "DRUG");
  deepEqual((await tagger.tag([letter]))[0]?.spans, drugs);
  await tagger.save(`${folder}/tagger`, "float16");
  await using opened = await openTagger("tagger", { models: folder });
  deepEqual(opened.labels, ["DRUG"]);
  deepEqual((await opened.tag([letter]))[0]?.spans, drugs);
});

Deno.test("taggerWindows() puts every word with a piece into one window, and cuts what is too long", () => {
  const spaces: [string, boolean][] = [];
  const tokenizer = {
    pieces(word: string, space: boolean) {
      spaces.push([word, space]);
      return word === "\u200b" ? [] : Array.from(word, (_, i) => i);
    },
    around: { before: [100, 101], after: [102] },
  };
  const text = "Ab c, abcdefghijkl.\n\u200b de f";
  const found = words(text);
  const windows = taggerWindows(text, found, tokenizer, 8);
  ok(windows.every(({ ids }) => ids.length <= 8 && ids[0] === 100 && ids.at(-1) === 102));
  ok(windows.every(({ ids, words }) => words.every(({ at }) => ids[at] === 0))); // first pieces
  const seen = windows.flatMap(({ words }) => words.map(({ word }) => found[word]?.text));
  deepEqual(seen, ["Ab", "c", ",", "abcdefghijkl", ".", "de", "f"]);
  deepEqual(spaces.slice(0, 4).map(([, space]) => space), [true, true, false, true]);
});

Deno.test("trainTagger() and openTagger() say what they cannot do", async () => {
  const folder = await models();
  const training = { ...settings, models: folder };
  await rejects(trainTagger([{ ...letter, spans: [] }], training), /no spans to learn from/);
  await rejects(trainTagger([letter], { ...training, labels: ["AGE"] }), /no spans of AGE to learn from/);
  await rejects(trainTagger([letter], { ...training, steps: 0 }), /steps 0: choose a whole number/);
  await rejects(trainTagger([letter], { ...training, model: "nope" }), /unknown model "nope"/);
  await rejects(openTagger("tiny", { models: folder }), /id2label is missing; a tagger has tags of IOB2/);
});

Deno.test("Python's from_pretrained opens a saved tagger with its labels", async () => {
  const python = await pythonWith("torch", "transformers");
  if (python === undefined) return;
  const [folder, short] = [await models(), letterOf("b", ["On aspirin.", "No fever."])];
  await using tagger = await trainTagger([short], { ...settings, models: folder });
  await tagger.save(`${folder}/tagger`);
  const script = `
import sys
from transformers import pipeline
found = pipeline("token-classification", sys.argv[1])(sys.argv[2])
print([one["entity"] for one in found])`;
  const { stdout, stderr } = await new Deno.Command(python, {
    args: ["-c", script, `${folder}/tagger`, short.text],
  })
    .output();
  equal(new TextDecoder().decode(stdout).trim(), "['B-DRUG', 'B-PROBLEM']", new TextDecoder().decode(stderr));
});
