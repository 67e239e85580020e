/// <reference lib="deno.unstable" />
export {};
let profile: "quick" | "full" = "quick"; // quick: 24 letters, three models, two ratios, one seed
let corpusFolder = "../data/letters";
let models = "../data/models";
let runs = "../.cache/runs"; // results of steps are kept here and not computed twice
let output = "../results/quick";
import { letters, maskingAblations, maskingClasses, resultsOf, runExperiment } from "palimpsest";

const options = { corpus: await letters(corpusFolder), profile, models, runs };
const ablations = resultsOf(await runExperiment(maskingAblations, options));
const classes = resultsOf(await runExperiment(maskingClasses, options));
import { ratiosFigure, vegaLiteOutput } from "palimpsest";

await vegaLiteOutput(ratiosFigure(ablations).spec);
import { paperTable, toFrame } from "palimpsest";

await toFrame(paperTable(ablations, { baseline: "random" }));
import { strategiesFigure } from "palimpsest";

await vegaLiteOutput(strategiesFigure(ablations).spec);
import { classesFigure } from "palimpsest";

await vegaLiteOutput(classesFigure(classes).spec);
await toFrame(paperTable(classes, { baseline: "any" }));
import { answer } from "palimpsest";

const said = [answer(ablations, ["rougeL", "bertscore"]), answer(classes, ["rougeL", "bertscore"])];
Deno.jupyter.md`${said.join("\n")}`;
import { saveResults } from "palimpsest";

const figures = { ratios: ratiosFigure(ablations), strategies: strategiesFigure(ablations) };
await saveResults(ablations, `${output}/${maskingAblations.name}`, figures);
await saveResults(classes, `${output}/${maskingClasses.name}`, { classes: classesFigure(classes) });
