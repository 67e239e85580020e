import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import type { Letter } from "../../corpus/letter.ts";
import { letters } from "../../corpus/letters.ts";
import type { Steps } from "../../experiment/steps.ts";
import { score } from "../../metrics/score.ts";
import { pairsOf } from "../../metrics/score_letters.ts";
import { phiKindOf } from "../../phi/labels.ts";
import { project } from "../../project.ts";
import type { Prompt } from "../../synth/prompts.ts";
import { foldTable } from "./fold_table.ts";
import { goldScores, syntheticScores } from "./pipeline.ts";
import { privacyOf } from "./privacy.ts";
import { promptsOf, shareOf, splitOf, textsOf } from "./split.ts";

const corpus = (await letters(project.letters)).filter((_, i) => i % 4 === 0);
const place = { corpus, fold: 1, seed: 1, effort: "quick" } as const;

/** Steps that train nothing, and tell what they were given. */
function recorder(annotate: (letter: Letter) => Letter["spans"]) {
  const seen:
    & {
      readonly [step in "adapted" | "taught" | "annotated"]: (readonly Letter[])[];
    }
    & { readonly prompts: (readonly Prompt[])[]; readonly notes: string[] } = {
      ...{ adapted: [], taught: [], prompts: [], annotated: [], notes: [] },
    };
  const none = () => Promise.reject(new Error("not asked for"));
  const steps: Steps = {
    ...{ adapt: none, fill: none, find: none, mask: () => [], unfilled: () => [] },
    adaptCausal(training) {
      seen.adapted.push(training);
      return Promise.resolve(`decoder of ${training.length}`);
    },
    synthesize(prompts) {
      seen.prompts.push(prompts);
      const letters = prompts.map(({ id, text }) => ({ id, text: `${text} was seen`, spans: [], meta: {} }));
      return Promise.resolve({
        letters,
        counts: { sampled: 9, kept: letters.length, ended: 3, leftOut: { length: 2 } },
      });
    },
    trainTagger(letters) {
      seen.taught.push(letters);
      return Promise.resolve(`tagger of ${letters.length}`);
    },
    annotate(letters) {
      seen.annotated.push(letters);
      return Promise.resolve(letters.map((letter) => ({ ...letter, spans: annotate(letter) })));
    },
    losses: (texts) => Promise.resolve(texts.map((text) => text.length + Number(text.slice(5, 9)) / 10_000)),
    note: (sentence) => void seen.notes.push(sentence),
    score: (corpus, tagged, metrics) => score(pairsOf(corpus, tagged), metrics),
  };
  return { seen, steps };
}

const firstWord = ({ text }: Letter) => [{ start: 0, end: text.indexOf(" "), label: "PATIENT" }];
const ids = (letters: readonly Letter[]) => letters.map(({ id }) => id);

Deno.test("splitOf() tests each letter once, keeps parts apart, and looks for what identifies alone", () => {
  const tested = [0, 1, 2, 3, 4].flatMap((fold) => {
    const split = splitOf(corpus, fold);
    deepEqual(ids([...split.heldOut, ...split.available]), ids(split.rest));
    deepEqual(new Set(ids([...split.rest, ...split.test])), new Set(ids(corpus)));
    deepEqual(shareOf(split, 0.95, fold), split.available);
    deepEqual(
      shareOf(split, 0.25, fold),
      shareOf(split, 0.5, fold).slice(0, shareOf(split, 0.25, fold).length),
    );
    ok(split.test.every(({ spans }) => spans.every(({ label }) => phiKindOf(label) !== undefined)));
    return ids(split.test);
  });
  deepEqual(tested.sort(), ids(corpus).sort());
  const unlabelled = corpus.map((letter) => ({ ...letter, spans: [] }));
  throws(() => splitOf(unlabelled, 2), /fold 2: none of its \d+ letters has a span to find/);
  throws(() => splitOf(corpus, 5), /fold 5: the corpus has 5/);
  const split = splitOf(corpus, 0);
  const bare = { ...split, available: split.available.map((letter) => ({ ...letter, spans: [] })) };
  throws(
    () => shareOf(bare, 0.25, 0),
    /fold 0, 25% of the data: none of the \d letters has a span to learn from/,
  );
});

Deno.test("splitOf() cuts a corpus without folds of its own", () => {
  const own = corpus.map((letter) => ({ ...letter, meta: {} }));
  const sizes = [0, 1, 2, 3, 4].map((fold) => splitOf(own, fold).test.length);
  deepEqual(sizes, [6, 6, 6, 6, 6]);
});

Deno.test("textsOf() keeps every visible character, in texts of 128 words at most; prompts are their first words", () => {
  const texts = textsOf(corpus);
  const visible = (some: readonly Letter[]) => some.map(({ text }) => text).join("").replaceAll(/\s/g, "");
  equal(visible(texts), visible(corpus));
  ok(texts.every(({ text }) => text.split(/\s+/).length <= 128));
  for (const { id, text } of promptsOf(texts)) ok(texts.find((one) => one.id === id)?.text.startsWith(text));
  throws(() => promptsOf([{ id: "a", text: "Plan:", spans: [], meta: {} }]), /none has more than 3 words/);
});

Deno.test("the pipeline learns from no letter that it is tested on, nor prompts from one that it learnt from", async () => {
  const { seen, steps } = recorder(firstWord);
  const recipe = { adaptation: 0.5, annotator: 0.25, amount: 4, decoder: "large" } as const;
  const scores = await syntheticScores(place, recipe, steps);
  const split = splitOf(corpus, place.fold);
  const letterOf = (id: string) => id.split("#")[0] ?? "";
  const adapted = new Set(seen.adapted.flat().map(({ id }) => letterOf(id)));
  deepEqual(adapted, new Set(ids(shareOf(split, 0.5, 1))));
  const prompted = new Set(seen.prompts.flat().map(({ id }) => letterOf(id)));
  ok([...prompted].every((id) => ids(split.heldOut).includes(id)));
  const [annotator = [], tagger = []] = seen.taught;
  deepEqual(ids(annotator), ids(shareOf(split, 0.25, 1)));
  ok(tagger.every(({ text }) => text.endsWith("was seen")));
  deepEqual(ids(seen.annotated.at(-1) ?? []), ids(split.test));
  deepEqual(scores.map(({ metric, ids }) => [metric, ids.length]), [["token-f1", 6], ["span-f1", 6]]);
  match(seen.notes.join("\n"), /fold 1: 9 sampled, \d+ kept, 3 ended by the model; left out: 2 by length/);
  match(seen.notes.join("\n"), /the annotator found \d+ spans in \d+ sampled letters/);

  const gold = recorder(firstWord);
  await goldScores(place, 0.95, gold.steps);
  deepEqual(ids(gold.seen.taught.flat()), ids(split.available));
  equal(gold.seen.adapted.length, 0);
});

Deno.test("an annotator that finds nothing is reported, and no tagger is trained on nothing", async () => {
  const { seen, steps } = recorder(() => []);
  const recipe = { adaptation: 0, annotator: 0.95, amount: 1, decoder: "small" } as const;
  const [tokens] = await syntheticScores(place, recipe, steps);
  equal(seen.adapted.length, 0);
  equal(seen.taught.length, 1);
  match(seen.notes.at(-1) ?? "", /fold 1: nothing to train a tagger on.* F1 is 0 for that reason alone/);
  equal(tokens?.corpus?.value, 0);

  const blind = recorder(({ meta }) =>
    meta.fold === undefined ? [{ start: 0, end: 1, label: "PATIENT" }] : []
  );
  const cells = [{
    cell: { share: 0.95, fold: 1 },
    scores: await syntheticScores(place, { ...recipe, adaptation: 0.25 }, blind.steps),
    notes: blind.seen.notes,
  }];
  const { notes } = foldTable({ cells }, { rows: "share" });
  deepEqual(notes, [
    "share 0.95, fold 1: the tagger found nothing in 6 letters: F1 is 0 for that reason alone.",
  ]);
});

Deno.test("the privacy experiment plants secrets, and pairs letters of all folds", async () => {
  const experiment = privacyOf();
  const run = async (whose: "adapted to" | "unseen", fold: 0 | 1) => {
    const { seen, steps } = recorder(firstWord);
    const cell = { whose, fold, adaptation: 0.95, epochs: 2, effort: "quick", seed: 42 } as const;
    const scores = await experiment.run({ ...cell, corpus }, steps);
    return { seen, of: (metric: string) => scores.find((one) => one.metric === metric) };
  };
  const { seen, of } = await run("adapted to", 0);
  const lines = seen.adapted.flat().flatMap(({ text }) => text.match(/^Ref\. \d{4} \d{4}\.$/gm) ?? []);
  equal(new Set(lines).size, 8);
  const recall = of("ngram-recall");
  deepEqual(recall?.ids, ids(corpus));
  const scored = ids(corpus).filter((_, i) => !Number.isNaN(recall?.values[i] ?? NaN));
  deepEqual(scored.sort(), ids(splitOf(corpus, 0).available).sort());
  ok((of("ngram-recall-n=1")?.values ?? []).some((value) => value > 0));
  equal(of("exposure")?.ids[0], "canary 0-1");
  const other = await run("unseen", 0);
  deepEqual(other.seen.adapted, seen.adapted); // one model for both
  const unseen = other.of("ngram-recall")?.values.filter((value) => !Number.isNaN(value));
  equal(unseen?.length, splitOf(corpus, 0).test.length);
});
