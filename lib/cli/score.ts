/** `score`: pairs of texts in, scores out. @module */

import type { Command } from "commander";
import { z } from "zod";
import { decode } from "../corpus/decode.ts";
import { defaultJudge, needsJudge, oneByOne, openJudge } from "../metrics/judge.ts";
import type { Pair } from "../metrics/metric.ts";
import { metricNamed, METRICS } from "../metrics/registry.ts";
import { score } from "../metrics/score.ts";
import { bootstrapInterval } from "../metrics/stats/bootstrap_interval.ts";
import { writeFiles } from "../write_file.ts";
import { UsageError } from "./usage_error.ts";

const line = z.object({ id: z.string(), reference: z.string(), candidate: z.string() });

/** Adds `score` to the command line. */
export function addScore(program: Command): void {
  program.command("score")
    .description(
      "score pairs of texts, and write each score and, beside it, OUT.summary.json with means and intervals",
    )
    .argument("<pairs>", 'lines {"id","reference","candidate"}')
    .argument("<out>", "a .jsonl file")
    .requiredOption("--metrics <names>", METRICS.map(({ name }) => name).join(","))
    .action((pairs: string, out: string, { metrics }: { metrics: string }) =>
      scoreFile(pairs, out, metrics.split(","))
    );
}

async function scoreFile(file: string, out: string, names: readonly string[]): Promise<void> {
  const metrics = names.map((name) => {
    if (METRICS.some((metric) => metric.name === name)) return metricNamed(name);
    throw new UsageError(
      `unknown metric "${name}". Known: ${METRICS.map((metric) => metric.name).join(", ")}.`,
    );
  });
  const pairs = await readPairs(file);
  const judge = needsJudge(names) ? await openJudge(defaultJudge) : undefined;
  const scores = await score(pairs, metrics, judge ? { encoder: oneByOne(judge, []) } : {})
    .finally(() => judge?.close());
  const valueOf = ({ values, parts }: (typeof scores)[number], i: number) =>
    parts ? Object.fromEntries(Object.entries(parts).map(([part, of]) => [part, of[i]])) : values[i];
  const lines = pairs.map(({ id }, i) => ({
    id,
    scores: Object.fromEntries(scores.map((one) => [one.metric, valueOf(one, i)])),
  }));
  const summary = scores.map(({ metric, signature, values }) => {
    // An interval takes two letters.
    const { n, mean, low, high } = values.length > 1
      ? bootstrapInterval(values)
      : { n: values.length, mean: values[0] ?? null, low: null, high: null };
    return [metric, { mean, low, high, n, signature }];
  });
  await writeFiles({
    [out]: lines.map((one) => `${JSON.stringify(one)}\n`).join(""),
    [`${out.replace(/\.jsonl$/, "")}.summary.json`]: `${
      JSON.stringify(Object.fromEntries(summary), null, 2)
    }\n`,
  });
}

async function readPairs(file: string): Promise<Pair[]> {
  const lines = decode(await Deno.readFile(file), file).split("\n");
  const pairs = lines.flatMap((text, i) => text.trim() === "" ? [] : [parsePair(text, `${file}:${i + 1}`)]);
  if (pairs.length === 0) throw new Error(`${file}: no pair in it. Expected one JSON object a line.`);
  return pairs;
}

function parsePair(text: string, at: string): Pair {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch { // the parser's own message quotes the line, and so the letter
    throw new Error(`${at}: not valid JSON. Write {"id","reference","candidate"}, one object a line.`);
  }
  const { data, error } = line.safeParse(value);
  if (data) return data;
  const issue = error.issues[0];
  throw new Error(
    `${at}: ${issue?.path.join(".")}: ${issue?.message}. Expected {"id","reference","candidate"}.`,
  );
}
