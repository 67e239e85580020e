import { deepEqual, ok, throws } from "node:assert/strict";
import { plainNet } from "../architectures/net.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { differentiate } from "../onnx/differentiate.ts";
import { Session } from "../onnx/session.ts";
import { sizeOf, type Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";
import { drawMask } from "./draw_mask.ts";
import { Dropout } from "./dropout.ts";

const mean = (data: ArrayLike<number>) => Array.from(data).reduce((sum, x) => sum + x, 0) / data.length;
const drawn = (probability: number, seed: string, length = 200_000) => {
  const mask = new Float32Array(length);
  drawMask(mask, probability, seed);
  return mask;
};

Deno.test("drawMask() drops the share it is told, keeps the sum, and no neighbours hang together", () => {
  for (const probability of [0, 0.05, 0.1, 0.5]) {
    const mask = drawn(probability, "a");
    const dropped = mask.map((x) => x === 0 ? 1 : 0);
    const spread = Math.sqrt(probability * (1 - probability) / mask.length);
    ok(Math.abs(mean(dropped) - probability) <= 4 * spread + 1e-5, `${probability}: ${mean(dropped)}`);
    ok(new Set(mask).size <= 2);
    for (const distance of [1, 2, 7]) {
      const both = mean(dropped.subarray(distance).map((x, i) => x * (dropped[i] ?? 0)));
      ok(Math.abs(both - probability ** 2) < 4 * probability / Math.sqrt(mask.length) + 1e-5);
    }
  }
  deepEqual(drawn(0.1, "a", 101), drawn(0.1, "a", 101));
  ok(`${drawn(0.1, "a", 101)}` !== `${drawn(0.1, "b", 101)}`);
  throws(() => drawn(1, "a", 1), /dropout 1 is not in \[0, 1\)/);
});

/** y = dropout(x) at several sites of different sizes and probabilities, and what a run of it gives. */
async function sites(step: number, seed = 42) {
  const shapes = [[64, 100], [50, 20], [64, 100]] as const;
  const b = new GraphBuilder("sites");
  const dropout = new Dropout(seed);
  const net = dropout.net(plainNet(b, () => b.scalar(0)));
  const xs = shapes.map((shape, i) => b.input(`x${i}`, "float32", shape));
  const ys = xs.map((x, i) => b.named(`y${i}`, net.dropout(x, i === 1 ? 0.5 : 0.1)));
  const stream = random("weights");
  const losses = ys.map((y, i) => {
    const weights = Float32Array.from({ length: sizeOf(y.shape.map(Number)) }, () => stream.normal());
    const data: Tensor<"float32"> = { dtype: "float32", shape: shapes[i] ?? [], data: weights };
    return { data, loss: b.reduceSum(b.mul(y, b.initializer(`w${i}`, data)), [0, 1], false) };
  });
  const loss = losses.map(({ loss }) => loss).reduce((sum, term) => b.add(sum, term));
  const gradients = differentiate(b, loss, xs).map((g, i) => b.named(`g${i}`, g));
  const session = await Session.open(b.graph([...ys, ...gradients]));
  const ones = (shape: readonly number[]): Tensor => {
    return { dtype: "float32", shape, data: new Float32Array(sizeOf(shape)).fill(1) };
  };
  const feeds = Object.fromEntries(shapes.map((shape, i) => [`x${i}`, ones(shape)]));
  const results = await session.run({ ...feeds, ...dropout.masks(step) });
  await session.close();
  const of = (name: string) => Float32Array.from(results[name]?.data ?? [], Number);
  return shapes.map((_, i) => ({
    mask: of(`y${i}`),
    gradient: of(`g${i}`),
    weights: losses[i]?.data.data ?? [],
  }));
}

Deno.test("Dropout multiplies each site by a mask of its own probability, and its gradient by the same", async () => {
  const found = await sites(3);
  for (const [i, { mask, gradient, weights }] of found.entries()) {
    const probability = i === 1 ? 0.5 : 0.1;
    const spread = Math.sqrt(probability * (1 - probability) / mask.length);
    ok(Math.abs(mean(mask.map((x) => x === 0 ? 1 : 0)) - probability) < 4 * spread, `site ${i}`);
    ok(Math.abs(mean(mask) - 1) < 4 * spread / (1 - probability), `site ${i}`);
    // The loss is linear in x: its gradient is exactly weight · mask.
    deepEqual(gradient, Float32Array.from(mask, (x, j) => x * (weights[j] ?? 0)));
  }
  ok(`${found[0]?.mask}` !== `${found[2]?.mask}`, "sites of one size have masks of their own");
});

Deno.test("Dropout's masks are decided by seed and step alone", async () => {
  const masks = async (step: number, seed?: number) => (await sites(step, seed)).map(({ mask }) => mask);
  const first = await masks(3);
  deepEqual(await masks(3), first);
  ok(`${await masks(4)}` !== `${first}`);
  ok(`${await masks(3, 43)}` !== `${first}`);
});
