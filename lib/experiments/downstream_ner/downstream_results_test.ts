import { deepEqual, equal, match, ok } from "node:assert/strict";
import { factorsOf, gridOf } from "../../experiment/cells.ts";
import type { Outcome } from "../../experiment/run.ts";
import { toMarkdown } from "../../report/markdown.ts";
import { vegaLiteSvg } from "../../report/vega_lite.ts";
import { amountFigure, mixtureFigure, trainingsFigure } from "./downstream_figures.ts";
import { downstreamNer, onGold } from "./downstream_ner.ts";
import { downstreamResults, downstreamTable } from "./downstream_results.ts";
import { gold, originals, synthetic, TRAININGS } from "./trainings.ts";

const ids = Array.from({ length: 10 }, (_, i) => `letter ${i}`);

/** An outcome in which each training finds a fixed share of ten spans a letter: gold labels .8, masked letters none, others .6. */
function outcomeOf(profile: "quick" | "full"): Outcome {
  const found = (training: string) => training === gold ? 8 : training === "masked letters" ? 0 : 6;
  return {
    experiment: downstreamNer,
    ...{ profile, factors: factorsOf(downstreamNer, profile), started: new Date(0) },
    corpus: ids.map((id) => ({ id, text: "", spans: [], meta: {} })),
    provenance: { models: {}, code: {} },
    counts: { found: 0, computed: 0, damaged: 0 },
    cells: gridOf(downstreamNer, profile).map((cell) => {
      const correct = found(cell.training);
      const values: Readonly<Record<string, number>> = {
        ...{ "span-f1": correct / 10, "token-f1": correct / 10 },
        ...{ "spans-correct": correct, "spans-found": correct === 0 ? 0 : 10, "spans-gold": 10 },
      };
      return {
        cell,
        scores: Object.entries(values).map(([metric, value], i) => ({
          ...{ metric, signature: "", ids },
          values: Float64Array.from(ids, (_, letter) => i < 2 ? value + 0.001 * (letter % 3) : value),
        })),
        ...correct === 0 && { notes: ["Nothing was found in 2 letters by the tagger encoder-small: …"] },
      };
    }),
  };
}

Deno.test("results compare trainings by their tests on real letters, and say where nothing was found", () => {
  for (const profile of ["quick", "full"] as const) {
    const results = downstreamResults(outcomeOf(profile));
    deepEqual(
      results.trainings.map(({ training }) => training.name),
      TRAININGS.map(({ name }) => name).filter((name) => results.outcome.factors["training"]?.includes(name)),
    );
    const of = (name: string) => results.trainings.find(({ training }) => training.name === name);
    equal(of(gold)?.gold.f1.value, 0.8);
    equal(of(gold)?.own, undefined); // its own kind with silver labels is another training
    equal(of(synthetic)?.own?.f1.value, 0.6);
    equal(of(originals)?.against, undefined);
    ok(Math.abs((of(gold)?.against?.difference.mean ?? NaN) - 0.2) < 1e-9);
    deepEqual([of("masked letters")?.gold.precision, of("masked letters")?.gold.f1.value], [0, 0]);
    ok(results.comparisons.every(({ b }) => b === originals));
    ok(results.means.every(({ condition }) => condition["tested"] !== undefined));
    ok(
      results.overall.every(({ metric, condition, mean }) =>
        metric !== "span-f1" || condition["training"] !== gold || mean > 0.8
      ),
    );
    const verdicts = results.claims.map(({ verdict }) => verdict);
    equal(verdicts.filter((one) => one === "supported").length, 5);
    const table = toMarkdown(downstreamTable(results));
    match(table, /Nothing was found in 2 letters/);
    match(table, /\| reference \| original letters, gold labels \| \*\*0\.800\*\*/);
  }
});

Deno.test("figures are drawn of both profiles, by amount and by share", async () => {
  for (const profile of ["quick", "full"] as const) {
    const results = downstreamResults(outcomeOf(profile));
    const [amount, mixture] = [amountFigure(results), mixtureFigure(results)];
    deepEqual(amount.data.rows.map(({ x }) => x), profile === "quick" ? [1] : [0.25, 0.5, 1, 2, 4]);
    deepEqual(mixture.data.rows.map(({ x }) => x), profile === "quick" ? [0, 1] : [0, 0.25, 0.5, 0.75, 1]);
    for (const { spec } of [amount, mixture, trainingsFigure(results)]) {
      match(await vegaLiteSvg(spec), /^<svg/);
    }
  }
  equal(downstreamNer.factors.tested[0], onGold);
});
