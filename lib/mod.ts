/**
 * Palimpsest: what a notebook imports.
 *
 * ```ts ignore
 * import { fill, letters, mask, score, show } from "palimpsest";
 *
 * const corpus = await letters("../data/letters");
 * const masked = mask(corpus, { strategy: "random", ratio: 0.5, seed: 42 });
 * const filled = await fill(masked, { model: "encoder-clinical" });
 * await score(corpus, filled, ["rougeL", "bertscore"]);
 * ```
 *
 * @module
 */

export type { Letter, Span } from "./corpus/letter.ts";
export { letters } from "./corpus/letters.ts";
export { mask, type MaskedLetter, type MaskOptions } from "./mask/mask.ts";
export { fill, type FilledLetter, type FillOptions, unfilled } from "./fill/fill.ts";
export type { Fill, Filler } from "./fill/filler.ts";
export { score, type ScoreTable } from "./face/score.ts";
export type { JudgeOptions } from "./metrics/judge.ts";
export { show } from "./face/show.ts";
export { type KeptTagger, trainTagger } from "./face/train_tagger.ts";
export type { TaggerTraining } from "./ner/train_tagger.ts";
export { openTagger, type Tagger } from "./ner/tagger.ts";
export { type EntityScores, scoreEntities } from "./ner/score_entities.ts";
export { onnxFolder } from "./checkpoint/onnx_folder.ts";

export { type Claim, type Experiment, experiment } from "./experiment/experiment.ts";
export { type Outcome, runExperiment } from "./experiment/run.ts";
export { type Results, resultsOf, saveResults } from "./experiments/results.ts";
export { answer } from "./experiments/answer.ts";
export { maskedText, modelComparison } from "./experiments/model_comparison.ts";
export { lettersFigure, modelsFigure } from "./experiments/model_comparison_figures.ts";

export { type FamilyParity, parity } from "./parity/parity.ts";
export { parityTable } from "./experiments/engine/parity_table.ts";
export { curveFigure } from "./experiments/engine/curve_figure.ts";
export { NO_SPEED, readSpeed, speedTable } from "./experiments/engine/speed.ts";
export { engineAnswer } from "./experiments/engine/answer.ts";
export { saveEngine } from "./experiments/engine/save.ts";

export { toFrame } from "./report/frame.ts";
export { plotlyOutput } from "./report/plotly.ts";
export { vegaLiteOutput } from "./report/vega_lite_output.ts";
export { writeFigure } from "./report/write_figure.ts";
export { writeTable } from "./report/write_table.ts";
export { showLetters } from "./report/show.ts";
export type { Table } from "./report/table.ts";
