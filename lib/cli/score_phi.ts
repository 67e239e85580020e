/** `score-phi`: gold and predicted PHI in, what de-identification found and what it took away besides out. @module */

import { type Command, InvalidArgumentError, Option } from "commander";
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
import { type PlacedLetters, placedLetters } from "./placed_letters.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { stoppable } from "./stoppable.ts";

const MODES = ["blind", "aware"] as const;

interface ScorePhiOptions extends Reading {
  readonly labels?: string;
  readonly clinicalLabels?: string;
  readonly characters: "all" | "alphanumeric";
  readonly candidates?: string;
  readonly recall: number;
}

/** Adds `score-phi` to the command line, or the same by another name. */
export function addScorePhi(program: Command, name = "score-phi"): void {
  reading(program.command(name))
    .description(
      "score de-identification by characters: PHI found, text redacted beside it (false spans and boundary excess), letters " +
        "that leak; with labels counting and without, with intervals over letters",
    )
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
    .option("--recall <share>", "for --candidates", recallOf, 0.99)
    .action(stoppable(scorePhi));
}

function recallOf(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 1) return value;
  throw new InvalidArgumentError("Choose a share above 0, up to 1.");
}

async function scorePhi(
  gold: string,
  predicted: string,
  out: string,
  options: ScorePhiOptions,
): Promise<void> {
  const { characters, recall } = options;
  const left = await placedLetters(gold, options);
  const right = await placedLetters(predicted, options);
  const pairs = paired(gold, left, predicted, right);
  const clinical = listed(options.clinicalLabels);
  const phi = listed(options.labels);
  const known = new Set(left.letters.flatMap(({ spans }) => spans.map(({ label }) => label)));
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
    : await readCandidates(options.candidates, left.letters, gold);
  const atRecall = candidates && MODES.map((labels) => {
    const all = letters.map(({ id, text, gold }) => ({
      id,
      text,
      gold,
      candidates: (candidates.get(id) ?? []).filter(isPhi),
    }));
    return [labels, precisionAtRecall(all, { recall, labels, characters })] as const;
  });
  const report = {
    n: letters.length,
    level: bootstrap?.level ?? null,
    resamples: bootstrap?.resamples ?? null,
    ...Object.fromEntries(
      MODES.map((labels) => [labels, modeReport(letters, labels, characters, bootstrap)]),
    ),
    ...clinical &&
      { clinicalWords: clinicalReport(letters, pairs.map(({ letter }) => letter), clinical, bootstrap) },
    ...atRecall && { precisionAtRecall: Object.fromEntries(atRecall) },
  };
  await writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
}

function listed(names: string | undefined): string[] | undefined {
  return names?.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

/** The letters of both sides by id; columns of tags without ids are called by their file, so there the number decides. */
function paired(gold: string, left: PlacedLetters, predicted: string, right: PlacedLetters) {
  const stem = (path: string) =>
    path.slice(path.lastIndexOf("/") + 1).replace(/\.gz$/, "").replace(/\.[^.]*$/, "");
  const ids = new Set(right.letters.map(({ id }) => id));
  const byNumber = !left.letters.some(({ id }) => ids.has(id));
  const key = (id: string, path: string) =>
    byNumber && id.startsWith(`${stem(path)}-`) ? id.slice(stem(path).length) : id;
  const others = new Map(right.letters.map((letter) => [key(letter.id, predicted), letter]));
  const pairs = left.letters.map((letter) => {
    const other = others.get(key(letter.id, gold));
    if (other === undefined) throw absent(left.placeOf(letter.id), predicted);
    others.delete(key(letter.id, gold));
    if (letter.text === other.text) return { letter, other };
    const [there, here] = [left.placeOf(letter.id), right.placeOf(other.id)];
    const at = firstDifference(letter.text, other.text);
    throw new Error(
      `${here}: its text differs from that of ${there} at code unit ${at}. Annotate the same text.`,
    );
  });
  for (const { id } of others.values()) throw absent(right.placeOf(id), gold);
  return pairs;
}

function absent(place: string, path: string): Error {
  return new Error(`${place}: no letter of its id in ${path}. Annotate the same letters.`);
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
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

async function readCandidates(file: string, letters: readonly Letter[], gold: string) {
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
