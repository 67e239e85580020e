/** `score-ner`: gold and predicted spans in, precision, recall and F1 out. @module */

import { type Command, Option } from "commander";
import type { MatchCounts, SpanScore } from "../metrics/spans/match_counts.ts";
import { scoreSpans, scoreTags, type SpanScores } from "../metrics/spans/score_spans.ts";
import { type ScoreIntervals, spanIntervals } from "../metrics/spans/span_intervals.ts";
import { SPAN_SCHEMES, spanSchemeNamed } from "../metrics/spans/span_schemes.ts";
import { type ScoreInterval, SumBootstrap } from "../metrics/spans/sum_bootstrap.ts";
import { checkColumns, pairColumns, readTagColumns } from "../metrics/spans/tag_columns.ts";
import { TAG_SCHEMES, type TagScheme } from "../corpus/tag_scheme.ts";
import { writeFile } from "../write_file.ts";
import { encodingOption } from "./encoding_option.ts";
import { pairedLetters } from "./paired_letters.ts";
import type { Reading } from "./reading_options.ts";
import { stoppable } from "./stoppable.ts";
import { usage, UsageError } from "./usage_error.ts";

interface ScoreNerOptions {
  readonly encoding?: string;
  readonly schemes: string;
  readonly tags?: TagScheme;
  readonly lenient?: true;
}

const input =
  "a folder of .txt and .ann (BRAT), letters in a .jsonl file, or a file with TOKEN<TAB>TAG a line and blank lines " +
  "between sentences (-DOCSTART- lines between letters)";

/** Adds `score-ner` to the command line. */
export function addScoreNer(program: Command): void {
  program.command("score-ner")
    .description(
      "score predicted against gold spans, and write precision, recall, F1, counts and intervals over letters, per label too",
    )
    .argument("<gold>", input)
    .argument("<pred>", "the same letters or tokens, annotated by what is to be scored")
    .argument("<out>", "a .json file")
    .requiredOption("--schemes <names>", SPAN_SCHEMES.map(({ name }) => name).join(","))
    .addOption(
      new Option("--tags <scheme>", "that the tags of columns are in; default iob2").choices(TAG_SCHEMES),
    )
    .option(
      "--lenient",
      "score tags that the scheme forbids where they stand, too: seqeval reads them as it can, seqeval-strict drops them",
    )
    .addOption(encodingOption())
    .action(stoppable(scoreNer));
}

async function scoreNer(
  gold: string,
  predicted: string,
  out: string,
  options: ScoreNerOptions,
): Promise<void> {
  const schemes = options.schemes.split(",");
  usage(() => schemes.map(spanSchemeNamed));
  const [goldForm, predictedForm] = [await formOf(gold), await formOf(predicted)];
  if (goldForm !== predictedForm) {
    throw new UsageError(`${gold} holds ${goldForm}, ${predicted} ${predictedForm}. Give both in one form.`);
  }
  if (goldForm === "letters" && (options.tags !== undefined || options.lenient)) {
    throw new UsageError(`${gold} holds letters. --tags and --lenient are for columns of tags.`);
  }
  const { unit, scores } = goldForm === "letters"
    ? await scoreLetters(gold, predicted, schemes, options)
    : await scoreColumns(gold, predicted, schemes, options);
  const count = scores[0]?.ids.length ?? 0;
  const bootstrap = count > 1 ? new SumBootstrap(count) : undefined; // an interval takes two letters
  const report = scores.map((one) => [one.scheme, { unit, n: count, ...reportOf(one, bootstrap) }]);
  await writeFile(out, `${JSON.stringify(Object.fromEntries(report), null, 2)}\n`);
}

async function formOf(path: string): Promise<"letters" | "columns of tags"> {
  try {
    return (await Deno.stat(path)).isDirectory || path.endsWith(".jsonl") ? "letters" : "columns of tags";
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`${path}: nothing there. Name letters, or a file of tags.`, { cause: error });
  }
}

async function scoreLetters(
  gold: string,
  predicted: string,
  schemes: readonly string[],
  { encoding }: ScoreNerOptions,
) {
  const reading: Reading = {
    ...{ overlapping: "refuse", discontinuous: "refuse" },
    ...encoding !== undefined && { encoding },
  };
  const pairs = await pairedLetters(gold, predicted, reading);
  const spans = pairs.map(({ letter: { id, text, spans: gold }, other: { spans: predicted } }) => (
    { id, text, gold, predicted }
  ));
  return { unit: "letter", scores: scoreSpans(spans, schemes) };
}

async function scoreColumns(
  gold: string,
  predicted: string,
  schemes: readonly string[],
  { tags = "iob2", lenient, encoding }: ScoreNerOptions,
) {
  const reading = encoding === undefined ? {} : { encoding };
  const [left, right] = [await readTagColumns(gold, reading), await readTagColumns(predicted, reading)];
  if (!lenient) { for (const columns of [left, right]) checkColumns(columns, tags); }
  return { unit: left.unit, scores: scoreTags(pairColumns(left, right), schemes, { tags }) };
}

/** What OUT says of a scheme; the numbers without a name of their own are those of all spans together. */
function reportOf(scores: SpanScores, bootstrap: SumBootstrap | undefined) {
  const { signature, micro, macro, weighted, perLabel, leak } = scores;
  const intervals = bootstrap && spanIntervals(scores, bootstrap);
  const withCounts = ({ counts, ...score }: SpanScore, of: ScoreIntervals | undefined) => (
    { ...score, intervals: intervalsOf(of), counts: counts satisfies MatchCounts }
  );
  return {
    signature,
    level: intervals?.level ?? null,
    resamples: intervals?.resamples ?? null,
    ...withCounts(micro, intervals?.micro),
    macro: { ...macro, intervals: intervalsOf(intervals?.macro) },
    weighted,
    labels: Object.fromEntries(
      [...perLabel].map(([label, score]) => [label, withCounts(score, intervals?.perLabel.get(label))]),
    ),
    ...(leak && { leak: { rate: leak.rate, interval: borders(intervals?.leak) } }),
  };
}

function intervalsOf(intervals: ScoreIntervals | undefined) {
  return intervals === undefined ? null : {
    precision: borders(intervals.precision),
    recall: borders(intervals.recall),
    f1: borders(intervals.f1),
  };
}

function borders(interval: ScoreInterval | undefined) {
  return interval === undefined ? null : { low: interval.low, high: interval.high };
}
