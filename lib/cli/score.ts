/** `score`: pairs of texts in, scores out. @module */

import type { Command } from "commander";
import { z } from "zod";
import { readJsonLines } from "../corpus/json_lines.ts";
import { scoreWithJudge } from "../metrics/judge.ts";
import { metricNamed, METRICS } from "../metrics/registry.ts";
import { letterScores, summaryOf } from "../metrics/summary.ts";
import { writeFiles } from "../write_file.ts";
import { encodingOption } from "./encoding_option.ts";
import { stoppable } from "./stoppable.ts";
import { usage } from "./usage_error.ts";

const line = z.object({
  id: z.string(),
  reference: z.union([z.string(), z.array(z.string()).min(1)]),
  candidate: z.string(),
});
const shape = '{"id","reference","candidate"}';

interface ScoreOptions {
  readonly metrics: string;
  readonly encoding?: string;
}

/** Adds `score` to the command line. */
export function addScore(program: Command): void {
  program.command("score")
    .description(
      "score pairs of texts, and write each score and, beside it, OUT.summary.json with means and intervals",
    )
    .argument("<pairs>", `lines ${shape}; a list as "reference" holds several`)
    .argument("<out>", "a .jsonl file")
    .requiredOption("--metrics <names>", METRICS.map(({ name }) => name).join(","))
    .addOption(encodingOption())
    .action(stoppable(scoreFile));
}

async function scoreFile(file: string, out: string, { metrics, encoding }: ScoreOptions): Promise<void> {
  const names = metrics.split(",");
  usage(() => names.map(metricNamed));
  const pairs = (await readJsonLines(file, line, shape, encoding === undefined ? {} : { encoding }))
    .map(({ value }) => value);
  const scores = await scoreWithJudge(pairs, names);
  const lines = pairs.map(({ id }, i) => ({ id, ...letterScores(scores, i) }));
  await writeFiles({
    [out]: lines.map((one) => `${JSON.stringify(one)}\n`).join(""),
    [`${out.replace(/\.jsonl$/, "")}.summary.json`]: `${
      JSON.stringify(Object.fromEntries(scores.map((one) => [one.metric, summaryOf(one)])), null, 2)
    }\n`,
  });
}
