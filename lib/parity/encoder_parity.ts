/** How far the encoders lie from PyTorch. @module */

import { type Encoder, type EncoderInputs, lastOf } from "../architectures/architecture.ts";
import { families } from "../architectures/families.ts";
import { type Head, modelParameters } from "../architectures/heads.ts";
import { fixedParameters, plainNet } from "../architectures/net.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { numbersOf } from "../onnx/constant.ts";
import type { Value } from "../onnx/graph.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { meanCrossEntropy } from "../train/cross_entropy.ts";
import { inputFor, type Task } from "../train/task.ts";
import { type EncoderCase, type EncoderFixture, hashed, weightsByName } from "./encoder_fixture.ts";
import { difference, type Gap, sameNames } from "./gap.ts";
import { curveBeside, type CurveStep, firstStep, relative, type StepParity } from "./training_parity.ts";

const LANGUAGE_MODEL = { kind: "language-model" } as const;

/** The encoder of a configuration. */
export function encoderOf({ family, config }: Pick<EncoderCase, "family" | "config">): Encoder {
  const encoder = families.get(family)?.(config);
  if (encoder?.kind !== "encoder") throw new Error(`${family} is no encoder.`);
  return encoder;
}

/** The weights that the fixture was computed with. */
export function encoderWeights(of: EncoderCase, head: Head = LANGUAGE_MODEL): Map<string, Tensor<"float32">> {
  return weightsByName(modelParameters(encoderOf(of), head));
}

/**
 * The logits of the masked LM and the states of the layers, padding included.
 *
 * @param axes whether the graph's axes are named, as in files, or sized, as in training
 */
export async function encoderInference(of: EncoderCase, axes: "named" | "sized" = "named"): Promise<Gap[]> {
  const encoder = encoderOf(of);
  const gaps: Gap[] = [];
  for (const { inputs, logits, hidden } of of.inference) {
    const b = new GraphBuilder("inference");
    const net = plainNet(b, fixedParameters(b, encoderWeights(of)));
    const states = encoder.states(net, inputsFor(b, inputs, axes));
    const whole = axes === "named" ? ["batch", "sequence"] : inputs["ids"]?.shape ?? [];
    const full = (value: Value, size: number) => b.reshape(value, [...whole, size]);
    const session = await Session.open(b.graph([
      b.named("logits", full(encoder.maskedLM(net, lastOf(states)), encoder.vocabulary)),
      ...states.map((state, layer) => b.named(`hidden ${layer}`, full(state, encoder.hidden))),
    ]));
    const results = await session.run(inputs);
    await session.close();
    gaps.push({ name: "logits", apart: difference(results["logits"], logits) });
    for (const [i, state] of hidden.entries()) {
      const name = `hidden ${encoder.layers + 1 - hidden.length + i}`;
      gaps.push({ name, apart: difference(results[name], state) });
    }
  }
  return gaps;
}

/** The masked-LM loss of the first batch and its gradients, in full where the fixture has them in full. */
export async function maskedStep(of: EncoderCase | EncoderFixture): Promise<StepParity> {
  const stored = "gradients" in of ? of.gradients : {};
  return await stepBeside(encoderWeights(of), maskedTask(of), of, stored);
}

/** The token-classification loss and its gradients. */
export async function taggingStep(of: EncoderCase): Promise<StepParity> {
  const head = { kind: "token-classification", labels: of.tagging.labels } as const;
  return await stepBeside(encoderWeights(of, head), taggingTask(of), of.tagging, {});
}

/** Masked-LM training beside PyTorch's. */
export async function encoderCurve(of: EncoderFixture): Promise<CurveStep[]> {
  return await curveBeside(encoderWeights(of), maskedTask(of), of.training);
}

function maskedTask({ batches, ...of }: EncoderCase): Task {
  const encoder = encoderOf(of);
  return {
    batch(step) {
      const batch = batches[step % batches.length];
      if (!batch) throw new Error("the fixture has no batches.");
      return { ...batch.inputs, places: batch.places, labels: batch.labels };
    },
    loss(net, batch) {
      const { b } = net;
      const hidden = lastOf(encoder.states(net, inputsFor(b, batch, "sized")));
      const asked = b.one("Gather", [hidden, inputFor(b, batch, "places")]);
      return meanCrossEntropy(b, encoder.maskedLM(net, asked), inputFor(b, batch, "labels"));
    },
  };
}

function taggingTask({ tagging: { inputs, labels, wanted }, ...of }: EncoderCase): Task {
  const encoder = encoderOf(of);
  return {
    batch: () => ({ ...inputs, labels: wanted }),
    loss(net, batch) {
      const hidden = lastOf(encoder.states(net, inputsFor(net.b, batch, "sized")));
      const scores = encoder.tokenClassifier(net, hidden, labels);
      return meanCrossEntropy(net.b, scores, inputFor(net.b, batch, "labels"), { ignoring: true });
    },
  };
}

async function stepBeside(
  parameters: Map<string, Tensor<"float32">>,
  task: Task,
  { loss: torchLoss, digests }: Pick<EncoderCase, "loss" | "digests">,
  full: EncoderFixture["gradients"],
): Promise<StepParity> {
  sameNames(parameters.keys(), Object.keys(digests));
  const { loss, gradientFor } = await firstStep(parameters, task);
  const vanishing = [...parameters.keys()].filter(isKeyBias);
  return {
    loss: relative(loss, torchLoss),
    gradients: Object.entries(full).filter(([name]) => !isKeyBias(name))
      .map(([name, expected]) => ({ name, apart: difference(gradientFor(name), expected) })),
    digests: Object.entries(digests).filter(([name]) => !isKeyBias(name))
      .map(([name, digest]) => ({ name, apart: digestDifference(name, gradientFor(name), digest) })),
    vanishing: vanishing.map((name) => ({
      name,
      apart: Math.max(...numbersOrNaN(gradientFor(name)).map(Math.abs)),
    })),
  };
}

/** The graph's inputs for arrays: with their sizes, or with named axes. */
function inputsFor(
  b: GraphBuilder,
  arrays: Readonly<Record<string, Tensor>>,
  axes: "named" | "sized",
): EncoderInputs {
  const input = (name: string, axis: string): Value | undefined => {
    const tensor = arrays[name];
    return tensor && b.input(name, "int64", axes === "named" ? ["batch", axis] : tensor.shape);
  };
  const [ids, mask, globals] = [
    input("ids", "sequence"),
    input("mask", "sequence"),
    input("globals", "globals"),
  ];
  if (!ids) throw new Error("the fixture has a batch without ids.");
  return { ids, ...(mask && { mask }), ...(globals && { globals }) };
}

/** How far an array is from a stored norm and weighted sum, relative to the norm. */
function digestDifference(
  name: string,
  got: Tensor | undefined,
  [norm, sum]: readonly [number, number],
): number {
  const values = numbersOrNaN(got);
  const weights = hashed(`digest of ${name}`, values.length);
  const ourSum = values.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0);
  return Math.max(Math.abs(Math.hypot(...values) - norm), Math.abs(ourSum - sum)) / norm;
}

function numbersOrNaN(tensor: Tensor | undefined): readonly number[] {
  return tensor ? numbersOf(tensor) : [NaN];
}

function isKeyBias(name: string): boolean {
  return /(key|key_global|k_lin)\.bias$/.test(name);
}
