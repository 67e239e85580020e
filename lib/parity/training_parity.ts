/** A training step, and a whole curve, beside PyTorch's. @module */

import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import type { Task } from "../train/task.ts";
import { train } from "../train/trainer.ts";
import { gradientOf, trainingGraph } from "../train/step_graph.ts";
import type { Gap } from "./gap.ts";
import { copied, type Training } from "./stored.ts";

/** How far the loss and the gradients of one batch lie from PyTorch's. */
export interface StepParity {
  /** The difference of the losses over PyTorch's loss. */
  readonly loss: number;
  /** Of every parameter whose gradient is stored in full. */
  readonly gradients: readonly Gap[];
  /** Of every parameter of which a norm and a weighted sum are stored: how far those are apart, over the norm. */
  readonly digests: readonly Gap[];
  /**
   * Parameters whose true gradient is zero, so that there is nothing to be relative to, with the greatest absolute value
   * here. A key's bias is such a one: it shifts all scores of a query alike.
   */
  readonly vanishing: readonly Gap[];
}

/** One step of training here and in PyTorch. */
export interface CurveStep {
  /** From 1. */
  readonly step: number;
  readonly loss: number;
  readonly torchLoss: number;
  readonly norm: number;
  readonly torchNorm: number;
}

/** The loss of a task's first batch and its gradients, by the parameters' names. */
export async function firstStep(
  parameters: ReadonlyMap<string, Tensor<"float32">>,
  task: Task,
): Promise<{ readonly loss: number; readonly gradientFor: (name: string) => Tensor | undefined }> {
  const session = await Session.open(trainingGraph(parameters, task));
  try {
    const results = await session.run({ ...Object.fromEntries(parameters), ...task.batch(0) });
    return {
      loss: Number(results["loss"]?.data[0]),
      gradientFor: (name) => results[gradientOf(name)],
    };
  } finally {
    await session.close();
  }
}

/** The difference of two losses, or norms, over PyTorch's. */
export function relative(ours: number, torch: number): number {
  return Math.abs(ours - torch) / Math.abs(torch);
}

/** Trains a copy of the parameters as PyTorch did: AdamW, warm-up, clipping, no dropout. */
export async function curveBeside(
  parameters: ReadonlyMap<string, Tensor<"float32">>,
  task: Task,
  { steps, learning_rate: learningRate, warm_up: warmUp, curve }: Training,
): Promise<CurveStep[]> {
  const found: CurveStep[] = [];
  for await (const one of train(copied(parameters), task, { steps, learningRate, warmUp })) {
    const [torchLoss, torchNorm] = curve[one.step - 1] ?? [NaN, NaN];
    found.push({ step: one.step, loss: one.loss, torchLoss, norm: one.gradientNorm, torchNorm });
  }
  return found;
}
