import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { gpt2 } from "../../architectures/gpt2.ts";
import { modelParameters } from "../../architectures/heads.ts";
import type { Tensor } from "../../onnx/tensor.ts";
import { inMemory, type LazyTensor, type TensorSource } from "../../onnx/tensor_source.ts";
import { random } from "../../random.ts";
import { CausalLM } from "../causal_lm.ts";
import { initialize } from "../initialize.ts";
import { openGraph } from "../open_graph.ts";
import { given, gradientOf, stepGraph } from "../step_graph.ts";
import { train } from "../trainer.ts";
import { denseLayers } from "./dense_layers.ts";
import { type Adapted, lora } from "./lora.ts";
import { type BlockFormat, dequantizeBlocks, quantizeBlocks } from "./quantize_blocks.ts";
import { readFloat32 } from "./read_float32.ts";

const architecture = gpt2({ vocab_size: 50, n_embd: 32, n_layer: 2, n_head: 2, n_positions: 16 });
const head = { kind: "language-model" } as const;
const weights: TensorSource = new Map(
  [...modelParameters(architecture, head)].map((
    [name, shape],
  ) => [name, inMemory(initialize(name, shape, 1, 0.1))]),
);
const options = { rank: 4, alpha: 8, targets: ["c_attn", "c_fc", "c_proj"], seed: 42 };
const text = Array.from({ length: 200 }, (_, i) => (7 * i + i % 3) % 50);
const task = new CausalLM(architecture, [text], 0, { batch: [2, 12], seed: 1 });

async function read<T extends "uint8" | "float32">(tensor: LazyTensor<T>) {
  const [data] = await Array.fromAsync(tensor.pieces());
  ok(data);
  return { dtype: tensor.dtype, shape: tensor.shape, data };
}

/** What the weights are once they have been in blocks, stored as the model stores them. */
async function rounded(format: BlockFormat): Promise<TensorSource> {
  const source = new Map<string, LazyTensor>(weights);
  for (const { name, transposed } of denseLayers(architecture, head)) {
    const weight = weights.get(`${name}.weight`);
    ok(weight);
    const exact = inMemory(await readFloat32(name, weight));
    const { values, scales } = quantizeBlocks(exact, format, transposed);
    const { shape: [rows = 0, columns = 0], data } = dequantizeBlocks(
      await read(values),
      await read(scales),
      format,
    );
    const stored = new Float32Array(data.length);
    data.forEach((x, i) => stored[(i % columns) * rows + Math.floor(i / columns)] = x); // GPT-2's (from, to)
    source.set(`${name}.weight`, inMemory({ dtype: "float32", shape: [columns, rows], data: stored }));
  }
  return source;
}

async function gradients({ parameters, base }: Adapted) {
  const batch = task.batch(0);
  const session = await openGraph(stepGraph(parameters, task, batch, { base }).graph, { base, threads: 1 });
  const results = await session.run({ ...given(parameters, base), ...batch });
  await session.close();
  return results;
}

/** Adapters begin with B = 0, by which A has no gradient. */
function shaken({ parameters }: Adapted): void {
  const stream = random("shaken");
  for (const { data } of parameters.values()) data.forEach((x, i) => data[i] = x + 0.05 * stream.normal());
}

for (
  const format of [{ bits: 4, blockSize: 16 }, { bits: 4, blockSize: 32 }, {
    bits: 8,
    blockSize: 32,
  }] as const
) {
  Deno.test(`on a base in blocks of ${format.blockSize} × ${format.bits} bits, loss and gradients are those of the weights in the blocks`, async () => {
    const inBlocks = await lora({ architecture, head, weights }, { ...options, base: format });
    const inFloat = await lora({ architecture, head, weights: await rounded(format) }, options);
    shaken(inBlocks);
    shaken(inFloat);
    const [got, expected] = [await gradients(inBlocks), await gradients(inFloat)];
    ok(Math.abs(Number(got["loss"]?.data[0]) - Number(expected["loss"]?.data[0])) < 1e-5);
    for (const name of inBlocks.parameters.keys()) {
      const [mine = [], theirs = []] = [got, expected].map((of) =>
        Array.from(of[gradientOf(name)]?.data ?? [], Number)
      );
      const largest = Math.max(...theirs.map(Math.abs));
      equal(mine.length, theirs.length);
      theirs.forEach((x, i) => ok(Math.abs(x - (mine[i] ?? 0)) < 1e-4 * largest, `${name}[${i}]`));
    }
  });
}

Deno.test("on a base in blocks, gradients equal central differences", async () => {
  const adapted = await lora({ architecture, head, weights }, {
    ...options,
    base: { bits: 4, blockSize: 32 },
  });
  shaken(adapted);
  const results = await gradients(adapted);
  for (
    const name of ["transformer.h.0.attn.c_attn.lora_B.weight", "transformer.h.1.mlp.c_proj.lora_A.weight"]
  ) {
    const { data } = adapted.parameters.get(name) ?? { data: new Float32Array() };
    const gradient = results[gradientOf(name)]?.data ?? [];
    // Along the gradient the loss changes most, so that float32 shows it.
    const norm = Math.sqrt(Array.from(gradient, Number).reduce((sum, x) => sum + x * x, 0));
    const before = data.slice();
    const lossAt = async (step: number) => {
      data.forEach((_, i) => data[i] = (before[i] ?? 0) + step * Number(gradient[i]) / norm);
      return Number((await gradients(adapted))["loss"]?.data[0]);
    };
    const slope = (await lossAt(0.02) - await lossAt(-0.02)) / 0.04;
    data.set(before);
    ok(Math.abs(slope - norm) < 2e-3 * norm, `${name}: ${norm}, expected ${slope}`);
  }
});

Deno.test("a model learns on a base of 4 bits, computed in float or in eight bits", async () => {
  for (const compute of ["float", "int8"] as const) {
    const base = { bits: 4, blockSize: 32, compute } as const;
    const adapted = await lora({ architecture, head, weights }, { ...options, base });
    const settings = { steps: 30, learningRate: 0.02, base: adapted.base, threads: 1 };
    const losses = (await Array.fromAsync(train(adapted.parameters, task, settings))).map(({ loss }) => loss);
    ok((losses.at(-1) ?? 9) < 0.9 * (losses[0] ?? 0), `${compute}: ${losses[0]} → ${losses.at(-1)}`);
  }
});

Deno.test("quantizeBlocks() is exact at a block's end, and off by less than a step elsewhere", async () => {
  const stream = random("weights");
  const data = Float32Array.from({ length: 3 * 64 }, () => stream.normal());
  data.fill(0, 128, 144); // a block of zeros
  const weight: Tensor<"float32"> = { dtype: "float32", shape: [3, 64], data };
  for (const format of [{ bits: 4, blockSize: 16 }, { bits: 8, blockSize: 64 }] as const) {
    const { values, scales } = quantizeBlocks(inMemory(weight), format);
    const s = await read(scales);
    const back = dequantizeBlocks(await read(values), s, format);
    deepEqual(back.shape, [3, 64]);
    for (let start = 0; start < data.length; start += format.blockSize) {
      const block = Array.from(data.subarray(start, start + format.blockSize));
      const largest = block.reduce((most, x) => Math.abs(x) > Math.abs(most) ? x : most, 0);
      const step = Math.abs(s.data[start / format.blockSize] ?? 0);
      for (const [i, x] of block.entries()) {
        const error = Math.abs((back.data[start + i] ?? 9) - x);
        if (x === largest) ok(error < 1e-6);
        // The side away from the largest number has one step less.
        else {ok(
            error <= (Math.sign(x) === Math.sign(largest) ? 0.501 : 1.001) * step,
            `${x}: off by ${error / step} steps`,
          );}
      }
    }
    const turned = quantizeBlocks(
      inMemory({
        dtype: "float32",
        shape: [64, 3],
        data: data.map((_, i) => data[(i % 3) * 64 + Math.floor(i / 3)] ?? 0),
      }),
      format,
      true,
    );
    deepEqual(await read(turned.values), await read(values));
    deepEqual(await read(turned.scales), s);
  }
  await rejects(
    lora({ architecture, head, weights }, { ...options, base: { bits: 4, blockSize: 64 } }),
    /transformer\.h\.0\.attn\.c_attn: 32 columns are not whole blocks of 64\. Choose a smaller block\./,
  );
});
