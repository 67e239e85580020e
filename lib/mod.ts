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
export { letters, lettersOf, type LettersOptions } from "./corpus/letters.ts";
export { writeLetters, type WriteLettersOptions } from "./corpus/write_letters.ts";
export { check as checkLetters } from "./corpus/check.ts";
export { mask, type MaskedLetter, type Masker, masker, type MaskOptions } from "./mask/mask.ts";
export { maskedSpans } from "./mask/masked_letter.ts";
export { maskedLetter } from "./mask/rewrite.ts";
export { strategyOptions } from "./mask/strategy_options.ts";
export { type UncertaintyModel, wordEntropies } from "./mask/strategies/entropy.ts";
export { wordFrequencies } from "./mask/strategies/rarest.ts";
export { phiFinder } from "./phi/rules.ts";
export { type FinderOptions, type LettersFinder, openPhiFinder } from "./phi/finders.ts";
export { phiTexts } from "./phi/texts/documents.ts";
export { coverage as phiCoverage } from "./phi/coverage.ts";
export {
  evaluateFinder as evaluatePhiFinder,
  measuresOf as phiMeasures,
  type PhiMeasures,
  pooled as pooledPhiMeasures,
} from "./phi/evaluate.ts";
export {
  type EvaluateOptions as EvaluatePhiOptions,
  type FoundLetter,
  type FoundSpan,
} from "./phi/evaluate_letters.ts";
export { withConfidence as withRuleConfidence } from "./phi/evaluate_confidence.ts";
export {
  compareRates as comparePhiRates,
  rateIntervals as phiRateIntervals,
} from "./phi/evaluate_intervals.ts";
export { missCounts as phiMissCounts, missesOf as phiMisses } from "./phi/evaluate_misses.ts";
export {
  precisionAtTarget as phiPrecisionAtRecall,
  recallCurve as phiRecallCurve,
} from "./phi/evaluate_recall.ts";
export { changeNamed, changes } from "./phi/robustness/changes.ts";
export type { PhiFinder, PhiSpan } from "./phi/finder.ts";
export { readSurrogateKey, type SurrogateKey, surrogateKey } from "./phi/surrogate/key.ts";
export { LabelMap, readLabelMap } from "./phi/surrogate/label_sets.ts";
export { type PlainSight, plainSight } from "./phi/surrogate/plain_sight.ts";
export type { SurrogatePolicy } from "./phi/surrogate/policy.ts";
export { replacer } from "./phi/surrogate/replace.ts";
export { type SurrogateScores, surrogateScores } from "./phi/surrogate/scores.ts";
export { languageOf } from "./text/language.ts";
export { sections } from "./text/sections.ts";
export { sentences } from "./text/sentences.ts";
export { stopwords } from "./text/stopwords.ts";
export { taggerOf } from "./text/taggers.ts";
export { words } from "./text/words.ts";
export { type OpenUncertainty, openUncertainty } from "./fill/uncertainty.ts";
export { fill, type FilledLetter, fillOf, type FillOptions, unfilled } from "./fill/fill.ts";
export type { Candidate, Choice, Fill, Filler } from "./fill/filler.ts";
export { countFills } from "./fill/counts.ts";
export { score, type ScoreTable } from "./face/score.ts";
export type { JudgeOptions } from "./metrics/judge.ts";
export { bertscoreBaselineFile } from "./metrics/bertscore/baseline_file.ts";
export { compareCorpora, type ComparisonOptions } from "./metrics/corpora/compare_corpora.ts";
export { show } from "./face/show.ts";

export { CopiedText } from "./metrics/privacy/copied_text.ts";
export { exposure, exposures } from "./metrics/privacy/exposure.ts";
export { longestCopiedRuns } from "./metrics/privacy/longest_copied_run.ts";
export { membershipInference } from "./metrics/privacy/membership_inference.ts";
export { nearDuplicates } from "./metrics/privacy/near_duplicates.ts";
export { textNeighbourRatios, vectorNeighbourRatios } from "./metrics/privacy/nearest_neighbours.ts";
export { letterNgramPrecision, ngramOverlap } from "./metrics/privacy/ngram_overlap.ts";
export { phiReplay } from "./metrics/privacy/phi_replay.ts";
export { wordOverlap } from "./metrics/privacy/word_overlap.ts";
export { benjaminiHochberg } from "./metrics/stats/benjamini_hochberg.ts";
export { binomialTest } from "./metrics/stats/binomial_test.ts";
export { bootstrapInterval } from "./metrics/stats/bootstrap_interval.ts";
export { clusterInterval } from "./metrics/stats/cluster_interval.ts";
export { equivalenceTest } from "./metrics/stats/equivalence_test.ts";
export { holm } from "./metrics/stats/holm.ts";
export { letterMeans } from "./metrics/stats/letter_means.ts";
export { mcnemar } from "./metrics/stats/mcnemar.ts";
export { minimumDetectableEffect } from "./metrics/stats/minimum_detectable_effect.ts";
export { pairedBootstrap } from "./metrics/stats/paired_bootstrap.ts";
export { pairedTest } from "./metrics/stats/paired_test.ts";
export { kendall, rankCorrelationInterval, spearman } from "./metrics/stats/rank_correlation.ts";
export { cliffsDelta, cohenD, effectInterval, hedgesG } from "./metrics/stats/standardised_difference.ts";
export { wilcoxon } from "./metrics/stats/wilcoxon.ts";

export { reportCard } from "./report_card/report_card.ts";
export type { ReportCard } from "./report_card/card.ts";
export type { CardJudge } from "./report_card/judged.ts";
export type { ReportCardOptions } from "./report_card/options.ts";
export { reportPage } from "./report_card/page.ts";
export { writeReport } from "./report_card/write_report.ts";

export { type KeptTagger, trainTagger } from "./face/train_tagger.ts";
export type { TaggerTraining } from "./ner/train_tagger.ts";
export { openTagger, type Tagger } from "./ner/tagger.ts";
export { type AnnotateOptions, Annotator } from "./ner/annotate.ts";
export { crossAnnotate, type CrossAnnotation } from "./ner/cross_annotate.ts";
export { type SeedScores, seedScores } from "./ner/seed_scores.ts";
export { type SampleCounts, synthesize, type SynthesizeOptions } from "./synth/synthesize.ts";
export { type Prompt, readPrompts } from "./synth/prompts.ts";
export { type EntityScores, scoreEntities } from "./ner/score_entities.ts";
export { onnxFolder } from "./export/onnx_folder.ts";

export { type Claim, type Experiment, experiment } from "./experiment/experiment.ts";
export { type Outcome, runExperiment } from "./experiment/run.ts";
export { paperTable } from "./experiments/paper_table.ts";
export { type Results, resultsOf, saveResults } from "./experiments/results.ts";
export { answer } from "./experiments/answer.ts";
export { maskingAblations, maskingClasses } from "./experiments/masking_ablations.ts";
export { classesFigure, ratiosFigure, strategiesFigure } from "./experiments/masking_figures.ts";
export { clinicalValidity } from "./experiments/clinical_validity.ts";
export { changesFigure, readingFigure } from "./experiments/clinical_validity_figures.ts";
export { judgedAnswer, judgedLetters } from "./experiments/clinical_validity_judged.ts";
export { preservation } from "./experiments/preservation.ts";
export { approachesFigure, leakFigure } from "./experiments/preservation_figures.ts";
export {
  findingsOf,
  missCountsTable,
  missesTable,
  ratesTable,
} from "./experiments/identifying_data/findings.ts";
export { beforeAndAfter } from "./experiments/identifying_data/example.ts";
export { finderNamed } from "./experiments/identifying_data/finders.ts";
export { identifyingAnswer } from "./experiments/identifying_data/identifying_answer.ts";
export { identifyingData } from "./experiments/identifying_data/identifying_data.ts";
export { identifyingResults, saveIdentifying } from "./experiments/identifying_data/identifying_results.ts";
export { lossesTable } from "./experiments/identifying_data/losses.ts";
export { lossesFigure } from "./experiments/identifying_data/losses_figure.ts";
export { meddocanDev } from "./experiments/identifying_data/meddocan.ts";
export {
  hidingFigure,
  hidingResults,
  hidingTable,
  replacedLetters,
} from "./experiments/identifying_data/plain_sight.ts";
export { recallFigure } from "./experiments/identifying_data/recall_figure.ts";
export {
  dataConstrained,
  dataConstrainedAmount,
  dataConstrainedParts,
  dataConstrainedPrivacy,
  dataConstrainedSize,
} from "./experiments/data_constrained.ts";
export {
  exposureFigure,
  levelsFigure,
  ngramsFigure,
  sharesFigure,
} from "./experiments/data_constrained/figures.ts";
export { foldTable, notesTable } from "./experiments/data_constrained/fold_table.ts";
export {
  PAPER_AMOUNT,
  PAPER_PARTS,
  PAPER_SHARES,
  PAPER_SIZE,
} from "./experiments/data_constrained/paper_numbers.ts";
export { privacyOf } from "./experiments/data_constrained/privacy.ts";
export { studyOf } from "./experiments/data_constrained/study.ts";
export { costTable } from "./experiments/data_constrained/cost.ts";
export { adaptCausal, type CausalAdaptation } from "./synth/adapt_causal.ts";
export { downstreamNer } from "./experiments/downstream_ner/downstream_ner.ts";
export {
  type DownstreamResults,
  downstreamResults,
  downstreamTable,
} from "./experiments/downstream_ner/downstream_results.ts";
export {
  amountFigure,
  mixtureFigure,
  trainingsFigure,
} from "./experiments/downstream_ner/downstream_figures.ts";
export { maskedText, modelComparison } from "./experiments/model_comparison.ts";
export { lettersFigure, modelsFigure } from "./experiments/model_comparison_figures.ts";
export { agreementTable } from "./experiments/metrics/agreement.ts";
export { agreementFigure, agreementMap } from "./experiments/metrics/agreement_figure.ts";
export { editsFigure } from "./experiments/metrics/edits_figure.ts";
export { metricsExperiment } from "./experiments/metrics/metrics.ts";
export { metricsAnswer } from "./experiments/metrics/metrics_answer.ts";
export { metricsResults } from "./experiments/metrics/metrics_results.ts";
export { orderFigure } from "./experiments/metrics/order_figure.ts";
export { pairsFigure } from "./experiments/metrics/pairs_figure.ts";
export { sharpEditsTable } from "./experiments/metrics/sharp_edits.ts";

export { type FamilyParity, parity } from "./parity/parity.ts";
export { parityTable } from "./experiments/engine/parity_table.ts";
export { curveFigure } from "./experiments/engine/curve_figure.ts";
export { NO_SPEED, readSpeed, speedTable } from "./experiments/engine/speed.ts";
export { engineAnswer } from "./experiments/engine/answer.ts";
export { saveEngine } from "./experiments/engine/save.ts";

export { sql } from "./report/sql.ts";
export { toFrame } from "./report/frame.ts";
export { plotlyOutput } from "./report/plotly.ts";
export { vegaLiteOutput } from "./report/vega_lite_output.ts";
export { writeFigure } from "./report/write_figure.ts";
export { writeTable } from "./report/write_table.ts";
export { showLetters } from "./report/show.ts";
export type { Table } from "./report/table.ts";
