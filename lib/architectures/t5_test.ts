import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { T5Case, t5Fixture } from "../parity/t5_fixture.ts";
import { t5Curve, t5Inference, t5Step } from "../parity/t5_parity.ts";
import { relative } from "../parity/training_parity.ts";
import { pythonWith } from "../python.ts";
import { modelParameters } from "./heads.ts";
import { mt5, t5 } from "./t5.ts";
import { bucketOf } from "./t5_positions.ts";

const NAMES = ["t5", "t5_gated"] as const;
const HEAD = { kind: "language-model" } as const;
const python = await pythonWith("torch", "transformers");

async function checkInference(fixture: T5Case): Promise<void> {
  for (const { name, apart } of await t5Inference(fixture)) ok(apart < 1e-5, `${name}: ${apart}`);
}

async function checkStep(fixture: T5Case): Promise<void> {
  const { loss, gradients } = await t5Step(fixture);
  ok(loss < 1e-6, `loss: ${loss}`);
  for (const { name, apart } of gradients) ok(apart < 2e-5, `${name}: ${apart}`);
}

for (const name of NAMES) {
  Deno.test(`${name}: hidden states and logits equal PyTorch's, padding included`, async () => {
    await checkInference(await t5Fixture(name));
  });

  Deno.test(`${name}: the loss and every parameter's gradient equal PyTorch's`, async () => {
    await checkStep(await t5Fixture(name));
  });

  Deno.test(`${name}: 50 steps follow PyTorch's curve`, async () => {
    for (const { step, loss, torchLoss, norm, torchNorm } of await t5Curve(await t5Fixture(name))) {
      ok(relative(loss, torchLoss) < 1e-3, `step ${step}: loss ${loss}, PyTorch ${torchLoss}`);
      ok(relative(norm, torchNorm) < 1e-2, `step ${step}: norm ${norm}, PyTorch ${torchNorm}`);
    }
  });

  Deno.test(`${name}: modelParameters() lists what the checkpoint holds`, async () => {
    const { config, parameters } = await t5Fixture(name);
    const shapes = modelParameters(t5(config), HEAD);
    deepEqual([...shapes.keys()].toSorted(), [...parameters.keys()].toSorted());
    for (const [name, shape] of shapes) deepEqual(shape, parameters.get(name)?.shape);
  });
}

Deno.test({
  name: "T5s of other sizes compute what Python computes now",
  ignore: python === undefined,
  fn: async () => {
    const script = new URL("t5_oracle.py", import.meta.url).pathname;
    const sizes = [
      { vocab_size: 53, d_model: 24, d_kv: 8, d_ff: 40, num_layers: 3, num_decoder_layers: 2, num_heads: 2 },
      {
        vocab_size: 41,
        d_model: 12,
        d_kv: 9,
        d_ff: 16,
        num_layers: 2,
        num_heads: 1,
        feed_forward_proj: "gated-silu",
      },
    ];
    const { success, stdout, stderr } = await new Deno.Command(python ?? "python3", {
      args: [script, ...sizes.map((one) => JSON.stringify(one))],
    }).output();
    ok(success, new TextDecoder().decode(stderr));
    const lines = new TextDecoder().decode(stdout).trim().split("\n");
    equal(lines.length, sizes.length);
    for (const line of lines) {
      const fixture = T5Case.parse(JSON.parse(line));
      await checkInference(fixture);
      await checkStep(fixture);
    }
  },
});

Deno.test("bucketOf() gives PyTorch's bucket of every distance", async () => {
  const { buckets } = await t5Fixture("t5");
  equal(buckets.length, 8);
  for (const { first, buckets: expected, ...sizes } of buckets) {
    deepEqual(expected.map((_, i) => bucketOf(first + i, sizes)), expected, JSON.stringify(sizes));
  }
});

Deno.test("t5() refuses by key what it does not build", async () => {
  const { config } = await t5Fixture("t5");
  throws(() => t5({ ...config, feed_forward_proj: "gated-relu" }), /feed_forward_proj[^]*known are relu/);
  throws(() => t5({ ...config, is_encoder_decoder: false }), /is_encoder_decoder/);
  throws(() => t5({ ...config, d_kv: 0 }), /d_kv/);
  throws(() => t5({ ...config, dense_act_fn: "gelu" }), /dense_act_fn/);
  throws(() => t5({ ...config, relative_attention_max_distance: 4 }), /relative_attention_max_distance/);
  throws(() => t5({ ...config, num_heads: undefined }), /num_heads/);
});

Deno.test("the head is tied as the configuration says, in old and new words", async () => {
  const { config } = await t5Fixture("t5");
  const untied = (json: object, build = t5) =>
    modelParameters(build({ ...config, ...json }), HEAD).has("lm_head.weight");
  equal(untied({}), false);
  equal(untied({ tie_word_embeddings: false }), true);
  equal(untied({ tie_word_embeddings: true, scale_decoder_outputs: false }), true);
  equal(untied({}, mt5), true);
});

Deno.test("T5 has no token-classification head", async () => {
  const { config } = await t5Fixture("t5");
  throws(
    () => modelParameters(t5(config), { kind: "token-classification", labels: 3 }),
    /no token-classification head/,
  );
});
