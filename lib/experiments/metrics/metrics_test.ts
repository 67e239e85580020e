import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { gridOf } from "../../experiment/cells.ts";
import type { Outcome } from "../../experiment/run.ts";
import { random } from "../../random.ts";
import { checkTable } from "../../report/table.ts";
import { vegaLiteSvg } from "../../report/vega_lite.ts";
import { agreements, agreementTable } from "./agreement.ts";
import { agreementFigure, agreementMap } from "./agreement_figure.ts";
import { editsFigure } from "./edits_figure.ts";
import {
  gradedEdits,
  harmlessEdit,
  metricsExperiment,
  sharpEdits,
  similarityMetrics,
  textMetrics,
} from "./metrics.ts";
import { metricsAnswer } from "./metrics_answer.ts";
import { metricsResults } from "./metrics_results.ts";
import { orderFigure } from "./order_figure.ts";
import { pairsFigure } from "./pairs_figure.ts";
import { decidePrimary, primaryTable } from "./primary_claim.ts";
import { sharpEditsTable } from "./sharp_edits.ts";

const LETTERS = 12;
const corpus = Array.from({ length: LETTERS }, (_, i) => ({
  id: `letter-${i}`,
  text: "No fever, given 5 mg TDS for two weeks. She was well & <slept>; left knee sore.",
  spans: [],
  meta: {},
}));

/** An outcome in which a metric loses as much as `loss` says. */
function outcomeOf(loss: (metric: string, edit: string, percent: number) => number): Outcome {
  const rng = random(1);
  const cells = gridOf(metricsExperiment, "quick").map((cell) => ({
    cell,
    scores: [...similarityMetrics, ...textMetrics].map((metric) => ({
      ...{ metric, signature: metric, ids: corpus.map(({ id }) => id) },
      values: Float64Array.from(
        corpus,
        (_, i) =>
          i === 0 && cell.edit === "side changed"
            ? NaN
            : 1 - loss(metric, cell.edit, cell.percent) - 1e-6 * rng.next(),
      ),
    })),
  }));
  const { name, question, compare, claims } = metricsExperiment;
  return {
    experiment: { name, question, compare, claims },
    ...{ profile: "quick", factors: { ...metricsExperiment.factors, percent: [0, 5, 20, 40], seed: [42] } },
    ...{ corpus, cells, provenance: { models: {}, code: {} }, started: new Date(0) },
    counts: { found: 0, computed: 0, damaged: 0 },
  };
}

const isSharp = (edit: string) => sharpEdits.some((sharp) => sharp === edit);
const byAmount = (percent: number) => percent / 100;

/** All metrics order amounts; the given ones lose more by changes of meaning, the others less. */
const noticing = (...noticing: string[]) =>
  outcomeOf((metric, edit, percent) => {
    if (percent > 0) return byAmount(percent);
    return isSharp(edit) === noticing.includes(metric) ? 0.02 : 0.01;
  });

const noticed = noticing("bertscore");
const results = metricsResults(noticed);

Deno.test("the grid holds graded edits by shares and single edits once", () => {
  const full = gridOf(metricsExperiment, "full");
  equal(full.length, 2 * (4 * gradedEdits.length + sharpEdits.length + 2));
  ok(full.every(({ edit, percent }) => (percent === 0) !== gradedEdits.some((graded) => graded === edit)));
  equal(gridOf(metricsExperiment, "quick").length, 3 * gradedEdits.length + sharpEdits.length + 2);
});

Deno.test("decidePrimary() supports the claim where BERTScore alone notices meaning", () => {
  deepEqual(decidePrimary(noticed).map(({ verdict }) => verdict), Array(5).fill("supported"));
});

Deno.test("decidePrimary() refutes the claim where one part is refuted", () => {
  const [whole, ...parts] = decidePrimary(noticing("meteor"));
  equal(whole.verdict, "contradicted");
  equal(whole.difference.mean, -1);
  deepEqual(parts.map(({ verdict }) => verdict), ["supported", "supported", "undecided", "contradicted"]);
});

Deno.test("decidePrimary() refutes the claim where BERTScore orders amounts the wrong way round", () => {
  const [whole] = decidePrimary(outcomeOf((metric, edit, percent) => {
    if (percent > 0) return metric === "bertscore" ? -byAmount(percent) : byAmount(percent);
    return isSharp(edit) === (metric === "bertscore") ? 0.02 : 0.01;
  }));
  deepEqual([whole.verdict, whole.figure, whole.difference.mean], ["contradicted", "order", -1]);
});

Deno.test("case is not among what orders letters", () => {
  const [whole] = decidePrimary(outcomeOf((metric, edit, percent) => {
    if (edit === "re-cased") return metric === "bertscore" ? -byAmount(percent) : byAmount(percent);
    if (percent > 0) return byAmount(percent);
    return isSharp(edit) === (metric === "bertscore") ? 0.02 : 0.01;
  }));
  equal(whole.verdict, "supported");
});

Deno.test("primaryTable() names shares of pairs as what is compared", () => {
  const { rows } = checkTable(primaryTable(decidePrimary(noticed)));
  deepEqual([rows[0]?.source, rows[0]?.metric], ["Synthetic4Health 5", "pairs in the right order"]);
});

Deno.test("metricsResults() counts letters that have a place for both edits", () => {
  const { sharp, comparisons } = results;
  equal(comparisons.length, 2 * sharpEdits.length * similarityMetrics.length);
  const of = (edit: string) =>
    sharp.find((one) => one.edit === edit && one.metric === "bertscore" && one.harmless === harmlessEdit);
  deepEqual([of("side changed")?.letters, of("dose changed")?.letters], [LETTERS - 1, LETTERS]);
  equal(of("dose changed")?.noticed.value, 1);
  ok(Math.abs((of("dose changed")?.ratio?.value ?? NaN) - 2) < 1e-3);
  checkTable(sharpEditsTable(sharp));
});

Deno.test("agreements() take the letters with the most that was filled", () => {
  const metrics = similarityMetrics.length + textMetrics.length;
  const pairs = agreements(noticed, { percent: 40 });
  equal(pairs.length, metrics * (metrics - 1) / 2);
  deepEqual(pairs, results.agreements);
  ok(pairs.every(({ correlation: { value, low, high } }) => low <= value && value <= high));
  checkTable(agreementTable(pairs));
  throws(() => agreements(noticed, { percent: 7 }), /not computed for letters filled \(7%\)/);
});

Deno.test("the figures are drawn", async () => {
  for (
    const { spec } of [agreementFigure(results.agreements), orderFigure(results), editsFigure(results.sharp)]
  ) {
    match(await vegaLiteSvg(spec), /BERTScore/);
  }
  equal(agreementMap(results.agreements).data.length, 1);
});

Deno.test("pairsFigure() shows the changed words, as HTML that holds no markup of the letter", () => {
  const figure = JSON.stringify(
    pairsFigure(results, { x: "rougeL", y: "bertscore" }),
  );
  match(figure, /<s>No<\/s> <b>Some<\/b> fever/);
  match(figure, /letter-11/);
  ok(!figure.includes("<slept>"));
  throws(
    () => pairsFigure(results, { x: "rougeL", y: "bertscore", percent: 3 }),
    /no letters changed at 3%/,
  );
});

Deno.test("metricsAnswer() says what the results say", () => {
  match(
    metricsAnswer(results),
    /supplementary\.” \(Synthetic4Health 5\) \*\*Supported/,
  );
  const other = metricsAnswer(metricsResults(noticing("meteor")));
  match(other, /\*\*Contradicted/);
  match(other, /A changed dose costs more than a harmless word under METEOR, and less under ROUGE-1/);
});
