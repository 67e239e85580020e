import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { Letter } from "../../corpus/letter.ts";
import { letters } from "../../corpus/letters.ts";
import { gridOf } from "../../experiment/cells.ts";
import { openSteps, type Steps } from "../../experiment/steps.ts";
import { openStore } from "../../experiment/store.ts";
import { filledLetters } from "../../fill/fill.ts";
import { score } from "../../metrics/score.ts";
import { pairsOf } from "../../metrics/score_letters.ts";
import { phiKindOf } from "../../phi/labels.ts";
import { project } from "../../project.ts";
import { downstreamNer, onGold, onOwn } from "./downstream_ner.ts";
import { lettersOf } from "./kinds.ts";
import { trainingNamed, TRAININGS } from "./trainings.ts";

const corpus = (await letters(project.letters)).filter((_, i) => i % 8 === 0);
const fixed = {
  tagger: "encoder-small",
  annotator: "encoder-clinical",
  folds: 5,
  steps: 1,
  seed: 42,
} as const;

/** Steps whose taggers find the first word of each letter, and that tell who learnt from whom. */
function fake() {
  const learnt = new Map<string, readonly Letter[]>();
  const annotated: { readonly letters: readonly Letter[]; readonly taggers: readonly string[] }[] = [];
  let scored: readonly Letter[] = [];
  const steps: Steps = {
    ...openSteps(openStore("nowhere", { dry: true })),
    trainTagger(training, { model }) {
      const path = `${model} ${learnt.size}`;
      learnt.set(path, training);
      return Promise.resolve(path);
    },
    annotate(letters, { taggers }) {
      annotated.push({ letters, taggers });
      return Promise.resolve(letters.map(({ id, text, meta }) => (
        { id, text, spans: [{ start: 0, end: text.search(/\s/), label: "DRUG" }], meta }
      )));
    },
    fill(masked) {
      const fills = masked.map((one) =>
        one.masked.map((word, i) => ({ word, text: `w${i}`, raw: "", valid: true }))
      );
      return Promise.resolve(filledLetters(masked, fills));
    },
    score(gold, found, metrics) {
      scored = gold;
      return score(pairsOf(gold, found), metrics);
    },
  };
  return { steps, learnt, annotated, scored: () => scored };
}

const foldOf = ({ meta }: Letter) => meta.fold;

Deno.test("no tagger learns of its test, and no annotator knows what it annotates", async () => {
  for (const { name, parts } of TRAININGS) {
    const { steps, learnt, annotated, scored } = fake();
    const scores = await downstreamNer.run({ corpus, ...fixed, tested: onGold, training: name }, steps);
    deepEqual(scored().map(({ id }) => id), corpus.map(({ id }) => id));
    ok(scored().every(({ spans }) => spans.every(({ label }) => phiKindOf(label) === undefined)));
    equal(scores.find(({ metric }) => metric === "spans-found")?.values[0], 1);
    const taggers = [...learnt].filter(([path]) => path.startsWith("encoder-small"));
    equal(taggers.length, 5);
    const annotators = learnt.size - taggers.length;
    equal(annotators, parts.some(({ labels }) => labels === "silver") ? 10 : 0, name);
    for (const { letters, taggers: [path = ""] } of annotated) {
      const own = new Set((learnt.get(path) ?? []).map(foldOf));
      ok(letters.every((letter) => !own.has(foldOf(letter))), name);
      if (path.startsWith("encoder-small")) continue;
      equal(own.size, 3); // of five folds, without the letters' and the test's
      const test = taggers.filter(([, training]) => training.some(({ id }) => id === letters[0]?.id));
      ok(test.length > 0);
    }
    for (const [, training] of taggers) {
      const share = training.length / corpus.length;
      const { real, synthetic } = trainingNamed(name);
      ok(Math.abs(share - 0.8 * (real + synthetic)) < 0.6 * (real + synthetic), `${name}: ${share}`);
    }
  }
});

Deno.test("tested on its own kind, letters are annotated by all that saw none of them", async () => {
  const { steps, learnt, annotated, scored } = fake();
  await downstreamNer.run({ corpus, ...fixed, tested: onOwn, training: "masked letters" }, steps);
  const together = annotated.filter(({ taggers }) => taggers.length === 4);
  equal(together.length, 5);
  for (const { letters, taggers } of together) {
    for (const path of taggers) {
      const own = new Set((learnt.get(path) ?? []).map(foldOf));
      ok(letters.every((letter) => !own.has(foldOf(letter))));
    }
  }
  ok(scored().every(({ text }, i) => text !== corpus[i]?.text));
});

Deno.test("blanks, dropped words and fills are of the same words, and gold spans keep their texts", async () => {
  const { steps } = fake();
  const clinical = (letter: Letter) =>
    letter.spans.filter(({ label }) => phiKindOf(label) === undefined).map(({ start, end, label }) =>
      `${label} ${letter.text.slice(start, end)}`
    );
  const of = async (how: "masked" | "dropped" | "shuffled") => await lettersOf({ how }, corpus, steps);
  const filled = await lettersOf(
    { how: "filled", model: "encoder-clinical", strategy: "random", draw: 0 },
    corpus,
    steps,
  );
  for (const kind of [filled, await of("masked"), await of("dropped"), await of("shuffled")]) {
    deepEqual(kind.map(({ id }) => id), corpus.map(({ id }) => id));
    for (const [i, letter] of kind.entries()) {
      const original = corpus[i];
      if (original) deepEqual(clinical(letter), clinical(original));
    }
  }
  const words = (text: string) => text.match(/w\d+/g)?.toSorted().join(" ");
  for (const [i, letter] of (await of("shuffled")).entries()) {
    equal(words(letter.text), words(filled[i]?.text ?? ""));
    ok(letter.text !== filled[i]?.text);
  }
  const again = await lettersOf(
    { how: "filled", model: "encoder-clinical", strategy: "random", draw: 1 },
    corpus,
    steps,
  );
  ok(again.every(({ text }, i) => text !== filled[i]?.text));
});

Deno.test("claims are about cells of both profiles, and folds without labels are named", async () => {
  for (const profile of ["quick", "full"] as const) {
    const grid = gridOf(downstreamNer, profile);
    for (const { of, over, says } of downstreamNer.claims) {
      for (const { tested, training } of [of, over]) {
        ok(grid.some((cell) => cell.tested === tested && cell.training === training), `${profile}: ${says}`);
      }
    }
  }
  const { steps } = fake();
  const cell = { ...fixed, tested: onGold, training: "original letters" } as const;
  const bare = corpus.map((letter) => letter.meta.fold === "1" ? { ...letter, spans: [] } : letter);
  await rejects(downstreamNer.run({ ...cell, corpus: bare }, steps), /fold 1: its letters have no span/);
  const few = corpus.filter(({ meta }) => meta.fold === "1");
  await rejects(downstreamNer.run({ ...cell, corpus: few }, steps), /in 1 folds, 5 are needed/);
});
