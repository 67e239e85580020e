import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { Letter } from "../corpus/letter.ts";
import { experiment } from "./experiment.ts";
import { runExperiment } from "./run.ts";
import { storedOf } from "./stored.ts";

const texts = [
  "She was seen in clinic and was well.",
  "He was seen on the ward and slept well.",
  "The plan was made with her.",
];
const corpus: Letter[] = texts.map((text, i) => ({
  id: `letter-${i}`,
  text,
  spans: [],
  meta: { fold: `${i % 2}` },
}));

/** Two baselines, two seeds; `fails` makes the last cell fail. */
const small = (fails = false) =>
  experiment({
    name: "small",
    question: "Which baseline is better?",
    factors: { model: ["frequent-word", "trigram"], seed: [1, 2] },
    quick: { letters: 2, factors: { seed: [1] } },
    compare: "model",
    run: async ({ corpus, model, seed }, { mask, fill, score }) => {
      if (fails && model === "trigram" && seed === 2) throw new Error("no trigrams today");
      const masked = mask(corpus, { strategy: "random", ratio: 0.5, seed });
      return await score(corpus, await fill(masked, { model }), ["rougeL", "copy-rate"]);
    },
    claims: [],
  });

Deno.test("runExperiment() computes each step once, and gives the same when all is stored", async () => {
  const runs = await Deno.makeTempDir();
  const first = await runExperiment(small(), { corpus, runs });
  deepEqual(first.counts, { found: 0, computed: 8, damaged: 0 });
  deepEqual(first.cells.map(({ cell }) => `${cell.model} ${cell.seed}`), [
    "frequent-word 1",
    "frequent-word 2",
    "trigram 1",
    "trigram 2",
  ]);
  const second = await runExperiment(small(), { corpus, runs });
  deepEqual(second.counts, { found: 8, computed: 0, damaged: 0 });
  deepEqual(second.cells, first.cells);
});

Deno.test("runExperiment() goes on where it failed, and names the cell", async () => {
  const runs = await Deno.makeTempDir();
  await rejects(
    runExperiment(small(true), { corpus, runs }),
    /small: 1 of 4 cells failed, the others are stored\. model trigram, seed 2: no trigrams today\. To run one alone: deno task palimpsest experiment run small --cell model=trigram,seed=2$/,
  );
  const { cells, total, files } = await storedOf(small(), { corpus, runs });
  deepEqual([cells, total, files.length], [3, 4, 6]);
  const { counts } = await runExperiment(small(), { corpus, runs });
  deepEqual(counts, { found: 6, computed: 2, damaged: 0 });
});

Deno.test("runExperiment() computes anew for a changed letter, and only the scores when only they change", async () => {
  const runs = await Deno.makeTempDir();
  await runExperiment(small(), { corpus, runs });
  const [first, ...rest] = corpus;
  ok(first);
  const changed = [{ ...first, text: `${first.text} Thanks.` }, ...rest];
  equal((await runExperiment(small(), { corpus: changed, runs })).counts.computed, 8);
  const scored = { ...small(), run: onlyRouge1 };
  deepEqual((await runExperiment(scored, { corpus, runs })).counts, { found: 4, computed: 4, damaged: 0 });
});

const onlyRouge1: ReturnType<typeof small>["run"] = async (
  { corpus, model, seed },
  { mask, fill, score },
) => {
  const masked = mask(corpus, { strategy: "random", ratio: 0.5, seed });
  return await score(corpus, await fill(masked, { model }), ["rouge1"]);
};

Deno.test("runExperiment() says how many stored results were damaged", async () => {
  const runs = await Deno.makeTempDir();
  await runExperiment(small(), { corpus, runs });
  const { files } = await storedOf(small(), { corpus, runs });
  await Deno.truncate(files[0] ?? "", 20);
  const { counts, cells } = await runExperiment(small(), { corpus, runs });
  deepEqual(counts, { found: 7, computed: 1, damaged: 1 });
  equal(cells.length, 4);
});

Deno.test("runExperiment() runs the quick profile on part of the letters and levels", async () => {
  const outcome = await runExperiment(small(), { corpus, runs: await Deno.makeTempDir(), profile: "quick" });
  deepEqual(outcome.corpus.map(({ id }) => id), ["letter-0", "letter-1"]);
  equal(outcome.cells.length, 2);
});

Deno.test("runExperiment() names an unknown model and a model folder that is not whole", async () => {
  const models = await Deno.makeTempDir();
  await Deno.mkdir(`${models}/half`);
  await Deno.writeTextFile(`${models}/half/config.json`, "{}");
  const filledBy = (model: string) =>
    experiment({
      ...{ name: "one", question: "Does it run?", compare: "model", claims: [] },
      factors: { model: [model] },
      quick: { letters: 1, factors: {} },
      run: async ({ corpus, model }, { mask, fill, score }) =>
        await score(
          corpus,
          await fill(mask(corpus, { strategy: "random", ratio: 0.5, seed: 1 }), { model }),
          ["rougeL"],
        ),
    });
  const run = async (model: string) =>
    await runExperiment(filledBy(model), { corpus, models, runs: await Deno.makeTempDir() });
  await rejects(run("bert"), /unknown model "bert".*Known: frequent-word, trigram;/);
  await rejects(run("half"), /half: no weights: model\.safetensors is missing/);
});
