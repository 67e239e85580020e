/** How far every family lies from PyTorch, measured anew from the committed fixtures. @module */

import { progress } from "../progress.ts";
import { decoderFixture } from "./decoder_fixture.ts";
import { decoderCurve, decoderInference, decoderStep, decoderText } from "./decoder_parity.ts";
import { encoderFixture } from "./encoder_fixture.ts";
import { encoderCurve, encoderInference, maskedStep, taggingStep } from "./encoder_parity.ts";
import { EXPORTED_WITH, exportedModels, type ExportedParity, exportedParity } from "./exported_parity.ts";
import { type Gap, largest } from "./gap.ts";
import { t5Fixture } from "./t5_fixture.ts";
import { t5Curve, t5Inference, t5Step, t5Text } from "./t5_parity.ts";
import type { TextParity } from "./text_parity.ts";
import { type CurveStep, relative, type StepParity } from "./training_parity.ts";

/** How far a family lies from PyTorch. Distances are relative: see {@linkcode Gap} and {@linkcode StepParity}. */
export interface FamilyParity {
  readonly family: string;
  /** The versions that computed the fixture. */
  readonly madeWith: { readonly torch: string; readonly transformers: string };
  /** How many configurations were compared; the numbers below are those of the worst. */
  readonly configurations: number;
  readonly logits: number;
  /** Over the states of all stored layers; null where none are stored. */
  readonly states: number | null;
  /** Over the tasks that were compared: language model, and for encoders token classification. */
  readonly loss: number;
  /** Over all parameters but those whose gradient is zero by construction. */
  readonly gradients: number;
  /** How many gradients were compared. */
  readonly compared: number;
  /** The training curve of the first configuration; empty where none is stored. */
  readonly curve: readonly CurveStep[];
  /** Greedy decoding with the cache, where the family writes. */
  readonly text?: TextParity;
}

const measures = {
  "BERT": () => encoderParity("bert"),
  "RoBERTa": () => encoderParity("roberta"),
  "DistilBERT": () => encoderParity("distilbert"),
  "Longformer": () => encoderParity("longformer"),
  "T5": () => t5Parity("t5"),
  "T5 v1.1, gated": () => t5Parity("t5_gated"),
  "GPT-2": () => decoderParity("gpt2"),
  "BLOOM": () => decoderParity("bloom"),
  "BioGPT": () => decoderParity("biogpt"),
  "exported ONNX graphs": graphParity,
} as const;

/** A family that fixtures are there for; graphs that others exported count as one. */
export type ParityFamily = keyof typeof measures;

/** All of them. */
export const parityFamilies: readonly ParityFamily[] = Object.keys(measures).filter(isFamily);

/**
 * Measures families anew: inference, a training step, a curve of 50 steps, and generated text.
 *
 * @param families left out: all
 *
 * @example
 * ```ts
 * import { parity } from "./parity.ts";
 * import { equal, ok } from "node:assert/strict";
 * const [gpt2] = await parity(["GPT-2"]);
 * ok(gpt2 && gpt2.logits < 1e-5 && gpt2.gradients < 1e-5);
 * equal(gpt2.text?.equal, true);
 * ```
 */
export async function parity(families: readonly ParityFamily[] = parityFamilies): Promise<FamilyParity[]> {
  const bar = progress("parity", families.length, { unit: "families" });
  const found: FamilyParity[] = [];
  try {
    for (const family of families) {
      found.push({ family, ...await measures[family]() });
      bar.update(found.length, family);
    }
  } finally {
    await bar.done();
  }
  return found;
}

/** The greatest difference of the losses of a curve, relative to PyTorch's loss at the step. */
export function curveGap(curve: readonly CurveStep[]): number {
  return Math.max(...curve.map(({ loss, torchLoss }) => relative(loss, torchLoss)));
}

type Measured = Omit<FamilyParity, "family">;

async function encoderParity(family: string): Promise<Measured> {
  const fixture = await encoderFixture(family);
  const cases = [fixture, ...fixture.variants];
  const [gaps, steps]: [Gap[], StepParity[]] = [[], []];
  for (const of of cases) {
    gaps.push(...await encoderInference(of));
    steps.push(await maskedStep(of), await taggingStep(of));
  }
  return {
    ...{ madeWith: fixture.made_with, configurations: cases.length },
    ...worst(gaps, steps),
    curve: await encoderCurve(fixture),
  };
}

async function t5Parity(name: "t5" | "t5_gated"): Promise<Measured> {
  const fixture = await t5Fixture(name);
  return {
    ...{ madeWith: fixture.made_with, configurations: 1 },
    ...worst(await t5Inference(fixture), [await t5Step(fixture)]),
    curve: await t5Curve(fixture),
    text: await t5Text(fixture),
  };
}

async function decoderParity(family: string): Promise<Measured> {
  const fixture = await decoderFixture(family);
  return {
    ...{ madeWith: fixture.made_with, configurations: 1 },
    ...worst(await decoderInference(fixture), [await decoderStep(fixture)]),
    curve: await decoderCurve(fixture),
    text: await decoderText(fixture),
  };
}

/** Of five families' models, exported by torch.onnx in its two ways and by optimum. */
async function graphParity(): Promise<Measured> {
  const found: ExportedParity[] = [];
  for (const model of await exportedModels()) found.push(await exportedParity(model));
  return {
    ...{ madeWith: EXPORTED_WITH, configurations: found.length, states: null, curve: [] },
    logits: Math.max(...found.map(({ logits }) => logits)),
    loss: Math.max(...found.map(({ loss }) => loss)),
    gradients: largest(found.flatMap(({ gradients }) => gradients)),
    compared: found.reduce((sum, { gradients }) => sum + gradients.length, 0),
  };
}

function worst(gaps: readonly Gap[], steps: readonly StepParity[]) {
  const gradients = steps.flatMap(({ gradients, digests }) => [
    ...gradients,
    ...digests.filter(({ name }) => !gradients.some((full) => full.name === name)), // in full where it is there
  ]);
  return {
    logits: largest(gaps.filter(({ name }) => name === "logits")),
    states: largest(gaps.filter(({ name }) => name !== "logits")),
    loss: Math.max(...steps.map(({ loss }) => loss)),
    gradients: largest(gradients),
    compared: gradients.length,
  };
}

function isFamily(name: string): name is ParityFamily {
  return Object.hasOwn(measures, name);
}
