/// <reference lib="deno.unstable" />
export {};
let profile: "quick" | "full" = "quick"; // quick: 24 letters, one seed
let corpusFolder = "../data/letters";
let models = "../data/models";
let runs = "../.cache/runs"; // results of steps are kept here and not computed twice
let output = "../results/quick";
import { letters, metricsExperiment, metricsResults, runExperiment } from "palimpsest";

const corpus = await letters(corpusFolder);
const outcome = await runExperiment(metricsExperiment, { corpus, profile, models, runs });
const results = metricsResults(outcome);
import { agreementFigure, vegaLiteOutput } from "palimpsest";

const agreement = agreementFigure(results.agreements);
await vegaLiteOutput(agreement.spec);
import { agreementMap, plotlyOutput } from "palimpsest";

plotlyOutput(agreementMap(results.agreements)); // point at a field
import { orderFigure } from "palimpsest";

const order = orderFigure(results);
await vegaLiteOutput(order.spec);
import { editsFigure } from "palimpsest";

const edits = editsFigure(results.sharp);
await vegaLiteOutput(edits.spec);
import { sharpEditsTable, toFrame } from "palimpsest";

const shown = ["rougeL", "meteor", "bertscore"];
await toFrame(sharpEditsTable(results.sharp.filter(({ metric }) => shown.includes(metric))));
import { pairsFigure } from "palimpsest";

plotlyOutput(pairsFigure(results, { x: "meteor", y: "bertscore" }));
plotlyOutput(pairsFigure(results, { x: "rougeL", y: "bertscore", percent: 20 }));
import { metricsAnswer } from "palimpsest";

Deno.jupyter.md`${metricsAnswer(results)}`;
import { saveResults } from "palimpsest";

await saveResults(results, `${output}/${metricsExperiment.name}`, { agreement, order, edits });
