/**
 * How well taggers learn, beside PyTorch with the same weights, batches and recipe: `deno task bench taggers`. Both train a
 * MiniLM on BC5CDR and NCBI disease, train to devel, the two taking turns step by step.
 *
 * The interpreter is `python3`, or what the environment variable `PYTHON` names; it needs torch and transformers.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { checkWhole } from "../check_whole.ts";
import { project } from "../project.ts";
import { pythonWith } from "../python.ts";
import { toMarkdown } from "../report/markdown.ts";
import { writeFile } from "../write_file.ts";
import { meddocanYardstick } from "./yardstick_meddocan.ts";
import { type Row, summary, table } from "./yardstick_rows.ts";
import { CORPORA, yardstickRun } from "./yardstick_run.ts";

/** A corpus of letters, not of sentences, in which PyTorch has no part. */
const MEDDOCAN = "meddocan";
const MEDDOCAN_STEPS = 2500;

/**
 * Measures and prints: `--corpora bc5cdr,ncbi-disease,meddocan` (the last left out unless named: it takes the project's Spanish encoder),
 * `--seeds 1,2,3`, `--epochs 5`, `--steps N` (ends a trial early; of MEDDOCAN all there are, 2500), `--threads 2`, `--crf` (MEDDOCAN alone),
 * `--peer` (PyTorch beside), `--no-dropout` (so that losses can be compared digit by digit), `--data FOLDER`, `--model FOLDER`, `--keep FOLDER`
 * (where runs are kept after each epoch; a run that was killed goes on from there), `--write FILE.json`.
 *
 * @param say takes what is printed
 * @throws {Error} naming an option or a value that is not known, or a corpus that is not there
 */
export async function yardsticks(
  args: readonly string[],
  say: (text: string) => void = console.log,
): Promise<void> {
  const options = parsed(args);
  const python = options.peer ? await pythonWith("torch", "transformers") : undefined;
  const rows: Row[] = [];
  for (const corpus of options.corpora) {
    for (const seed of options.seeds) {
      if (corpus === MEDDOCAN) {
        rows.push(await meddocanRow(seed, options, say));
        continue;
      }
      const model = options.model ?? `${project.root}/../shared/models/all-MiniLM-L6-v2`;
      rows.push(...await yardstickRun({ ...options, corpus, seed, model, python }));
      say(table(rows.filter((row) => row.corpus === corpus && row.seed === seed)));
    }
  }
  say(`\n${table(rows)}\n\n${summary(rows)}`);
  if (options.write !== undefined) await writeFile(options.write, `${JSON.stringify(rows, undefined, 2)}\n`);
}

type Options = ReturnType<typeof parsed>;

async function meddocanRow(seed: number, options: Options, say: (text: string) => void): Promise<Row> {
  const { data, threads, keep, crf } = options;
  const steps = Number.isFinite(options.steps) ? options.steps : MEDDOCAN_STEPS;
  const model = options.model ?? `${project.models}/encoder-spanish`;
  const { f1, table, secondsAStep } = await meddocanYardstick({
    ...{ data, model, seed, steps, threads, crf, keep },
  });
  say(toMarkdown(table));
  const median = Number.isFinite(secondsAStep) ? secondsAStep : 0;
  return { corpus: MEDDOCAN, seed, side: "here", f1: [f1], loss: [], median, steps };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const yes = { type: "boolean" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{
        corpora: text,
        seeds: text,
        epochs: text,
        steps: text,
        threads: text,
        peer: yes,
        crf: yes,
        "no-dropout": yes,
      },
      ...{ data: text, model: text, keep: text, write: text },
    },
  });
  const corpora = values.corpora?.split(",") ?? Object.keys(CORPORA);
  const unknown = corpora.find((name) => name !== MEDDOCAN && !Object.hasOwn(CORPORA, name));
  if (unknown !== undefined) {
    throw new Error(`--corpora ${unknown}: known are ${Object.keys(CORPORA).join(", ")}, ${MEDDOCAN}`);
  }
  const seeds = (values.seeds ?? "1,2,3").split(",").map(Number);
  const [epochs, threads] = [Number(values.epochs ?? "5"), Number(values.threads ?? "2")];
  for (const [name, value] of [["epochs", epochs], ["threads", threads]] as const) {
    checkWhole(`--${name}`, value);
  }
  for (const seed of seeds) checkWhole("--seeds", seed);
  if (values.steps !== undefined) checkWhole("--steps", Number(values.steps));
  return {
    ...{ corpora, seeds, epochs, threads, peer: values.peer ?? false, dropout: !values["no-dropout"] },
    steps: values.steps === undefined ? Infinity : Number(values.steps),
    data: values.data ?? `${project.root}/../shared/data`,
    model: values.model,
    crf: values.crf ?? false,
    keep: values.keep ?? `${project.root}/.cache/yardsticks`,
    write: values.write,
  };
}
