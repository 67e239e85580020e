/** `score-privacy`: what a synthetic corpus gives away of the letters that its model was trained on. @module */

import type { Command } from "commander";
import { clinicalLabels } from "../corpus/labels.ts";
import type { Letter } from "../corpus/letter.ts";
import { CopiedText } from "../metrics/privacy/copied_text.ts";
import { longestCopiedRuns } from "../metrics/privacy/longest_copied_run.ts";
import { nearDuplicates } from "../metrics/privacy/near_duplicates.ts";
import { textNeighbourRatios } from "../metrics/privacy/nearest_neighbours.ts";
import { letterNgramPrecision, NGRAM_SIGNATURE, ngramOverlap } from "../metrics/privacy/ngram_overlap.ts";
import { phiReplay, type SourceReplay } from "../metrics/privacy/phi_replay.ts";
import { wordOverlap } from "../metrics/privacy/word_overlap.ts";
import { bootstrapInterval } from "../metrics/stats/bootstrap_interval.ts";
import { nearestName } from "../nearest_name.ts";
import { writeFile } from "../write_file.ts";
import { share, wholeNumber } from "./number_options.ts";
import { placedLetters } from "./placed_letters.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { stoppable } from "./stoppable.ts";
import { UsageError } from "./usage_error.ts";

/** Of a replayed span, how many of the synthetic letters that have it are named. */
const PLACES = 5;

interface ScorePrivacyOptions extends Reading {
  readonly holdout?: string;
  readonly labels?: string;
  readonly sameId?: true;
  readonly ngrams: number;
  readonly similar: number;
  readonly top: number;
}

/** Adds `score-privacy` to the command line. */
export function addScorePrivacy(program: Command): void {
  reading(program.command("score-privacy"))
    .description(
      "compare a synthetic corpus with its training letters: n-gram recall and precision, longest copied runs, near-duplicates, " +
        "replayed PHI, nearest neighbours; with a holdout, against what chance brings about",
    )
    .argument("<train>", input)
    .argument("<synthetic>", "the letters that the model wrote")
    .argument("<out>", "a .json file; it quotes no letter, but says where to look")
    .option("--holdout <letters>", "letters like the training ones that the model never saw")
    .option(
      "--labels <names>",
      "of spans that are PHI, with commas between; left out, all but the clinical ones",
    )
    .option("--same-id", "look for the PHI of a letter in the synthetic letter of the same id alone")
    .option("--ngrams <number>", "the greatest n", wholeNumber({ least: 1, most: 255 }), 10)
    .option(
      "--similar <share>",
      "the least Jaccard similarity of near-duplicates, by runs of five words",
      share({ least: 0.11 }),
      0.5,
    )
    .option(
      "--top <number>",
      "of the most frequent words, for the word overlap",
      wholeNumber({ least: 1, most: 255 }),
      100,
    )
    .action(stoppable(scorePrivacy));
}

async function scorePrivacy(
  trainPath: string,
  syntheticPath: string,
  out: string,
  options: ScorePrivacyOptions,
): Promise<void> {
  const { holdout: holdoutPath, ngrams, similar, top, sameId } = options;
  if (sameId && holdoutPath !== undefined) {
    throw new UsageError(
      "--same-id and --holdout do not go together: holdout letters have no synthetic ones.",
    );
  }
  const { letters: train, placeOf } = await placedLetters(trainPath, options);
  const { letters: synthetic } = await placedLetters(syntheticPath, options);
  const unseen = holdoutPath === undefined ? undefined : await placedLetters(holdoutPath, options);
  const holdout = unseen?.letters;
  const ofText = new Map(train.map(({ id, text }) => [text, id]));
  for (const { id, text } of holdout ?? []) {
    const twin = ofText.get(text);
    if (twin === undefined) continue;
    throw new Error(
      `${unseen?.placeOf(id)}: the text of ${placeOf(twin)}. Leave it out of the holdout: the model saw it.`,
    );
  }
  const labels = phiLabelsOf(train, trainPath, options.labels);
  const replay = labels.length === 0
    ? { replay: null, replayReason: `${trainPath} has no span of PHI` }
    : { replay: replayReport(train, synthetic, holdout, labels, sameId ? "same-id" : "corpus") };
  const texts = (letters: readonly Letter[]) => letters.map(({ text }) => text);
  const { words: _, ...overlap } = wordOverlap(texts(train), texts(synthetic), top); // no word of a letter leaves here
  const report = {
    letters: { train: train.length, synthetic: synthetic.length, holdout: holdout?.length ?? null },
    ...copyReport(train, synthetic, ngrams),
    // What letters of this kind have in common without any training.
    ...holdout && { holdout: copyReport(holdout, synthetic, ngrams) },
    wordOverlap: overlap,
    nearDuplicates: nearDuplicates(train, synthetic, { threshold: similar }),
    ...replay,
    ...holdout
      ? { neighbours: neighbourReport(train, synthetic, holdout) }
      : { neighbours: null, neighboursReason: "no holdout was given" },
  };
  await writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
}

function phiLabelsOf(train: readonly Letter[], path: string, names: string | undefined): string[] {
  const known = [...new Set(train.flatMap(({ spans }) => spans.map(({ label }) => label)))];
  const asked = names?.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const absent = asked?.find((name) => !known.includes(name));
  if (absent === undefined) return asked ?? known.filter((label) => !Object.hasOwn(clinicalLabels, label));
  const hint = known.length > 0 ? `The nearest is ${nearestName(absent, known)}` : "It has no span at all";
  throw new Error(`${path}: no span is labelled "${absent}". ${hint}.`);
}

function copyReport(source: readonly Letter[], synthetic: readonly Letter[], longest: number) {
  const copied = new CopiedText(source.map(({ text }) => text), synthetic.map(({ text }) => text));
  const runs = longestCopiedRuns(copied, source, synthetic);
  const words = runs.map((run) => run.words);
  return {
    ngrams: {
      signature: NGRAM_SIGNATURE,
      lengths: ngramOverlap(copied, longest).map((overlap) => ({
        ...overlap,
        precisionOverLetters: meanOf(letterNgramPrecision(copied, overlap.n)),
      })),
    },
    longestRuns: {
      signature: "longest-copied-run|words:folded|within:letter|v1",
      greatest: words.reduce((most, length) => Math.max(most, length), 0),
      ...meanOf(words),
      letters: runs,
    },
  };
}

/** The mean over the letters that have a value, and how many have none. */
function meanOf(values: ArrayLike<number>) {
  const scored = Array.from(values).filter((value) => !Number.isNaN(value));
  const unscored = values.length - scored.length;
  if (scored.length < 2) {
    return { mean: scored[0] ?? null, low: null, high: null, n: scored.length, unscored };
  }
  const { mean, low, high, n } = bootstrapInterval(scored);
  return { mean, low, high, n, unscored };
}

function replayReport(
  train: readonly Letter[],
  synthetic: readonly Letter[],
  holdout: readonly Letter[] | undefined,
  labels: readonly string[],
  within: "corpus" | "same-id",
) {
  const result = phiReplay(train, synthetic, { labels, within, ...holdout && { holdout } });
  const plain = ({ found, ...source }: SourceReplay) => ({
    ...source,
    perLabel: Object.fromEntries(source.perLabel),
    // A country or a sex is in every letter: a few places of each are enough to look at.
    found: found.map(({ in: ids, ...span }) => ({ ...span, letters: ids.length, in: ids.slice(0, PLACES) })),
  });
  return {
    ...result,
    train: plain(result.train),
    ...result.holdout && { holdout: plain(result.holdout) },
  };
}

function neighbourReport(train: readonly Letter[], synthetic: readonly Letter[], holdout: readonly Letter[]) {
  const { letters, ...rest } = textNeighbourRatios(synthetic, train, holdout);
  return { ...rest, letters: letters.map((letter, i) => ({ id: synthetic[i]?.id, ...letter })) };
}
