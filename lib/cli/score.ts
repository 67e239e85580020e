/** `score`: pairs of texts in, scores out. @module */

import { type Command, Option } from "commander";
import { z } from "zod";
import { type JsonLine, readJsonLines } from "../corpus/json_lines.ts";
import type { Precision } from "../metrics/bertscore/embedding_runner.ts";
import type { LongTexts } from "../metrics/encoder_embeddings.ts";
import { defaultJudge, scoreWithJudge } from "../metrics/judge.ts";
import { METRIC_FAMILIES, metricNamed } from "../metrics/registry.ts";
import type { Pair } from "../metrics/metric.ts";
import { letterScores, summaryOf } from "../metrics/summary.ts";
import { writeFiles } from "../write_file.ts";
import { encodingOption } from "./encoding_option.ts";
import { wholeNumber } from "./number_options.ts";
import { pairsAgainst } from "./pairs_against.ts";
import { stoppable } from "./stoppable.ts";
import { usage, UsageError } from "./usage_error.ts";

const spans = z.array(z.object({ start: z.int().min(0), end: z.int(), label: z.string() })).optional();
const line = z.object({
  id: z.string(),
  reference: z.union([z.string(), z.array(z.string()).min(1)]),
  candidate: z.string(),
  spans,
  found: spans,
  fills: z.array(z.object({ original: z.string(), text: z.string(), valid: z.boolean() })).optional(),
  words: z.int().min(0).optional(),
  seconds: z.number().min(0).optional(),
}).transform(({ spans, found, fills, words, seconds, ...pair }): Pair => ({
  ...pair,
  ...spans && { spans },
  ...found && { found },
  ...fills && { fills },
  ...words !== undefined && { words },
  ...seconds !== undefined && { seconds },
}));
const shape = '{"id","reference","candidate"}';

interface ScoreOptions extends ModelChoice {
  readonly metrics: string;
  readonly encoding?: string;
  readonly against?: string;
}

/** The models that metrics ask, and how. */
interface ModelChoice {
  readonly encoder: string;
  readonly layer: number;
  readonly long?: LongTexts;
  readonly precision?: Precision;
  readonly baseline?: string;
  readonly causalLm?: string;
  readonly maskedLm?: string;
}

/** Adds `score` to the command line. */
export function addScore(program: Command): void {
  program.command("score")
    .description(
      "score pairs of texts, and write each score and, beside it, OUT.summary.json with means and intervals",
    )
    .argument("<pairs>", `lines ${shape}, a list as "reference" holds several; or letters, with --against`)
    .argument("<out>", "a .jsonl file")
    .requiredOption("--metrics <names>", "with commas between; see below")
    .option("--against <corpus>", "the letters that those to score were made from, paired by their ids")
    .option("--encoder <model>", "behind BERTScore: a name in data/models or a folder", defaultJudge.encoder)
    .option("--layer <number>", "of the encoder, 0 being its embeddings", wholeNumber(), defaultJudge.layer)
    .addOption(
      new Option("--long <how>", "texts longer than the encoder's input: in windows (default), or cut off")
        .choices(["window", "truncate"]),
    )
    .addOption(
      new Option("--precision <name>", "of the encoder; default float32").choices(["float32", "int8"]),
    )
    .option("--baseline <file>", "that rescales BERTScore, as bert_score's rescale_baseline has them")
    .option("--causal-lm <model>", "behind perplexity: a name in data/models or a folder")
    .option("--masked-lm <model>", "behind pseudo-perplexity; default: the encoder")
    .addOption(encodingOption())
    .addHelpText("after", metricsHelp)
    .action(stoppable(scoreFile));
}

/** Every metric with its options, those of the same options in one paragraph. */
function metricsHelp(): string {
  const groups = new Map<string, string[]>();
  for (const { name, options } of METRIC_FAMILIES) {
    const lines = options.map(({ word, about, number }) =>
      `    ${number ? `${word}=N` : word}`.padEnd(20) + about
    );
    const listed = lines.join("\n");
    groups.set(listed, [...groups.get(listed) ?? [], name]);
  }
  const paragraphs = [...groups].map(([listed, names]) => `  ${names.join(", ")}${listed && `\n${listed}`}`);
  return [
    "",
    "Metrics, and what can be written behind a name with a hyphen (rougeL-stem, bleu-intl-floor=0.2):",
    ...paragraphs,
    "",
    "Of the candidate alone: subjectivity and polarity, readability, entropy, ttr, mattr, mtld, perplexity.",
    'copy-rate, invalid-prediction-rate and masked-share want "fills" in a line, a list of {"original","text","valid"}:',
    'what was masked, what stands there now, and whether the model\'s answer was a word; masked-share also "words", how many',
    'the letter has; inference-time wants "seconds". entities-kept and phi-left want "spans", the reference\'s gold spans as a',
    'list of {"start","end","label"}; token-f1 and span-f1 want "found" as well, the spans that a tagger found in the same text.',
    "With --against all of these come from the letters: fills where fill was asked for --candidates, seconds for --time.",
    "A letter that a metric cannot score gets null, and its reason under unscored.",
  ].join("\n");
}

async function scoreFile(
  file: string,
  out: string,
  { metrics, encoding, against, ...models }: ScoreOptions,
): Promise<void> {
  const names = namesOf(metrics);
  const pairs = against === undefined
    ? await pairsIn(file, encoding)
    : await pairsAgainst(file, against, encoding);
  const { encoder, layer, long, precision, baseline, causalLm, maskedLm } = models;
  const scores = await scoreWithJudge(pairs, names, {
    judge: { encoder, layer },
    ...long && { long },
    ...precision && { precision },
    ...baseline !== undefined && { baseline },
    ...causalLm !== undefined && { causalLM: causalLm },
    ...maskedLm !== undefined && { maskedLM: maskedLm },
  });
  const scored = pairs.map(({ id }, i) => ({ id, ...letterScores(scores, i) }));
  await writeFiles({
    [out]: scored.map((one) => `${JSON.stringify(one)}\n`).join(""),
    [`${out.replace(/\.jsonl$/, "")}.summary.json`]: `${
      JSON.stringify(Object.fromEntries(scores.map((one) => [one.metric, summaryOf(one)])), null, 2)
    }\n`,
  });
}

/** The metrics' names as results have them. */
function namesOf(metrics: string): string[] {
  const names = usage(() => metrics.split(",").map((name) => metricNamed(name.trim()).name));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new UsageError(`--metrics: ${twice} comes twice. Name it once.`);
  return names;
}

async function pairsIn(file: string, encoding?: string): Promise<Pair[]> {
  const lines = await readJsonLines(file, line, shape, encoding === undefined ? {} : { encoding });
  checkIds(lines);
  return lines.map(({ value }) => value);
}

function checkIds(lines: readonly JsonLine<Pair>[]): void {
  const first = new Map<string, string>();
  for (const { value: { id }, at } of lines) {
    const before = first.get(id);
    if (before !== undefined) {
      throw new Error(`${at}: id "${id}" stands at ${before} too. Give every letter its own.`);
    }
    first.set(id, at);
  }
}
