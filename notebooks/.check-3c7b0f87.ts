/// <reference lib="deno.unstable" />
export {};
let profile: "quick" | "full" = "quick"; // quick: a smaller model, few steps and letters
let corpusFolder = "../data/letters";
let models = "../data/models";
let speedFile = "../results/engine/speed.json";
let output = "../results/quick";
import { parity, parityTable, toFrame } from "palimpsest";

const found = await parity();
await toFrame(parityTable(found));
import { curveFigure, vegaLiteOutput } from "palimpsest";

const curve = curveFigure(found, "BERT");
await vegaLiteOutput(curve.spec);
import { NO_SPEED, readSpeed, speedTable } from "palimpsest";

const speed = await readSpeed(speedFile);
speed ? await toFrame(speedTable(speed)) : Deno.jupyter.md`${NO_SPEED}`;
const sizes = {
  quick: { model: "encoder-small", steps: 40, letters: 24 },
  full: { model: "encoder-clinical", steps: 300, letters: Infinity },
};
const { letters: most, ...size } = sizes[profile];
const settings = { ...size, models, seed: 42 };
import { letters, scoreEntities, trainTagger } from "palimpsest";

const corpus = (await letters(corpusFolder)).slice(0, most);
const train = corpus.filter(({ meta }) => meta.fold !== "4");
const test = corpus.filter(({ meta }) => meta.fold === "4");
const tagger = await trainTagger(train, settings);
const tagged = await tagger.tag(test);
const scores = scoreEntities(test, tagged);
await toFrame(scores.table);
import { showLetters } from "palimpsest";

const [letter] = tagged.toSorted((a, b) => a.text.length - b.text.length);
const versions = { annotated: test.find(({ id }) => id === letter?.id), tagged: letter };
showLetters(Object.entries(versions).flatMap(([title, letter]) => letter ? [{ title, letter }] : []));
import { engineAnswer } from "palimpsest";

Deno.jupyter.md`${engineAnswer({ parity: found, speed, tagger: scores })}`;
import { saveEngine } from "palimpsest";

const training = { ...settings, train, test };
await saveEngine({ profile, parity: found, curve, speed, tagger: scores, training }, `${output}/engine`);
