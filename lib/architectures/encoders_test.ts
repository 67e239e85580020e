import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { GraphBuilder } from "../onnx/builder.ts";
import { EncoderCase, type EncoderFixture, encoderFixture } from "../parity/encoder_fixture.ts";
import {
  encoderCurve,
  encoderInference,
  encoderOf,
  maskedStep,
  taggingStep,
} from "../parity/encoder_parity.ts";
import { relative } from "../parity/training_parity.ts";
import { pythonWith } from "../python.ts";
import { modelParameters } from "./heads.ts";
import { inputParameters, plainNet } from "./net.ts";

const FAMILIES = ["bert", "roberta", "distilbert", "longformer"] as const;
const LANGUAGE_MODEL = { kind: "language-model" } as const;

/** Of the greatest value: how far apart sums in another order may lie. */
const CLOSE = 1e-5;

async function checkStates(of: EncoderCase, axes: "named" | "sized"): Promise<void> {
  for (const { name, apart } of await encoderInference(of, axes)) ok(apart < CLOSE, `${name}: ${apart}`);
}

async function checkSteps(of: EncoderCase | EncoderFixture): Promise<void> {
  for (const { loss, gradients, digests, vanishing } of [await maskedStep(of), await taggingStep(of)]) {
    ok(loss < 1e-6, `loss: ${loss}`);
    ok(digests.length > 0);
    for (const { name, apart } of [...digests, ...vanishing]) ok(apart < CLOSE, `${name}: ${apart}`);
    for (const { name, apart } of gradients) ok(apart < 2e-5, `${name}: ${apart}`);
  }
}

for (const family of FAMILIES) {
  const fixture = await encoderFixture(family);
  const encoder = encoderOf(fixture);

  Deno.test(`${family}: the states of every layer and the logits equal PyTorch's, padding included`, async () => {
    for (const axes of ["named", "sized"] as const) await checkStates(fixture, axes);
  });

  Deno.test(`${family}: the loss and every parameter's gradient equal PyTorch's`, async () => {
    await checkSteps(fixture);
    const { gradients, vanishing } = await maskedStep(fixture);
    equal(gradients.length + vanishing.length, modelParameters(encoder, LANGUAGE_MODEL).size);
  });

  Deno.test(`${family}: 50 steps of AdamW with warm-up and clipping follow PyTorch's curve`, async () => {
    for (const { step, loss, torchLoss, norm, torchNorm } of await encoderCurve(fixture)) {
      ok(relative(loss, torchLoss) < 1e-3, `step ${step}: loss ${loss}, PyTorch ${torchLoss}`);
      ok(relative(norm, torchNorm) < 1e-2, `step ${step}: norm ${norm}, PyTorch ${torchNorm}`);
    }
  });

  Deno.test(`${family}: other configurations compute what PyTorch does with them`, async () => {
    for (const variant of fixture.variants) {
      await checkStates(variant, "named");
      await checkSteps(variant);
    }
  });

  Deno.test(`${family}: modelParameters() lists what the checkpoint holds`, () => {
    for (const of of [fixture, ...fixture.variants]) {
      deepEqual(Object.fromEntries(modelParameters(encoderOf(of), LANGUAGE_MODEL)), of.shapes);
    }
  });

  Deno.test(`${family}: states() refuses more positions than the model has`, () => {
    const b = new GraphBuilder("long");
    const net = plainNet(b, inputParameters(b));
    const ids = b.input("ids", "int64", [1, encoder.positions + 1]);
    throws(
      () => encoder.states(net, { ids }),
      new RegExp(`${encoder.positions + 1} positions, but the model has`),
    );
  });
}

/** Sizes that the fixtures do not have. */
const LIVE = {
  bert: {
    hidden_size: 35,
    num_attention_heads: 7,
    num_hidden_layers: 3,
    intermediate_size: 17,
    hidden_act: "relu",
  },
  roberta: { hidden_size: 9, num_attention_heads: 1, num_hidden_layers: 1, pad_token_id: 3 },
  distilbert: { dim: 22, n_heads: 11, n_layers: 3, hidden_dim: 51, activation: "gelu_new" },
  longformer: { hidden_size: 20, num_attention_heads: 5, num_hidden_layers: 3, attention_window: [4, 6, 12] },
} satisfies Record<(typeof FAMILIES)[number], object>;
const python = await pythonWith("torch", "transformers");

Deno.test({
  name: "what PyTorch computes beside us with other sizes equals ours",
  ignore: python === undefined,
  async fn() {
    const script = new URL("encoders_oracle.py", import.meta.url).pathname;
    const command = new Deno.Command(python ?? "", { args: [script, JSON.stringify(LIVE)] });
    const { success, stdout, stderr } = await command.output();
    ok(success, new TextDecoder().decode(stderr));
    const computed = EncoderCase.array().parse(JSON.parse(new TextDecoder().decode(stdout)));
    deepEqual(computed.map(({ family }) => family), FAMILIES);
    for (const of of computed) {
      for (const axes of ["named", "sized"] as const) await checkStates(of, axes);
      await checkSteps(of);
    }
  },
});
