/// <reference lib="deno.unstable" />
export {};
let corpusFolder = "../data/letters"; // yours: a folder of BRAT, a .jsonl or .csv file, …
let id = "cardiology-01";
let model = "encoder-clinical";
let models = "../data/models";
import { letters, show } from "palimpsest";

const corpus = await letters(corpusFolder);
const letter = corpus.find((one) => one.id === id) ?? corpus[0];
show(letter);
import { mask } from "palimpsest";

const masked = mask(letter ? [letter] : [], { strategy: "random", ratio: 0.5, seed: 42, phi: "gold" });
show(masked[0]);
import { fill } from "palimpsest";

const filled = await fill(masked, { model, models, candidates: 5 });
show(filled[0]);
import { score } from "palimpsest";

const both = mask(corpus.slice(0, 8), { strategy: "random", ratio: 0.5, seed: 42, phi: "gold" });
const eight = await fill(both, { model, models });
await score(corpus.slice(0, 8), eight, ["rougeL", "meteor", "copy-rate"]);
