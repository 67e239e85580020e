/// <reference lib="deno.unstable" />
export {};
let profile: "quick" | "full" = "quick"; // quick: 24 letters, one seed
let corpusFolder = "../data/letters";
let models = "../data/models";
let runs = "../.cache/runs"; // results of steps are kept here and not computed twice
let output = "../results/quick";
import { letters, modelComparison, resultsOf, runExperiment } from "palimpsest";

const corpus = await letters(corpusFolder);
const outcome = await runExperiment(modelComparison, { corpus, profile, models, runs });
const results = resultsOf(outcome);
import { toFrame } from "palimpsest";

const table = await toFrame(results.tables.overall);
table;
import { modelsFigure, vegaLiteOutput } from "palimpsest";

await vegaLiteOutput(modelsFigure(results).spec);
import { lettersFigure, plotlyOutput } from "palimpsest";

plotlyOutput(lettersFigure(results, "encoder-general", "encoder-clinical"));
import { fill, mask, show } from "palimpsest";

const shortest = corpus.toSorted((a, b) => a.text.length - b.text.length).slice(0, 1);
const masked = mask(shortest, { strategy: "random", ratio: 0.5, seed: 42 });
const filled = await fill(masked, { model: "encoder-clinical", models });
show(filled[0]);
import { answer, maskedText } from "palimpsest";

Deno.jupyter.md`${answer(results, ["rougeL", "bertscore"], [maskedText])}`;
import { saveResults } from "palimpsest";

await saveResults(results, `${output}/${modelComparison.name}`, { models: modelsFigure(results) });
