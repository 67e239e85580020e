import { deepEqual, ok } from "node:assert/strict";
import wabt from "wabt";
import { random } from "../random.ts";
import { squaredNorm, update } from "./adamw_kernel.ts";

const deviates = (count: number, seed: string) => {
  const stream = random(seed);
  return Float32Array.from({ length: count }, () => stream.normal());
};

/** Lengths around a vector's four numbers and around a part of 16,384. */
const LENGTHS = [1, 3, 4, 5, 16383, 16384, 16385, 40001];

Deno.test("adamw.wasm is what adamw.wat says", async () => {
  const text = await Deno.readTextFile(new URL("adamw.wat", import.meta.url));
  const { buffer } = (await wabt()).parseWat("adamw.wat", text, { simd: true }).toBinary({});
  deepEqual(await Deno.readFile(new URL("adamw.wasm", import.meta.url)), buffer);
});

Deno.test("update() computes AdamW for every element of arrays of any length", () => {
  for (const length of LENGTHS) {
    const [parameter, gradient, first] = ["p", "g", "m"].map((seed) => deviates(length, seed));
    const second = deviates(length, "v").map(Math.abs);
    ok(parameter && gradient && first);
    const factors = { scale: 0.5, size: 0.1, correction: 1.5, epsilon: 1e-8, keep: 0.99 };
    const expected = Array.from(parameter, (p, i) => {
      const g = (gradient[i] ?? 0) * factors.scale;
      const m = 0.9 * (first[i] ?? 0) + 0.1 * g;
      const v = 0.999 * (second[i] ?? 0) + 0.001 * g * g;
      return { m, v, p: p * factors.keep - factors.size * m / (Math.sqrt(v) * factors.correction + 1e-8) };
    });
    update(parameter, gradient, first, second, { ...factors, betas: [0.9, 0.999] });
    for (const [i, { p, m, v }] of expected.entries()) {
      // Where the second moment is nearly nothing the step is large, and so is its rounding.
      ok(Math.abs((parameter[i] ?? 0) - p) <= 1e-6 * (1 + Math.abs(p)), `${length}: parameter ${i}`);
      ok(
        Math.abs((first[i] ?? 0) - m) < 1e-6 && Math.abs((second[i] ?? 0) - v) < 1e-6,
        `${length}: moments ${i}`,
      );
    }
  }
});

Deno.test("squaredNorm() sums the squares of all elements, and of nothing else", () => {
  for (const length of LENGTHS) {
    squaredNorm(new Float32Array(16384).fill(1e6)); // leaves large numbers where a shorter array does not reach
    const data = deviates(length, "x");
    const expected = data.reduce((sum, x) => sum + x * x, 0);
    ok(Math.abs(squaredNorm(data) - expected) < 1e-12 * expected, `${length}`);
  }
});
