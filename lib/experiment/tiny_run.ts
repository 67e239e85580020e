/** The tiny experiment as a process that can be killed: `tiny_run.ts STORE WORKERS` prints its table. @module */

import { means } from "./means.ts";
import { runExperiment } from "./run.ts";
import { tiny, tinyCorpus as corpus } from "./tiny_experiment.ts";

const [runs = "", workers = "1"] = Deno.args;
console.log(JSON.stringify(means(await runExperiment(tiny, { corpus, runs, workers: Number(workers) }))));
