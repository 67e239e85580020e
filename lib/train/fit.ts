/** A whole training run: steps, measurements, early stopping, and a state on disk that it goes on from. @module */

import { writeFile } from "../write_file.ts";
import type { Tensor } from "../onnx/tensor.ts";
import {
  anotherRun,
  type CurvePoint,
  type Progress,
  readRunState,
  type RunState,
  writeRunState,
} from "./run_state.ts";
import type { Trained } from "./step_graph.ts";
import type { Task } from "./task.ts";
import { Trainer, type TrainingStep, type TrainOptions } from "./trainer.ts";

/** What a measurement on held-out text gives, by name. */
export type Measures = Readonly<Record<string, number>>;

export interface EarlyStopping {
  /** Which of the measures decides. */
  readonly metric: string;
  readonly better: "higher" | "lower";
  /** How many measurements in a row may be no better than the best before the run ends. */
  readonly patience: number;
}

export interface KeepOptions {
  /** The folder for the state and the curve. */
  readonly folder: string;
  /** A hash of all that decides the run: a state of another one is refused. */
  readonly identity: string;
  /** The state is written when so many seconds have passed since the last time. Default 300. */
  readonly seconds?: number;
  /** And when so many steps have been taken. Left out: whenever time says so. */
  readonly steps?: number;
}

export interface FitOptions extends TrainOptions {
  /** Steps from one measurement to the next; there is one after the last step too. */
  readonly measureEvery: number;
  /** Measures the parameters as they are now. */
  readonly measure: () => Promise<Measures>;
  /** With it, the run ends with the parameters of its best measurement. Left out: all steps, and the last ones. */
  readonly early?: EarlyStopping;
  /** Where the run's state is kept. Left out: nowhere. */
  readonly keep?: KeepOptions;
  /** Ends the run after the step that is going on, its state kept. */
  readonly signal?: AbortSignal;
  readonly onStep?: (step: TrainingStep, last: CurvePoint | undefined) => void;
}

/** What a run came to. */
export interface FitResult {
  readonly curve: readonly CurvePoint[];
  /** Steps taken. */
  readonly steps: number;
  /** The step of the best measurement and its value, where early stopping looks at one. */
  readonly best?: { readonly step: number; readonly value: number };
  /** Wall time, all parts of the run together. */
  readonly seconds: number;
}

/**
 * Trains the parameters in place, measures them now and then, and stops where they no longer get better. A run whose state
 * is kept can be killed at any moment: called again in the same way, it goes on from the last state written, and ends with
 * the same bytes as one that was never stopped.
 *
 * @throws Error in one line where the folder holds the state of another run, the run was stopped, or a value is not finite
 *
 * @example
 * ```ts
 * import { fit } from "./fit.ts";
 * import { equal } from "node:assert/strict";
 * const weight = { dtype: "float32", shape: [1, 1], data: Float32Array.of(1) } as const;
 * const x = { dtype: "float32", shape: [1, 1], data: Float32Array.of(1) } as const;
 * const task = {
 *   loss: ({ b, parameter }) => {
 *     const y = b.matMul(b.input("x", "float32", [1, 1]), parameter("weight", [1, 1]));
 *     return b.reduceSum(b.mul(y, y), [0, 1], false);
 *   },
 *   batch: () => ({ x }),
 * } satisfies import("./task.ts").Task;
 * const { curve } = await fit(new Map([["weight", weight]]), task, {
 *   ...{ steps: 4, learningRate: 0.1, measureEvery: 2 },
 *   measure: () => Promise.resolve({ weight: weight.data[0] ?? NaN }),
 * });
 * equal(curve.length, 2);
 * ```
 */
export async function fit(parameters: Trained, task: Task, options: FitOptions): Promise<FitResult> {
  const { steps, measureEvery, measure, early, keep, signal, onStep } = options;
  const before = keep && await stateOf(keep, parameters);
  const started = performance.now() - 1000 * (before?.progress.seconds ?? 0);
  const curve = [...before?.progress.curve ?? []];
  let { sum, count } = before?.progress.since ?? { sum: 0, count: 0 };
  let { best, done = false } = before?.progress ?? {};
  let bestParameters = before?.best;
  let written = { step: before?.progress.step ?? 0, at: performance.now() };
  await using trainer = new Trainer(parameters, task, options, before?.optimizer);
  if (keep) await writeFile(`${keep.folder}/curve.jsonl`, curve.map(lineOf).join(""));

  const write = async (folder: string, identity: string) => {
    const seconds = (performance.now() - started) / 1000;
    const progress: Progress = {
      ...{ identity, step: trainer.state.steps, since: { sum, count }, curve, seconds, done },
      ...(best && { best }),
    };
    const state = { progress, parameters, optimizer: trainer.state };
    await writeRunState(folder, bestParameters ? { ...state, best: bestParameters } : state);
    written = { step: progress.step, at: performance.now() };
  };

  while (!done) {
    const step = await trainer.next();
    sum += step.loss;
    count++;
    done = step.step === steps;
    if (step.step % measureEvery === 0 || done) {
      const point: CurvePoint = {
        ...{ step: step.step, loss: sum / count, learningRate: step.learningRate },
        ...await measure(),
      };
      [sum, count] = [0, 0];
      curve.push(point);
      if (keep) await appendLine(`${keep.folder}/curve.jsonl`, lineOf(point));
      if (early) {
        const value = valueOf(point, early);
        const improves = !best || (early.better === "higher" ? value > best.value : value < best.value);
        best = improves
          ? { step: step.step, value, waited: 0 }
          : best && { ...best, waited: best.waited + 1 };
        if (improves) bestParameters = structuredClone(parameters);
        done ||= (best?.waited ?? 0) >= early.patience;
      }
    }
    if (keep) {
      const { folder, identity, seconds = 300, steps: every = Infinity } = keep;
      const due = step.step - written.step >= every || performance.now() - written.at >= 1000 * seconds;
      if (done || due || signal?.aborted) await write(folder, identity);
    }
    if (signal?.aborted && !done) {
      throw new Error(
        `stopped at step ${step.step} of ${steps}. ${
          keep ? "Run again to go on from there." : "Nothing is kept."
        }`,
      );
    }
    onStep?.(step, curve.at(-1));
  }
  if (bestParameters) assign(parameters, bestParameters);
  return {
    ...{ curve, steps: trainer.state.steps, seconds: (performance.now() - started) / 1000 },
    ...(best && { best: { step: best.step, value: best.value } }),
  };
}

/** The state to go on from, its parameters put in place. */
async function stateOf(
  { folder, identity }: KeepOptions,
  parameters: Trained,
): Promise<RunState | undefined> {
  const state = await readRunState(folder);
  if (!state) return undefined;
  if (state.progress.identity !== identity) {
    throw anotherRun(folder, state.progress.step);
  }
  try {
    assign(parameters, state.parameters);
  } catch (error) {
    throw new Error(`${folder}: ${error instanceof Error ? error.message : error}. Begin anew with --fresh.`);
  }
  return state;
}

function assign(to: Trained, from: Trained): void {
  for (const [name, { shape, data }] of to) {
    const values: Tensor<"float32"> | undefined = from.get(name);
    if (`${values?.shape}` !== `${shape}`) {
      throw new Error(`${name} is [${values?.shape ?? ""}], the model has [${shape}]`);
    }
    if (values) data.set(values.data);
  }
}

function valueOf(point: CurvePoint, { metric }: EarlyStopping): number {
  const value = point[metric];
  if (value !== undefined) return value;
  throw new Error(`no measure ${metric} to stop by. There are ${Object.keys(point).join(", ")}.`);
}

function lineOf(point: CurvePoint): string {
  return `${JSON.stringify(point)}\n`;
}

async function appendLine(path: string, line: string): Promise<void> {
  using file = await Deno.open(path, { append: true });
  await file.write(new TextEncoder().encode(line));
  await file.syncData();
}
