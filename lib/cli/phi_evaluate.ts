/** `phi evaluate`: what a finder of identifying data found, missed and took away, for whoever has to decide whether that is enough. @module */

import type { Command } from "commander";
import { type FoundLetter } from "../phi/evaluate_letters.ts";
import { type MeasureGroup, measuresOf } from "../phi/evaluate.ts";
import { withConfidence } from "../phi/evaluate_confidence.ts";
import {
  compareRates,
  type MeasuredRate,
  type RateInterval,
  rateIntervals,
} from "../phi/evaluate_intervals.ts";
import { missCounts, missesOf } from "../phi/evaluate_misses.ts";
import { precisionAtTarget, recallCurve } from "../phi/evaluate_recall.ts";
import { LabelMap, readLabelMap } from "../phi/surrogate/label_sets.ts";
import { toCsv } from "../report/csv.ts";
import { writeFile } from "../write_file.ts";
import { wholeNumber } from "./number_options.ts";
import { type LetterPair, pairedLetters } from "./paired_letters.ts";
import { input } from "./reading_options.ts";
import { readCandidates, scorePhi, type ScorePhiOptions, scoringPhi } from "./score_phi.ts";
import { stoppable } from "./stoppable.ts";

interface EvaluateFlags extends ScorePhiOptions {
  readonly labelMap?: string;
  readonly aside?: string;
  readonly against?: string;
  readonly misses?: string;
  readonly resamples: number;
  readonly seeds: string;
}

/** Adds `phi evaluate` to the command line. */
export function addEvaluate(phi: Command): void {
  scoringPhi(phi.command("evaluate"))
    .description(
      "evaluate a finder: as score-phi, and besides by kind (labels of any known set), with intervals from 10,000 bootstraps over letters " +
        "for each of three seeds, clinical words redacted, every miss with its cause, and another finder compared",
    )
    .option("--label-map <file>", 'labels of your own: {"LABEL": {"kind": "PATIENT", "sort": "name"}}')
    .option(
      "--aside <kinds>",
      "kinds that count neither as identifying nor as other text, with commas between",
    )
    .option("--against <pred>", `compare with what another finder redacts in the same letters: ${input}`)
    .option("--misses <file>", "a .csv file of every miss: letter, offsets, kind and cause, no text")
    .option("--resamples <number>", "for each seed", wholeNumber({ least: 100 }), 10_000)
    .option("--seeds <list>", "of the bootstraps, with commas between", "42,43,44")
    .action(stoppable(evaluate));
}

async function evaluate(gold: string, predicted: string, out: string, flags: EvaluateFlags): Promise<void> {
  const labels = flags.labelMap === undefined ? new LabelMap() : await readLabelMap(flags.labelMap);
  const pairs = await pairedLetters(gold, predicted, flags);
  const clinical = flags.clinicalLabels ?? clinicalOf(pairs, labels);
  const scores = await scorePhi(gold, pairs, {
    ...flags,
    ...clinical !== undefined && { clinicalLabels: clinical },
  });
  const found = foundOf(pairs, flags);
  const options = {
    ...{ labels, aside: listed(flags.aside), characters: flags.characters },
    ...{ resamples: flags.resamples, seeds: listed(flags.seeds), recall: flags.recall },
  };
  const measures = measuresOf(found, options);
  const candidates = flags.candidates === undefined
    ? undefined
    : await readCandidates(flags.candidates, pairs.map(({ letter }) => letter), gold);
  const sure = candidates
    ? found.map(({ letter }) => ({
      letter,
      found: (candidates.get(letter.id) ?? []).map((one) => ({ ...one, probability: one.score })),
    }))
    : withConfidence(found, options);
  const misses = missesOf(found, options);
  const several = pairs.length > 1; // an interval takes two letters
  const other = flags.against === undefined
    ? undefined
    : foundOf(await pairedLetters(gold, flags.against, flags), flags);
  const evaluation = {
    signature: measures.signature,
    ...{ resamples: flags.resamples, seeds: options.seeds },
    rates: several ? grouped(rateIntervals(measures, options)) : null,
    precisionAtRecall: several ? precisionAtTarget(sure, options) : null,
    recallCurve: recallCurve(sure, options),
    misses: missCounts(misses),
    ...other && several && {
      against: compareRates(measures, measuresOf(other, options), options),
    },
  };
  if (flags.misses !== undefined) await writeFile(flags.misses, missesCsv(misses));
  await writeFile(out, `${JSON.stringify({ ...scores, evaluation }, null, 2)}\n`);
}

/** The gold labels that are clinical, where nobody names them; none where there are none. */
function clinicalOf(pairs: readonly LetterPair[], labels: LabelMap): string | undefined {
  const known = new Set(pairs.flatMap(({ letter }) => letter.spans.map(({ label }) => label)));
  const clinical = [...known].filter((label) => labels.meaning(label) === undefined);
  return clinical.length > 0 ? clinical.sort().join(",") : undefined;
}

/** With `--labels` other spans are left out of both sides, as for the rest of the report. */
function foundOf(pairs: readonly LetterPair[], { labels, clinicalLabels }: EvaluateFlags): FoundLetter[] {
  const [chosen, clinical] = [listed(labels), listed(clinicalLabels)];
  const counts = (label: string) => chosen.length === 0 || chosen.includes(label) || clinical.includes(label);
  return pairs.map(({ letter, other }) => ({
    letter: { ...letter, spans: letter.spans.filter(({ label }) => counts(label)) },
    found: other.spans.filter(({ label }) => counts(label)),
  }));
}

function grouped(rates: readonly MeasuredRate[]): Record<string, Record<string, RateInterval | null>> {
  const groups = new Map<MeasureGroup, Record<string, RateInterval | null>>();
  for (const { group, name, estimate } of rates) {
    groups.set(group, { ...groups.get(group), [name]: estimate });
  }
  return Object.fromEntries(groups);
}

function missesCsv(misses: ReturnType<typeof missesOf>): string {
  return toCsv({
    columns: [
      { name: "letter", kind: "text" },
      { name: "kind", kind: "text" },
      { name: "start", kind: "integer" },
      { name: "end", kind: "integer" },
      { name: "characters", kind: "integer" },
      { name: "missed", kind: "integer" },
      { name: "cause", kind: "text" },
    ],
    rows: misses.map((miss) => ({ ...miss })),
  });
}

function listed(names: string | undefined): string[] {
  return (names ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "");
}
