/** How far the decoders lie from PyTorch. @module */

import { type Decoder, lastOf } from "../architectures/architecture.ts";
import { families } from "../architectures/families.ts";
import { fixedParameters, plainNet } from "../architectures/net.ts";
import { openGenerator } from "../generate/decoder.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { numbersOf } from "../onnx/constant.ts";
import { Session } from "../onnx/session.ts";
import { meanCrossEntropy } from "../train/cross_entropy.ts";
import { inputFor, type Task } from "../train/task.ts";
import type { DecoderCase } from "./decoder_fixture.ts";
import { difference, type Gap, sameNames } from "./gap.ts";
import { vector } from "./stored.ts";
import { type TextParity, textsBeside } from "./text_parity.ts";
import { curveBeside, type CurveStep, firstStep, relative, type StepParity } from "./training_parity.ts";

/** The decoder of a configuration. */
export function decoderOf({ config }: Pick<DecoderCase, "config">): Decoder {
  const decoder = families.get(config.model_type)?.(config);
  if (decoder?.kind !== "decoder") throw new Error(`${config.model_type} is no decoder.`);
  return decoder;
}

/** The logits and the states of every layer, padding included but not compared. */
export async function decoderInference(of: DecoderCase): Promise<Gap[]> {
  const decoder = decoderOf(of);
  const { ids, mask, logits, hidden } = of.inference;
  const b = new GraphBuilder("inference");
  const net = plainNet(b, fixedParameters(b, of.parameters));
  const given = {
    ids: b.input("ids", "int64", ["batch", "sequence"]),
    mask: b.input("mask", "int64", ["batch", "sequence"]),
  };
  const { states } = decoder.states(net, given);
  const full = (value: typeof given.ids, size: number) => b.reshape(value, ["batch", "sequence", size]);
  const session = await Session.open(b.graph([
    b.named("logits", full(decoder.languageModel(net, lastOf(states)), decoder.vocabulary)),
    ...states.map((state, i) => b.named(`hidden ${i}`, full(state, decoder.hidden))),
  ]));
  const results = await session.run({ ids, mask });
  await session.close();
  if (states.length !== hidden.length) {
    throw new Error(`${states.length} hidden states, PyTorch has ${hidden.length}.`);
  }
  const piece = (row: number) => mask.data[row] === 1n;
  return [
    { name: "logits", apart: difference(results["logits"], logits, piece) },
    ...hidden.map((state, i) => {
      const name = `hidden ${i}`;
      return { name, apart: difference(results[name], state, piece) };
    }),
  ];
}

/** The loss of the first batch and the gradients of all parameters. */
export async function decoderStep(of: DecoderCase): Promise<StepParity> {
  sameNames(of.parameters.keys(), Object.keys(of.gradients));
  const { loss, gradientFor } = await firstStep(of.parameters, causalTask(of));
  const names = Object.keys(of.gradients);
  return {
    loss: relative(loss, of.training.curve[0]?.[0] ?? NaN),
    gradients: Object.entries(of.gradients).filter(([name]) => !isKeyBias(name))
      .map(([name, expected]) => ({ name, apart: difference(gradientFor(name), expected) })),
    digests: [],
    vanishing: names.filter(isKeyBias).map((name) => {
      const got = gradientFor(name);
      return { name, apart: got ? Math.max(...numbersOf(got).map(Math.abs)) : NaN };
    }),
  };
}

/** Causal-LM training beside PyTorch's. */
export async function decoderCurve(of: DecoderCase): Promise<CurveStep[]> {
  return await curveBeside(of.parameters, causalTask(of), of.training);
}

/** What follows the prompts, greedily and with the cache, beside what PyTorch writes. */
export async function decoderText(of: DecoderCase): Promise<TextParity> {
  const { prompts, greedy } = of.text;
  const generator = await openGenerator(decoderOf(of), of.parameters);
  try {
    const texts = await Array.fromAsync(generator.generate(prompts, { maxPieces: 64 }));
    return textsBeside(texts.map(({ pieces }) => pieces), greedy);
  } finally {
    await generator.close();
  }
}

/** The loss of each piece from those before it, over the recorded batches in their order. */
function causalTask(of: DecoderCase): Task {
  const decoder = decoderOf(of);
  return {
    loss(net, batch) {
      const { b } = net;
      const { states } = decoder.states(net, { ids: inputFor(b, batch, "ids") });
      const seen = b.one("Gather", [lastOf(states), inputFor(b, batch, "places")]);
      return meanCrossEntropy(b, decoder.languageModel(net, seen), inputFor(b, batch, "labels"));
    },
    batch(step) {
      const ids = of.batches[step % of.batches.length];
      if (!ids) throw new Error("the fixture has no batches.");
      const length = ids.shape[1] ?? 0;
      const pieces = Array.from(ids.data, Number);
      const places = [...pieces.keys()].filter((i) => (i + 1) % length !== 0);
      return { ids, places: vector(places), labels: vector(places.map((i) => pieces[i + 1] ?? 0)) };
    },
  };
}

function isKeyBias(name: string): boolean {
  return name.endsWith("k_proj.bias");
}
