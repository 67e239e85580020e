/** `score-phi`: gold and predicted PHI in, what de-identification found and what it took away besides out. @module */

import { type Command, Option } from "commander";
import { z } from "zod";
import { readJsonLines } from "../corpus/json_lines.ts";
import type { Letter, Span } from "../corpus/letter.ts";
import { clinicalOverRedaction } from "../metrics/spans/clinical_over_redaction.ts";
import { share } from "../metrics/spans/deid_counts.ts";
import { deidIntervals } from "../metrics/spans/deid_intervals.ts";
import { deidentification, type DeidLetter } from "../metrics/spans/deidentification.ts";
import { nearestName } from "../nearest_name.ts";
import { type Candidate, precisionAtRecall } from "../metrics/spans/precision_at_recall.ts";
import { ratio, type ScoreInterval, SumBootstrap } from "../metrics/spans/sum_bootstrap.ts";
import { writeFile } from "../write_file.ts";
import { positive } from "./number_options.ts";
import { absent, type LetterPair, pairedLetters } from "./paired_letters.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { stoppable } from "./stoppable.ts";

const MODES = ["blind", "aware"] as const;

/** What the options say. */
export interface ScorePhiOptions extends Reading {
  readonly labels?: string;
  readonly clinicalLabels?: string;
  readonly characters: "all" | "alphanumeric";
  readonly candidates?: string;
  readonly recall: number;
}

/** Adds `score-phi` to the command line. */
export function addScorePhi(program: Command): void {
  scoringPhi(program.command("score-phi"))
    .description(
      "score de-identification by characters: PHI found, text redacted beside it (false spans and boundary excess), letters " +
        "that leak; with labels counting and without, with intervals over letters",
    )
    .action(stoppable(async (gold: string, predicted: string, out: string, options: ScorePhiOptions) => {
      const report = await scorePhi(gold, await pairedLetters(gold, predicted, options), options);
      await writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
    }));
}

/** Adds arguments and options to a command that scores PHI. */
export function scoringPhi(command: Command): Command {
  return reading(command)
    .argument("<gold>", input)
    .argument("<pred>", "the same letters, with what a de-identifier redacts")
    .argument("<out>", "a .json file")
    .option(
      "--labels <names>",
      "the labels that are PHI, with commas between; left out, all but the clinical ones",
    )
    .option(
      "--clinical-labels <names>",
      "gold labels of clinical text: also counts the clinical words that are redacted",
    )
    .addOption(
      new Option("--characters <which>", "that count").choices(["all", "alphanumeric"]).default("all"),
    )
    .option(
      "--candidates <file>",
      'lines {"id","spans":[{"start","end","label","score"}]}: also gives the best precision at --recall',
    )
    .option("--recall <share>", "for --candidates", positive({ most: 1 }), 0.99);
}

/** What there is to say of letters annotated twice; `gold` names their file in messages. */
export async function scorePhi(gold: string, pairs: readonly LetterPair[], options: ScorePhiOptions) {
  const { characters, recall } = options;
  const goldLetters = pairs.map(({ letter }) => letter);
  const clinical = listed(options.clinicalLabels);
  const phi = listed(options.labels);
  const known = new Set(goldLetters.flatMap(({ spans }) => spans.map(({ label }) => label)));
  for (const label of [...phi ?? [], ...clinical ?? []]) {
    if (known.has(label)) continue;
    const hint = known.size > 0
      ? `The nearest is ${nearestName(label, [...known])}`
      : "It has no span at all";
    throw new Error(`${gold}: no span is labelled "${label}". ${hint}.`);
  }
  const isPhi = ({ label }: Span) => (phi?.includes(label) ?? true) && !clinical?.includes(label);
  const letters = pairs.map(({ letter: { id, text, spans }, other }): DeidLetter => ({
    id,
    text,
    gold: spans.filter(isPhi),
    predicted: other.spans.filter(isPhi),
  }));
  const bootstrap = letters.length > 1 ? new SumBootstrap(letters.length) : undefined; // an interval takes two letters
  const candidates = options.candidates === undefined
    ? undefined
    : await readCandidates(options.candidates, goldLetters, gold);
  const atRecall = candidates && MODES.map((labels) => {
    const all = letters.map(({ id, text, gold }) => ({
      id,
      text,
      gold,
      candidates: (candidates.get(id) ?? []).filter(isPhi),
    }));
    return [labels, precisionAtRecall(all, { recall, labels, characters })] as const;
  });
  return {
    n: letters.length,
    level: bootstrap?.level ?? null,
    resamples: bootstrap?.resamples ?? null,
    ...Object.fromEntries(
      MODES.map((labels) => [labels, modeReport(letters, labels, characters, bootstrap)]),
    ),
    ...clinical &&
      { clinicalWords: clinicalReport(letters, goldLetters, clinical, bootstrap) },
    ...atRecall && { precisionAtRecall: Object.fromEntries(atRecall) },
  };
}

function listed(names: string | undefined): string[] | undefined {
  return names?.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

function modeReport(
  letters: readonly DeidLetter[],
  labels: "blind" | "aware",
  characters: "all" | "alphanumeric",
  bootstrap: SumBootstrap | undefined,
) {
  const scores = deidentification(letters, { labels, characters });
  const { recall, precision, f1, overRedaction, ...counts } = scores.corpus;
  const intervals = bootstrap && deidIntervals(scores, bootstrap);
  return {
    signature: scores.signature,
    recall,
    precision,
    f1,
    overRedaction,
    intervals: intervals
      ? {
        recall: ends(intervals.recall),
        precision: ends(intervals.precision),
        overRedaction: ends(intervals.overRedaction),
      }
      : null,
    counts,
    leaking: { ...scores.leaking, interval: ends(intervals?.leakingLetters) },
    labels: Object.fromEntries(
      [...scores.perLabel].map((
        [label, { phi, found }],
      ) => [label, { recall: share(found, phi), phi, found }]),
    ),
  };
}

function clinicalReport(
  letters: readonly DeidLetter[],
  gold: readonly Letter[],
  labels: readonly string[],
  bootstrap: SumBootstrap | undefined,
) {
  const scores = clinicalOverRedaction(letters.map((letter, i) => ({
    ...letter,
    clinical: gold[i]?.spans.filter(({ label }) => labels.includes(label)) ?? [],
  })));
  const { rate } = scores.corpus;
  const sums = (of: "redacted" | "words") => bootstrap?.sums(scores.letters.map((letter) => letter[of]));
  const [above, below] = [sums("redacted"), sums("words")];
  const interval = rate !== null && above && below
    ? bootstrap?.interval(rate, ratio(above, below))
    : undefined;
  return {
    signature: scores.signature,
    ...scores.corpus,
    interval: ends(interval),
    labels: Object.fromEntries(scores.perLabel),
    takenFor: Object.fromEntries(scores.takenFor),
  };
}

function ends(interval: ScoreInterval | null | undefined) {
  return interval ? { low: interval.low, high: interval.high } : null;
}

const candidateLine = z.object({
  id: z.string(),
  spans: z.array(z.object({ start: z.int(), end: z.int(), label: z.string().min(1), score: z.number() })),
});

/** Reads what a tagger would redact at its loosest, by letter. */
export async function readCandidates(file: string, letters: readonly Letter[], gold: string) {
  const texts = new Map(letters.map(({ id, text }) => [id, text]));
  const found = new Map<string, readonly Candidate[]>();
  const shape = '{"id","spans":[{"start","end","label","score"}]}';
  for (const { value: { id, spans }, at } of await readJsonLines(file, candidateLine, shape)) {
    const text = texts.get(id);
    if (text === undefined) throw absent(at, gold);
    if (found.has(id)) {
      throw new Error(`${at}: a second line for the letter "${id}". Put its spans into one.`);
    }
    const bad = spans.find(({ start, end }) => !(start >= 0 && start < end && end <= text.length));
    if (bad) {
      throw new Error(
        `${at}: span [${bad.start}, ${bad.end}) lies outside the letter [0, ${text.length}). Fix the offsets.`,
      );
    }
    found.set(id, spans);
  }
  return found;
}
