/** `score-ner`: gold and predicted spans in, precision, recall and F1 out. @module */

import { type Command, Option } from "commander";
import { z } from "zod";
import { readJsonLines } from "../corpus/json_lines.ts";
import type { Letter } from "../corpus/letter.ts";
import { letters } from "../corpus/letters.ts";
import type { MatchCounts, SpanScore } from "../metrics/spans/match_counts.ts";
import { scoreSpans, scoreTags, type SpanScores } from "../metrics/spans/score_spans.ts";
import { type ScoreIntervals, spanIntervals } from "../metrics/spans/span_intervals.ts";
import { SPAN_SCHEMES, spanSchemeNamed } from "../metrics/spans/span_schemes.ts";
import { type ScoreInterval, SumBootstrap } from "../metrics/spans/sum_bootstrap.ts";
import { checkColumns, pairColumns, readTagColumns } from "../metrics/spans/tag_columns.ts";
import { TAG_SCHEMES, type TagScheme } from "../metrics/spans/tag_scheme.ts";
import { writeFile } from "../write_file.ts";
import { encodingOption } from "./encoding_option.ts";
import { stoppable } from "./stoppable.ts";
import { usage, UsageError } from "./usage_error.ts";

interface Reading {
  readonly encoding?: string;
}

interface ScoreNerOptions extends Reading {
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
  { encoding }: Reading,
) {
  const reading = encoding === undefined ? {} : { encoding };
  const [left, right] = [await letters(gold, reading), await letters(predicted, reading)];
  const byId = new Map(right.map((letter) => [letter.id, letter]));
  const goldIds = new Set(left.map(({ id }) => id));
  const extra = right.find(({ id }) => !goldIds.has(id));
  if (extra) await refuse(predicted, extra, gold);
  const pairs = left.map((letter) => ({ letter, other: byId.get(letter.id) }));
  for (const { letter, other } of pairs) {
    if (other === undefined) await refuse(gold, letter, predicted);
    else if (letter.text !== other.text) {
      const [there, here] = [await placeOf(gold, letter.id), await placeOf(predicted, letter.id)];
      const at = firstDifference(letter.text, other.text);
      throw new Error(
        `${here}: its text differs from that of ${there} at code unit ${at}. Annotate the same text.`,
      );
    }
  }
  const scores = scoreSpans(
    pairs.map(({ letter: { id, text, spans }, other }) => ({
      id,
      text,
      gold: spans,
      predicted: other?.spans ?? [],
    })),
    schemes,
  );
  return { unit: "letter", scores };
}

async function refuse(has: string, { id }: Letter, hasNot: string): Promise<never> {
  throw new Error(`${await placeOf(has, id)}: no letter of its id in ${hasNot}. Annotate the same letters.`);
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Where a letter was read: its file, or its line. */
async function placeOf(path: string, id: string): Promise<string> {
  if (!path.endsWith(".jsonl")) return `${path.replace(/\/+$/, "")}/${id}.txt`;
  const lines = await readJsonLines(path, z.object({ id: z.string() }), '{"id"}');
  return lines.find(({ value }) => value.id === id)?.at ?? path;
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
