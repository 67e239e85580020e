import { deepEqual, equal, ok } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import type { Letter } from "../corpus/letter.ts";
import type { Steps } from "../experiment/steps.ts";
import { type FilledLetter, filledLetters, type FillOptions, unfilled } from "../fill/fill.ts";
import { mask, type MaskedLetter } from "../mask/mask.ts";
import { score as scoreOf } from "../metrics/score.ts";
import { pairsOf } from "../metrics/score_letters.ts";
import { project } from "../project.ts";
import { clinicalValidity } from "./clinical_validity.ts";

const corpus = (await letters(project.letters)).filter((_, i) => i % 20 === 0);
const none = () => Promise.reject(new Error("not a step of this experiment"));

/** Runs a cell with a model that writes one word, and says what went through each step. */
async function run(text: typeof clinicalValidity.factors.text[number], word: string) {
  const used: { readonly options: FillOptions; readonly masked: readonly MaskedLetter[] }[] = [];
  let candidates: readonly (Letter | FilledLetter)[] = [];
  let asked: readonly string[] = [];
  const steps: Steps = {
    find: () => Promise.reject(new Error("not asked for")),
    ...{ mask, unfilled, note: () => {} },
    ...{ adapt: none, trainTagger: none, annotate: none, adaptCausal: none, synthesize: none, losses: none },
    fill(masked, options) {
      used.push({ options, masked });
      const fills = masked.map((one) =>
        one.masked.map((at) => ({ word: at, text: word, raw: word, valid: true }))
      );
      return Promise.resolve(filledLetters(masked, fills));
    },
    score(_, filled, metrics) {
      [candidates, asked] = [filled, metrics];
      return Promise.resolve([]);
    },
  };
  await clinicalValidity.run({ corpus, text, model: "encoder-small", ratio: 0.5, seed: 42 }, steps);
  const words = asked.filter((name) => !name.startsWith("pseudo"));
  const scores = await scoreOf(pairsOf(corpus, candidates), words);
  const mean = (metric: string) => {
    const values = [...scores.find((one) => one.metric === metric)?.values ?? []].filter(Number.isFinite);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return { used, mean };
}

Deno.test("clinical validity finds nothing changed in the originals, and what is put into them", async () => {
  const { used, mean } = await run("original", "");
  equal(used.length, 0);
  for (
    const metric of [
      "entities-made-up",
      "negations-flipped",
      "doses-changed",
      "sides-changed",
      "numbers-changed",
    ]
  ) {
    equal(mean(metric), 0, metric);
  }
  equal(mean("entities-kept"), 1);
  // Every blank is filled with a disease that letters of the corpus have: made up in those that do not.
  const made = (await run("one pass", "hypertension")).mean("entities-made-up");
  ok(made > 0 && made <= 1, `${made}`);
  ok((await run("one pass", "not")).mean("negations-flipped") > 1);
});

Deno.test("clinical validity fills the same blanks in each way, and protects nothing but in its last level", async () => {
  const [once, one, words, open] = await Promise.all(
    (["one pass", "iterative", "trigram", "nothing protected"] as const).map((text) => run(text, "zzz")),
  );
  const blanks = (of: typeof once) => of?.used[0]?.masked.map(({ masked }) => masked);
  deepEqual([blanks(one), blanks(words)], [blanks(once), blanks(once)]);
  deepEqual([once, one, words, open].map((of) => [of?.used[0]?.options.model, of?.used[0]?.options.mode]), [
    ["encoder-small", undefined],
    ["encoder-small", "left-to-right"],
    ["trigram", undefined],
    ["encoder-small", undefined],
  ]);
  equal(once?.mean("entities-kept"), 1);
  const kept = await run("cues protected", "zzz");
  deepEqual([kept.mean("negations-flipped"), kept.mean("sides-changed")], [0, 0]);
  ok((once?.mean("negations-flipped") ?? 0) > 0.2);
  ok((open?.mean("entities-kept") ?? 1) < 0.9);
});
