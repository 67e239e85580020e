/** How far a run is, on disk: from it, a run that was killed goes on as if it never was. @module */

import { z } from "zod";
import { diskFile } from "../checkpoint/disk_file.ts";
import { readSafetensors, writeSafetensors } from "../checkpoint/safetensors.ts";
import { headerLength, parseHeader } from "../checkpoint/safetensors_header.ts";
import { isFile } from "../look.ts";
import type { Tensor } from "../onnx/tensor.ts";
import type { AdamWState } from "./adamw.ts";
import type { Trained } from "./step_graph.ts";

/** A point of a run's curve: the mean training loss since the point before, and what was measured. */
export const CurvePoint = z.object({ step: z.number(), loss: z.number(), learningRate: z.number() })
  .catchall(z.number());

/** A point of a run's curve. */
export type CurvePoint = z.infer<typeof CurvePoint>;

const Progress = z.strictObject({
  /** What is being run: a hash of all that decides it. */
  identity: z.string(),
  /** Steps taken. */
  step: z.number(),
  /** The losses since the last point of the curve. */
  since: z.strictObject({ sum: z.number(), count: z.number() }),
  curve: z.array(CurvePoint),
  /** The best measurement, and how many came after it. */
  best: z.strictObject({ step: z.number(), value: z.number(), waited: z.number() }).optional(),
  /** Wall time so far. */
  seconds: z.number(),
  /** Whether no step is left to take. */
  done: z.boolean(),
});

/** How far a run is, but for the large arrays. */
export type Progress = z.infer<typeof Progress>;

/** How far a run is. */
export interface RunState {
  readonly progress: Progress;
  readonly parameters: Trained;
  readonly optimizer: AdamWState;
  /** The parameters of the best measurement. */
  readonly best?: Trained;
}

const STATE = "state.safetensors";
const bestFile = (step: number) => `best-${step}.safetensors`;

/**
 * Writes a run's state beside the one before, then renames it, so that at any moment the folder holds a whole one. The
 * best parameters are in a file of their own, which is only written when they change.
 *
 * @throws Error in one line where the folder can't be written
 *
 * @example
 * ```ts
 * import { readRunState, writeRunState } from "./run_state.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const bias = { dtype: "float32", shape: [1], data: Float32Array.of(2) } as const;
 * const optimizer = { steps: 3, moments: new Map([["bias", { first: bias.data, second: bias.data }]]) };
 * const progress = { identity: "a", step: 3, since: { sum: 0, count: 0 }, curve: [], seconds: 1, done: false };
 * await writeRunState(folder, { progress, parameters: new Map([["bias", bias]]), optimizer });
 * deepEqual((await readRunState(folder))?.parameters.get("bias")?.data, bias.data);
 * ```
 */
export async function writeRunState(folder: string, state: RunState): Promise<void> {
  const { progress, parameters, optimizer, best } = state;
  if (best && progress.best) {
    const path = `${folder}/${bestFile(progress.best.step)}`;
    if (!await isFile(path)) await writeSafetensors(path, best);
  }
  const tensors = new Map<string, Tensor>();
  for (const [name, parameter] of parameters) {
    tensors.set(`parameter ${name}`, parameter);
    const moments = optimizer.moments.get(name);
    if (!moments) throw new Error(`no moments of ${name}`);
    tensors.set(`first ${name}`, { ...parameter, data: moments.first });
    tensors.set(`second ${name}`, { ...parameter, data: moments.second });
  }
  await writeSafetensors(`${folder}/${STATE}`, tensors, { metadata: { progress: JSON.stringify(progress) } });
  for await (const { name } of Deno.readDir(folder)) {
    const stale = /^best-\d+\.safetensors$/.test(name) && name !== bestFile(progress.best?.step ?? -1);
    const halfWritten = name.endsWith(".partial"); // by a run that was killed meanwhile
    if (stale || halfWritten) await Deno.remove(`${folder}/${name}`);
  }
}

/**
 * Reads a run's state.
 *
 * @returns undefined where there is none
 * @throws Error in one line, with the file, where it is damaged
 */
export async function readRunState(folder: string): Promise<RunState | undefined> {
  const path = `${folder}/${STATE}`;
  if (!await isFile(path)) return undefined;
  const { tensors, metadata } = await readSafetensors(path);
  const progress = progressOf(metadata["progress"], path);
  const parameters = new Map<string, Tensor<"float32">>();
  const moments = new Map<string, { first: Float32Array; second: Float32Array }>();
  for (const [key, tensor] of tensors) {
    if (!key.startsWith("parameter ") || !isFloat32(tensor)) continue;
    const name = key.slice("parameter ".length);
    const [first, second] = [tensors.get(`first ${name}`), tensors.get(`second ${name}`)];
    if (!first || !second || !isFloat32(first) || !isFloat32(second)) {
      throw new Error(`${path}: no moments of ${name}. Begin anew with --fresh.`);
    }
    parameters.set(name, tensor);
    moments.set(name, { first: first.data, second: second.data });
  }
  const state = { progress, parameters, optimizer: { steps: progress.step, moments } };
  if (!progress.best) return state;
  const best = await readSafetensors(`${folder}/${bestFile(progress.best.step)}`);
  return {
    ...state,
    best: new Map([...best.tensors].flatMap(([name, x]) => isFloat32(x) ? [[name, x]] : [])),
  };
}

/**
 * Reads how far a run is, without the large arrays.
 *
 * @returns undefined where there is none
 * @throws as {@linkcode readRunState}
 */
export async function readProgress(folder: string): Promise<Progress | undefined> {
  const path = `${folder}/${STATE}`;
  if (!await isFile(path)) return undefined;
  const disk = await diskFile(path);
  const length = headerLength(await disk.read(0, Math.min(8, disk.size)), disk.size, path);
  return progressOf(parseHeader(await disk.read(8, length), disk.size, path).metadata["progress"], path);
}

/** What there is to say where a folder holds the state of another run. */
export function anotherRun(folder: string, step: number): Error {
  return new Error(
    `${folder}: holds another run, at step ${step}. Go on with its recipe, or begin anew with --fresh.`,
  );
}

function progressOf(text: string | undefined, path: string): Progress {
  try {
    return Progress.parse(JSON.parse(text ?? ""));
  } catch (error) {
    throw new Error(`${path}: not the state of a run. Begin anew with --fresh.`, { cause: error });
  }
}

function isFloat32(tensor: Tensor): tensor is Tensor<"float32"> {
  return tensor.dtype === "float32";
}
