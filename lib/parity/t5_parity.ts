/** How far T5 lies from PyTorch. @module */

import { fixedParameters, plainNet } from "../architectures/net.ts";
import { t5 } from "../architectures/t5.ts";
import { openWriter } from "../generate/encoder_decoder.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { Session } from "../onnx/session.ts";
import { meanCrossEntropy } from "../train/cross_entropy.ts";
import { inputFor, type Task } from "../train/task.ts";
import { difference, type Gap, sameNames } from "./gap.ts";
import { int64, vector } from "./stored.ts";
import type { T5Case } from "./t5_fixture.ts";
import { type TextParity, textsBeside } from "./text_parity.ts";
import { curveBeside, type CurveStep, firstStep, relative, type StepParity } from "./training_parity.ts";

/** The encoder's output and the logits, padding included. */
export async function t5Inference(of: T5Case): Promise<Gap[]> {
  const model = t5(of.config);
  const b = new GraphBuilder("inference");
  const net = plainNet(b, fixedParameters(b, of.parameters));
  const ids = b.input("ids", "int64", ["batch", "sequence"]);
  const mask = b.input("mask", "int64", ["batch", "sequence"]);
  const outputs = b.input("outputs", "int64", ["batch", "written"]);
  const encoded = model.encode(net, { ids, mask });
  const memory = model.memory(net, encoded, "batch", "sequence");
  const { hidden } = model.decode(net, { ids: outputs, memory, mask });
  const session = await Session.open(b.graph([
    b.named("hidden", b.reshape(encoded, ["batch", "sequence", model.hidden])),
    b.named("logits", b.reshape(model.languageModel(net, hidden), ["batch", "written", model.vocabulary])),
  ]));
  const { inference } = of;
  const results = await session.run({
    ids: int64(inference.ids),
    mask: int64(inference.mask),
    outputs: int64(inference.outputs),
  });
  await session.close();
  return [
    { name: "logits", apart: difference(results["logits"], inference.logits) },
    { name: "hidden", apart: difference(results["hidden"], inference.hidden) },
  ];
}

/** The loss of the first batch and the gradients of all parameters. */
export async function t5Step(of: T5Case): Promise<StepParity> {
  sameNames(of.parameters.keys(), Object.keys(of.gradients));
  const { loss, gradientFor } = await firstStep(of.parameters, infillingTask(of));
  return {
    loss: relative(loss, of.training.curve[0]?.[0] ?? NaN),
    gradients: Object.entries(of.gradients)
      .map(([name, expected]) => ({ name, apart: difference(gradientFor(name), expected) })),
    digests: [],
    vanishing: [],
  };
}

/** Training beside PyTorch's. */
export async function t5Curve(of: T5Case): Promise<CurveStep[]> {
  return await curveBeside(of.parameters, infillingTask(of), of.training);
}

/** What the decoder writes, greedily and with the cache, beside what PyTorch writes. */
export async function t5Text(of: T5Case, textsAtOnce = 3): Promise<TextParity> {
  const model = t5(of.config);
  const writer = await openWriter(model, of.parameters);
  try {
    const texts = await writer.write(t5Texts(of), { maxPieces: 64, textsAtOnce });
    const expected = of.generated.greedy.map((sequence) => written(sequence, model.special.end));
    return textsBeside(texts.map(({ pieces }) => pieces), expected);
  } finally {
    await writer.close();
  }
}

/** The fixture's texts, without padding. */
export function t5Texts({ inference: { ids, mask } }: T5Case): number[][] {
  return ids.map((row, i) => row.filter((_, at) => mask[i]?.[at] === 1));
}

/** What Python wrote, without the start, the end and what fills up behind it. */
export function written(sequence: readonly number[], end: number): number[] {
  const pieces = sequence.slice(1);
  return pieces.includes(end) ? pieces.slice(0, pieces.indexOf(end)) : pieces;
}

/** The mean loss of the recorded batches' labels, those of −100 left out. */
function infillingTask({ config, batches }: T5Case): Task {
  const model = t5(config);
  return {
    loss(net, batch) {
      const { b } = net;
      const [ids, mask] = [inputFor(b, batch, "ids"), inputFor(b, batch, "mask")];
      const [rows = 1, length = 1] = ids.shape;
      const memory = model.memory(net, model.encode(net, { ids, mask }), rows, length);
      const { hidden } = model.decode(net, { ids: inputFor(b, batch, "shifted"), memory, mask });
      const scores = model.languageModel(net, b.one("Gather", [hidden, inputFor(b, batch, "seen")]));
      return meanCrossEntropy(b, scores, inputFor(b, batch, "labels"));
    },
    batch(step) {
      const batch = batches[step % batches.length];
      if (!batch) throw new Error("the fixture has no batches.");
      const labels = batch.labels.flat();
      const seen = [...labels.keys()].filter((i) => (labels[i] ?? -1) >= 0);
      return {
        ids: int64(batch.ids),
        mask: int64(batch.mask),
        shifted: int64(batch.labels.map((row) => [0, ...row.slice(0, -1).map((id) => Math.max(0, id))])),
        seen: vector(seen),
        labels: vector(seen.map((i) => labels[i] ?? 0)),
      };
    },
  };
}
