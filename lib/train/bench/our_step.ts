/** What is trained in a measured step. @module */

import { bert } from "../../architectures/bert.ts";
import { gpt2 } from "../../architectures/gpt2.ts";
import { type Head, modelParameters } from "../../architectures/heads.ts";
import type { Architecture } from "../../architectures/architecture.ts";
import type { Tensor } from "../../onnx/tensor.ts";
import { inMemory } from "../../onnx/tensor_source.ts";
import { type Random, random } from "../../random.ts";
import { CausalLM } from "../causal_lm.ts";
import { initialize } from "../initialize.ts";
import { lora } from "../lora/lora.ts";
import { MaskedLM } from "../masked_lm.ts";
import type { Trained } from "../step_graph.ts";
import type { Task } from "../task.ts";
import { TokenClassification } from "../token_classification.ts";
import type { TrainOptions } from "../trainer.ts";
import type { Work } from "./work.ts";

/** What a trainer is made of. */
export interface OurStep {
  readonly parameters: Trained;
  readonly task: Task;
  readonly options: TrainOptions;
}

const LANGUAGE_MODEL = { kind: "language-model" } as const;
const SPECIAL = { pad: 0, unk: 1, cls: 2, sep: 3, mask: 4 };

/** Random parameters, random text and the settings of the step. */
export async function ourStep(work: Work): Promise<OurStep> {
  const stream = random("bench");
  const options = { steps: 1000, learningRate: 1e-4, threads: work.threads, dropout: 1 };
  if (work.task === "token-classification") {
    const encoder = bert(work.config);
    const parameters = fresh(encoder, { kind: "token-classification", labels: work.labels });
    const [batch, length] = work.batch;
    const texts = Array.from({ length: 4 * batch }, () => labelled(stream, work));
    const settings = { labels: work.labels, batch, seed: 1, pad: SPECIAL.pad, lengths: [length] };
    return { parameters, task: new TokenClassification(encoder, texts, settings), options };
  }
  const [batch, length] = work.batch;
  const text = pieces(stream, 3 * batch * length, work);
  if (work.task === "masked-lm") {
    const encoder = bert(work.config);
    const share = work.asked / (batch * (length - 2));
    const task = new MaskedLM(encoder, [text], SPECIAL, { batch: work.batch, share, seed: 1 });
    return { parameters: fresh(encoder, LANGUAGE_MODEL), task, options };
  }
  const decoder = gpt2(work.config);
  const task = new CausalLM(decoder, [text], 0, { batch: work.batch, seed: 1 });
  const weights = fresh(decoder, LANGUAGE_MODEL);
  if (work.task === "causal-lm") return { parameters: weights, task, options };
  const frozen = new Map([...weights].map(([name, tensor]) => [name, inMemory(tensor)]));
  const model = { architecture: decoder, head: LANGUAGE_MODEL, weights: frozen };
  const { parameters, base } = await lora(model, { ...work.lora, dropout: work.dropout, seed: 1 });
  return { parameters, task, options: { ...options, base } };
}

function fresh(architecture: Architecture, head: Head): Map<string, Tensor<"float32">> {
  const shapes = modelParameters(architecture, head);
  return new Map([...shapes].map(([name, shape]) => [name, initialize(name, shape, 1)]));
}

function pieces(stream: Random, count: number, { vocabulary }: Work): number[] {
  return Array.from({ length: count }, () => 5 + stream.below(vocabulary - 5));
}

/** A text of three quarters of the batch's length or more, a label on every second piece. */
function labelled(stream: Random, work: Work) {
  const [, length] = work.batch;
  const inner = pieces(stream, Math.ceil(0.75 * length) + stream.below(Math.floor(0.25 * length)) - 2, work);
  const ids = [SPECIAL.cls, ...inner, SPECIAL.sep];
  return {
    ids,
    labels: ids.map((_, i) => i % 2 === 1 && i < ids.length - 1 ? stream.below(work.labels) : -100),
  };
}
