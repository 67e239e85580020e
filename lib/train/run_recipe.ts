/** From a recipe to a model folder. @module */

import { sha256 } from "../sha256.ts";
import { requireDevice } from "../onnx/device.ts";
import { writeFiles } from "../write_file.ts";
import { card } from "./card.ts";
import { fit } from "./fit.ts";
import { baseOf } from "./jobs/job.ts";
import type { Recipe } from "./recipe.ts";
import { percent } from "./result.ts";
import { place, placeIfReady } from "./run/place.ts";
import { prepare } from "./run/prepare.ts";
import { asWritten, writeTrained } from "./run/write_model.ts";
import { anotherRun, type CurvePoint, readProgress } from "./run_state.ts";
import { TrainingLog } from "./training_log.ts";

/** Where a recipe's files are, how its run is kept, and who is told how far it is. */
export interface RunOptions {
  /** The folder that text sources are relative to. */
  readonly corpora: string;
  /** The folder that a starting checkpoint is relative to. */
  readonly checkpoints: string;
  /** Forgets a run that was stopped, and begins anew. Default false: it goes on. */
  readonly fresh?: boolean;
  /** The run's state is written every so many seconds (default 300) and steps (default: whenever time says so). */
  readonly save?: { readonly seconds?: number; readonly steps?: number };
  /** Ends the run after the step that is going on. */
  readonly signal?: AbortSignal;
  /** Called at the beginning with the steps that were taken before. */
  readonly onStart?: (step: number, steps: number) => void;
  readonly onStep?: (step: number, steps: number, note: string) => void;
}

/**
 * Trains what a recipe says and writes a model folder: configuration, tokenizer, weights (or a PEFT adapter), the recipe with
 * its defaults (`recipe.json`), what was measured on the way (`training.json`, `curve.jsonl`) and a card (`README.md`).
 *
 * While it runs, `OUT/checkpoint` alone is written; what else is in the folder stays until the new model is whole. A run that
 * was killed at any moment goes on from there, to the same weights as one that was not.
 *
 * What the card says is of the weights as written (rounded to float16 where the recipe says so).
 *
 * @throws Error in one line where a text or the starting checkpoint is missing or is not the one the recipe names, the recipe's
 * device is not to be had, the folder holds another run, or this one was stopped
 */
export async function runRecipe(recipe: Recipe, out: string, options: RunOptions): Promise<TrainingLog> {
  const { seed } = recipe;
  if (seed === undefined) throw new Error("the recipe has several seeds: use runSeeds()");
  const { corpora, checkpoints, save, signal } = options;
  const work = `${out}/checkpoint`;
  const identity = sha256(JSON.stringify(recipe));
  if (options.fresh) await removeFolder(work);
  const before = await readProgress(work);
  if (before && before.identity !== identity) throw anotherRun(work, before.step);
  if (before && await placeIfReady(work, out)) return await readLog(out);

  await requireDevice(recipe.device ?? "cpu");
  const prepared = await prepare(recipe, seed, { corpora, checkpoints, work: `${work}/model` });
  const { job, start, subject, adapted, texts, validation } = prepared;
  const { steps, learningRate, warmUp, schedule, accumulate, weightDecay, clipNorm, threads, relativeSteps } =
    recipe;
  options.onStart?.(before?.step ?? 0, steps);
  const result = await fit(subject.parameters, job.task, {
    ...{ steps, learningRate, warmUp, schedule, accumulate, weightDecay, clipNorm, threads, relativeSteps },
    ...baseOf(subject),
    ...(recipe.dropout && { dropout: seed }),
    measureEvery: recipe.validateEvery,
    measure: () => job.measure(),
    ...(recipe.earlyStopping && { early: { ...job.early, ...recipe.earlyStopping } }),
    keep: { folder: work, identity, ...save },
    ...(signal && { signal }),
    onStep: ({ step, loss }, last) => options.onStep?.(step, steps, note(loss, job.early.metric, last)),
  });

  const judging = performance.now();
  const final = await job.judge(
    adapted ? subject : { ...subject, parameters: asWritten(subject.parameters, recipe.weights) },
  );
  await job.close();
  const log = TrainingLog.parse({
    parameters: [...subject.parameters.values()].reduce((sum, { data }) => sum + data.length, 0),
    ...{ texts, validation, batchesPerEpoch: job.task.batchesPerEpoch, curve: result.curve, final },
    ...(result.best && { best: result.best }),
    seconds: Math.round(result.seconds + (performance.now() - judging) / 1000),
  });
  const model = `${work}/model`;
  await writeFiles({
    [`${model}/recipe.json`]: `${JSON.stringify(recipe, undefined, 2)}\n`,
    [`${model}/training.json`]: `${JSON.stringify(log, undefined, 2)}\n`,
    [`${model}/curve.jsonl`]: log.curve.map((point) => `${JSON.stringify(point)}\n`).join(""),
    [`${model}/README.md`]: card(recipe, log, start.architecture),
  });
  await writeTrained(recipe, start, subject, adapted, model);
  await place(work, out);
  return log;
}

/** The loss of a step, and the last value of the measure that decides: `held-out F1 79.8% at 120`. */
function note(loss: number, metric: string, last: CurvePoint | undefined): string {
  const value = last?.[metric];
  if (!last || value === undefined) return `loss ${loss.toFixed(3)}`;
  const name = metric.replace("validation", "");
  const amount = name === "Loss" ? value.toFixed(3) : percent(value);
  return `loss ${loss.toFixed(3)}, held-out ${
    name === "F1" ? name : name.toLowerCase()
  } ${amount} at ${last.step}`;
}

async function readLog(out: string): Promise<TrainingLog> {
  return TrainingLog.parse(JSON.parse(await Deno.readTextFile(`${out}/training.json`)));
}

async function removeFolder(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
