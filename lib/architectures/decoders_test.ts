import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { GraphBuilder } from "../onnx/builder.ts";
import { DecoderCase, decoderFixture } from "../parity/decoder_fixture.ts";
import { decoderCurve, decoderInference, decoderOf, decoderStep } from "../parity/decoder_parity.ts";
import { relative } from "../parity/training_parity.ts";
import { pythonWith } from "../python.ts";
import { biogpt } from "./biogpt.ts";
import { bloom, slopesOf } from "./bloom.ts";
import { gpt2 } from "./gpt2.ts";
import { modelParameters } from "./heads.ts";
import { inputParameters, plainNet } from "./net.ts";

const HEAD = { kind: "language-model" } as const;

async function checkInference(values: DecoderCase): Promise<void> {
  for (const { name, apart } of await decoderInference(values)) ok(apart < 1e-5, `${name}: ${apart}`);
}

async function checkStep(values: DecoderCase): Promise<void> {
  const { loss, gradients, vanishing } = await decoderStep(values);
  ok(loss < 1e-6, `loss: ${loss}`);
  for (const { name, apart } of gradients) ok(apart < 1e-5, `${name}: ${apart}`);
  for (const { name, apart } of vanishing) ok(apart < 1e-7, `${name}: ${apart}`);
}

async function checkCurve(values: DecoderCase): Promise<void> {
  for (const { step, loss, torchLoss, norm, torchNorm } of await decoderCurve(values)) {
    ok(relative(loss, torchLoss) < 1e-3, `step ${step}: loss ${loss}, PyTorch ${torchLoss}`);
    ok(relative(norm, torchNorm) < 1e-2, `step ${step}: norm ${norm}, PyTorch ${torchNorm}`);
  }
}

/** The values of other configurations, computed now. */
async function computed(python: string, configs: readonly object[]): Promise<DecoderCase[]> {
  const script = new URL("decoders_oracle.py", import.meta.url).pathname;
  const args = [script, JSON.stringify(configs)];
  const { success, stdout, stderr } = await new Deno.Command(python, { args }).output();
  ok(success, new TextDecoder().decode(stderr));
  return DecoderCase.array().parse(JSON.parse(new TextDecoder().decode(stdout)));
}

for (const family of ["gpt2", "bloom", "biogpt"]) {
  const values = await decoderFixture(family);
  Deno.test(`${family}'s hidden states and logits equal PyTorch's, padding included`, () =>
    checkInference(values));
  Deno.test(`${family}'s loss and every parameter's gradient equal PyTorch's`, () => checkStep(values));
  Deno.test(`${family}: 50 steps of AdamW with warm-up and clipping follow PyTorch's curve`, () =>
    checkCurve(values));
  Deno.test(`${family}'s parameters and class are those of the checkpoint`, () => {
    const decoder = decoderOf(values);
    const shapes = modelParameters(decoder, HEAD);
    deepEqual([...shapes.keys()].toSorted(), [...values.parameters.keys()].toSorted());
    for (const [name, tensor] of values.parameters) deepEqual(shapes.get(name), tensor.shape);
    equal(decoder.className(HEAD), values.class);
    ok([...shapes.keys()].every((name) => name.startsWith(decoder.prefix)));
  });
}

/** Options that the recorded configurations leave at their defaults. */
const OTHERS = [
  {
    model_type: "gpt2",
    n_embd: 20,
    n_layer: 3,
    n_head: 2,
    n_positions: 80,
    activation_function: "gelu",
    scale_attn_by_inverse_layer_idx: true,
  },
  {
    model_type: "gpt2",
    n_embd: 16,
    n_layer: 2,
    n_head: 4,
    n_positions: 80,
    scale_attn_weights: false,
    tie_word_embeddings: false,
    activation_function: "relu",
  },
  {
    model_type: "bloom",
    hidden_size: 20,
    n_layer: 2,
    n_head: 5,
    apply_residual_connection_post_layernorm: true,
  },
  { model_type: "bloom", hidden_size: 24, n_layer: 1, n_head: 12, tie_word_embeddings: false },
  {
    model_type: "biogpt",
    hidden_size: 16,
    num_hidden_layers: 3,
    num_attention_heads: 2,
    intermediate_size: 24,
    max_position_embeddings: 72,
    scale_embedding: false,
    hidden_act: "relu",
  },
  {
    model_type: "biogpt",
    hidden_size: 16,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    intermediate_size: 24,
    max_position_embeddings: 72,
    tie_word_embeddings: false,
  },
];

Deno.test("other sizes and options agree with PyTorch too", async () => {
  const python = await pythonWith("torch", "transformers");
  if (python === undefined) return;
  for (const values of await computed(python, OTHERS)) {
    await checkInference(values);
    await checkStep(values);
  }
});

Deno.test("keys of a configuration by their other names", () => {
  const older = bloom({ vocab_size: 32, n_embed: 8, num_hidden_layers: 2, num_attention_heads: 4 });
  deepEqual([older.hidden, older.layers, older.heads, older.positions], [8, 2, 4, Infinity]);
  const newer = gpt2({
    vocab_size: 32,
    hidden_size: 8,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    max_position_embeddings: 9,
  });
  deepEqual([newer.hidden, newer.layers, newer.heads, newer.positions], [8, 2, 4, 9]);
});

Deno.test("what a configuration asks for and is not there is refused by key and value", () => {
  const sizes = { vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 };
  throws(() => gpt2({ ...sizes, activation_function: "swish" }), /activation_function[\s\S]*known are gelu/);
  throws(() => gpt2({ ...sizes, n_head: 3 }), /n_embd[\s\S]*not a multiple of n_head/);
  throws(() => gpt2({ ...sizes, add_cross_attention: true }), /add_cross_attention[\s\S]*known is false/);
  throws(() => bloom({ vocab_size: 32, hidden_size: 8, n_layer: 1 }), /n_head/);
  throws(
    () =>
      biogpt({
        vocab_size: 32,
        hidden_size: 8,
        num_hidden_layers: 1,
        num_attention_heads: 2,
        intermediate_size: 16,
        max_position_embeddings: 12,
        layerdrop: 0.1,
      }),
    /layerdrop[\s\S]*known is 0/,
  );
  const decoder = gpt2(sizes);
  throws(
    () => modelParameters(decoder, { kind: "token-classification", labels: 3 }),
    /gpt2 has no token-classification head/,
  );
  const b = new GraphBuilder("long");
  const net = plainNet(b, inputParameters(b));
  throws(
    () => decoder.states(net, { ids: b.input("ids", "int64", [1, 13]) }),
    /13 positions, but the model has 12/,
  );
});

Deno.test("slopesOf() has the slopes of the next smaller power of two, then every other one of the next larger", () => {
  deepEqual(slopesOf(8), [1, 2, 3, 4, 5, 6, 7, 8].map((i) => 2 ** -i));
  deepEqual(slopesOf(12), [...slopesOf(8), ...slopesOf(16).filter((_, i) => i % 2 === 0).slice(0, 4)]);
  deepEqual(slopesOf(1), [1 / 256]);
});
