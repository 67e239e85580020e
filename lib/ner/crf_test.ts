import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { fingerprint } from "../checkpoint/fingerprint.ts";
import type { Letter } from "../corpus/letter.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { differentiate } from "../onnx/differentiate.ts";
import { Session } from "../onnx/session.ts";
import { pythonWith } from "../python.ts";
import { random } from "../random.ts";
import { Annotator } from "./annotate.ts";
import { bestTags } from "./best_tags.ts";
import { type Crf, marginals } from "./crf.ts";
import { allowed, crfLoss } from "./crf_loss.ts";
import { tagOrder } from "./tag_order.ts";
import { openTagger } from "./tagger.ts";
import { trainTagger } from "./train_tagger.ts";

const tags = ["O", "B-X", "I-X", "B-Y", "I-Y"];
const bilou = ["O", "B-X", "I-X", "L-X", "U-X"];
const stream = random("crf");
const drawn = (size: number) => Float32Array.from({ length: size }, () => 2 * stream.normal());
const layerOf = (count: number): Crf => (
  { between: drawn(count * count), first: drawn(count), last: drawn(count) }
);

/** All sequences of tags by their places, with their scores; whether a text's ends count as in a letter or as in a window. */
function sequences(scores: Float32Array, crf: Crf, set: readonly string[], whole: boolean) {
  const [count, { follows, first, last }] = [set.length, tagOrder(set)];
  let paths = [...set.keys()].map((tag) => ({
    path: [tag],
    score: (crf.first[tag] ?? 0) + (scores[tag] ?? 0),
  }));
  if (whole) paths = paths.filter(({ path: [tag = -1] }) => first.includes(tag));
  for (let word = 1; word < scores.length / count; word++) {
    paths = paths.flatMap(({ path, score }) =>
      [...set.keys()].filter((tag) => follows[tag]?.includes(path.at(-1) ?? -1)).map((tag) => ({
        path: [...path, tag],
        score: score + (crf.between[(path.at(-1) ?? 0) * count + tag] ?? 0) +
          (scores[word * count + tag] ?? 0),
      }))
    );
  }
  return paths.filter(({ path }) => !whole || last.includes(path.at(-1) ?? -1)).map(({ path, score }) => ({
    path,
    score: score + (crf.last[path.at(-1) ?? 0] ?? 0),
  }));
}

const logSum = (xs: readonly number[]) => {
  const most = Math.max(...xs);
  return most + Math.log(xs.reduce((sum, x) => sum + Math.exp(x - most), 0));
};

Deno.test("marginals() and bestTags() of transitions are those of all sequences written out", () => {
  for (const set of [tags, bilou]) {
    for (const words of [1, 2, 4]) {
      const [scores, crf] = [drawn(words * set.length), layerOf(set.length)];
      const all = sequences(scores, crf, set, true);
      const total = logSum(all.map(({ score }) => score));
      const found = marginals(scores, crf, set);
      for (const [i, got] of found.entries()) {
        const [word, tag] = [Math.floor(i / set.length), i % set.length];
        const p = all.filter(({ path }) => path[word] === tag).reduce(
          (sum, { score }) => sum + Math.exp(score - total),
          0,
        );
        ok(Math.abs(Math.exp(got) - p) < 1e-6, `${set[tag]} at ${word}: ${Math.exp(got)}, written out ${p}`);
      }
      const best = all.reduce((a, b) => b.score > a.score ? b : a);
      deepEqual(bestTags(scores, set, crf), best.path.map((tag) => set[tag]));
    }
  }
});

// Three texts of 4, 2 and 0 words, which the graph sees as 4 words each.
const gold = [[1, 2, 0, 3], [2, 2], []];
const [WORDS, TEXTS, COUNT] = [4, gold.length, tags.length] as const;

/** The same loss, all sequences of every text written out in float64. */
function writtenOut(scores: Float32Array, crf: Crf): number {
  let [sum, words] = [0, 0];
  for (const [text, path] of gold.entries()) {
    if (path.length === 0) continue;
    const own = new Float32Array(path.length * COUNT);
    path.forEach((_, word) => {
      const from = (word * TEXTS + text) * COUNT;
      own.set(scores.subarray(from, from + COUNT), word * COUNT);
    });
    const all = sequences(own, crf, tags, false);
    const right = all.find((one) => `${one.path}` === `${path}`);
    sum += logSum(all.map(({ score }) => score)) - (right?.score ?? NaN);
    words += path.length;
  }
  return sum / words;
}

Deno.test("crfLoss() is the loss of all sequences written out, and its gradients are its central differences", async () => {
  const parts = {
    scores: drawn(WORDS * TEXTS * COUNT),
    ...layerOf(COUNT),
  };
  const shapes = { scores: [WORDS * TEXTS, COUNT], between: [COUNT, COUNT], first: [COUNT], last: [COUNT] };
  const b = new GraphBuilder("crf");
  const of = (name: keyof typeof shapes) => b.input(name, "float32", shapes[name]);
  const values = { scores: of("scores"), between: of("between"), first: of("first"), last: of("last") };
  const labels = new BigInt64Array(WORDS * TEXTS).fill(-100n);
  const ends = new Float32Array(WORDS * TEXTS);
  const counts = {
    between: new Float32Array(COUNT ** 2),
    first: new Float32Array(COUNT),
    last: new Float32Array(COUNT),
  };
  for (const [text, path] of gold.entries()) {
    path.forEach((tag, word) => {
      labels[word * TEXTS + text] = BigInt(tag);
      const before = path[word - 1];
      if (before === undefined) counts.first[tag]!++; // tag < tags
      else counts.between[before * COUNT + tag]!++;
      if (word < path.length - 1) return;
      counts.last[tag]!++;
      ends[word * TEXTS + text] = 1;
    });
  }
  const float = (data: Float32Array, shape: readonly number[]) =>
    b.constant({ dtype: "float32", shape, data });
  const loss = crfLoss(b, values.scores, values, {
    labels: b.constant({ dtype: "int64", shape: [labels.length], data: labels }),
    ends: float(ends, [WORDS, TEXTS]),
    words: float(Float32Array.of(6), []),
    between: float(counts.between, [COUNT, COUNT]),
    first: float(counts.first, [COUNT]),
    last: float(counts.last, [COUNT]),
  }, allowed(tags));
  const names = ["scores", "between", "first", "last"] as const;
  const gradients = differentiate(b, loss, names.map((name) => values[name]));
  const graph = b.graph([b.named("loss", loss), ...gradients.map((g, i) => b.named(`d${names[i]}`, g))]);
  const session = await Session.open(graph);
  const results = await session.run(Object.fromEntries(
    names.map((name) => [name, { dtype: "float32", shape: shapes[name], data: parts[name] } as const]),
  ));
  await session.close();
  const wanted = writtenOut(parts.scores, parts);
  ok(Math.abs(Number(results["loss"]?.data[0]) - wanted) < 1e-5, `${results["loss"]?.data[0]}, ${wanted}`);
  const STEP = 0.02;
  for (const name of names) {
    for (const [i, x] of parts[name].entries()) {
      const at = (value: number) => {
        const moved = { ...parts, [name]: parts[name].with(i, value) };
        return writtenOut(moved.scores, moved);
      };
      const slope = (at(x + STEP) - at(x - STEP)) / (2 * STEP);
      const got = Number(results[`d${name}`]?.data[i]);
      ok(Math.abs(got - slope) < 3e-4, `${name}[${i}]: ${got}, by differences ${slope}`);
    }
  }
});

const pieces = ["on", "aspirin", "dose", "low", "today", "no", "fever", "."];
const text = "On low dose aspirin today. No fever. On aspirin today.";
const spans = [{ start: 3, end: 19, label: "DRUG" }, { start: 30, end: 35, label: "PROBLEM" }, {
  ...{ start: 40, end: 47, label: "DRUG" },
}];
const letter: Letter = { id: "a", text, spans, meta: {} };

Deno.test("a tagger with crf is trained, kept beside its weights, annotates, and is opened by Python without", async () => {
  const models = await Deno.makeTempDir();
  await tinyModel(`${models}/tiny`, { pieces, positions: 16, layers: 1 });
  const settings = { model: "tiny", models, steps: 60, batch: 2, learningRate: 0.02, seed: 42, crf: true };
  for (const scheme of ["iob2", "bilou"] as const) {
    const early = { dev: [letter], scoreEvery: 20, patience: 2 };
    await using tagger = await trainTagger([letter], { ...settings, scheme, ...scheme === "bilou" && early });
    deepEqual((await tagger.tag([letter]))[0]?.spans, spans);
    await tagger.save(`${models}/${scheme}`);
  }
  await using opened = await openTagger("iob2", { models });
  const [said] = await opened.scores([text]);
  equal(said?.best?.[0], "O");
  const sums = said?.words.map((_, word) =>
    [...said.scores.subarray(5 * word, 5 * word + 5)].reduce((sum, x) => sum + Math.exp(x), 0)
  );
  ok(sums?.every((sum) => Math.abs(sum - 1) < 1e-5));
  for (const taggers of [[opened], [opened, opened]]) {
    const [annotated] = await new Annotator(taggers, { probabilities: true }).annotate([{
      ...letter,
      spans: [],
    }]);
    deepEqual(annotated?.spans, spans);
  }
  const before = await fingerprint(`${models}/iob2`);
  await Deno.copyFile(`${models}/bilou/crf.safetensors`, `${models}/iob2/crf.safetensors`);
  ok(await fingerprint(`${models}/iob2`) !== before); // it is part of what the model computes
  await rejects(openTagger("iob2", { models }), /crf\.safetensors: no transitions of \[5,5\]/);
  await rejects(trainTagger([letter], { ...settings, classWeights: "balanced" }), /classWeights with crf/);

  const python = await pythonWith("torch", "transformers");
  if (python === undefined) return;
  const script = `
import sys
from transformers import AutoModelForTokenClassification
print(len(AutoModelForTokenClassification.from_pretrained(sys.argv[1]).config.id2label))`;
  const { stdout, stderr } = await new Deno.Command(python, { args: ["-c", script, `${models}/bilou`] })
    .output();
  equal(new TextDecoder().decode(stdout).trim(), "9", new TextDecoder().decode(stderr));
});
