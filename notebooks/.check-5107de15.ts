/// <reference lib="deno.unstable" />
export {};
let profile: "quick" | "full" = "quick"; // quick: 24 letters, the small encoder, one seed
let corpusFolder = "../data/letters";
let models = "../data/models";
let runs = "../.cache/runs"; // results of steps are kept here and not computed twice
let output = "../results/quick";
import { letters, preservation, resultsOf, runExperiment } from "palimpsest";

const corpus = await letters(corpusFolder);
const results = resultsOf(await runExperiment(preservation, { corpus, profile, models, runs }));
import { approachesFigure, vegaLiteOutput } from "palimpsest";

await vegaLiteOutput(approachesFigure(results).spec);
import { paperTable, toFrame } from "palimpsest";

await toFrame(paperTable(results, { baseline: "preserve, identifying data masked" }));
import { leakFigure } from "palimpsest";

await vegaLiteOutput(leakFigure(results).spec);
import { answer } from "palimpsest";

Deno.jupyter.md`${answer(results, ["bertscore", "entities-kept", "phi-left"])}`;
import { saveResults } from "palimpsest";

const figures = { approaches: approachesFigure(results), leak: leakFigure(results) };
await saveResults(results, `${output}/${preservation.name}`, figures);
