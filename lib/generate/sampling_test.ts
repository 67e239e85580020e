import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { z } from "zod";
import { random } from "../random.ts";
import { draw, eligible } from "./sampling.ts";

/** What sampling_oracle.py computed with transformers. */
const oracle = z.object({
  cases: z.array(z.object({
    logits: z.array(z.number()),
    temperature: z.number(),
    topK: z.number().nullable(),
    topP: z.number().nullable(),
    kept: z.array(z.number()),
    probabilities: z.array(z.number()),
  })),
}).parse(JSON.parse(await Deno.readTextFile(new URL("sampling_oracle.json", import.meta.url))));

function softmax(logits: readonly number[], temperature: number): Float32Array {
  const greatest = Math.max(...logits);
  const exps = logits.map((x) => Math.exp((x - greatest) / temperature));
  const sum = exps.reduce((a, b) => a + b, 0);
  return Float32Array.from(exps, (x) => x / sum);
}

const optionsOf = ({ topK, topP }: { topK: number | null; topP: number | null }) => ({
  ...(topK !== null && { topK }),
  ...(topP !== null && { topP }),
});

Deno.test("eligible() leaves to chance what transformers leaves, as likely", () => {
  for (const { logits, temperature, kept, probabilities, ...limits } of oracle.cases) {
    const all = softmax(logits, temperature);
    const pieces = eligible(all, optionsOf(limits));
    deepEqual(pieces, kept.toSorted((a, b) => a - b));
    const sum = pieces.reduce((sum, piece) => sum + (all[piece] ?? 0), 0);
    for (const [i, piece] of kept.entries()) {
      ok(Math.abs((all[piece] ?? 0) / sum - (probabilities[i] ?? 0)) < 1e-6);
    }
  }
});

Deno.test("eligible() of equals takes those with the smaller ids", () => {
  deepEqual(eligible(new Float32Array(6).fill(1 / 6), { topK: 3 }), [0, 1, 2]);
  deepEqual(eligible(new Float32Array(8).fill(1 / 8), { topP: 0.5 }), [0, 1, 2, 3]);
  deepEqual(eligible(Float32Array.of(0, 1, 0), { topP: 0.9 }), [1]);
  deepEqual(eligible(Float32Array.of(0.1, 0.3, 0.3, 0.3), { topK: 3, topP: 0.5 }), [1, 2]);
});

Deno.test("draw() draws as often as the probabilities say", () => {
  const probabilities = Float32Array.of(0.1, 0.4, 0.2, 0.3);
  for (
    const [options, expected] of [
      [{}, [0.1, 0.4, 0.2, 0.3]],
      [{ topK: 2 }, [0, 4 / 7, 0, 3 / 7]],
      [{ topP: 0.8 }, [0, 4 / 9, 2 / 9, 3 / 9]],
    ] as const
  ) {
    const stream = random(11);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 5000; i++) {
      const piece = draw(probabilities, { seed: 0, ...options }, stream);
      counts[piece] = (counts[piece] ?? 0) + 1;
    }
    // Four standard deviations of a count.
    for (const [piece, p] of expected.entries()) {
      ok(Math.abs((counts[piece] ?? 0) - 5000 * p) <= 4 * Math.sqrt(5000 * p * (1 - p)), `${counts}`);
    }
  }
});

Deno.test("draw() never takes what is impossible, and says so where all is", () => {
  const stream = random(1);
  for (let i = 0; i < 100; i++) equal(draw(Float32Array.of(0, 1e-30, 0), { seed: 0 }, stream), 1);
  throws(() => draw(new Float32Array(3), { seed: 0 }, stream), /none of 3 pieces is possible/);
});

Deno.test("draw() takes all that are possible where topK or topP would keep more", () => {
  const probabilities = Float32Array.of(0, 0.3, 0.7, 0);
  for (const limit of [{ topK: 3 }, { topP: 1 - 1e-12 }, { topK: 3, topP: 1 - 1e-12 }]) {
    const drawn = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      drawn.add(draw(probabilities, { ...limit, seed }, random(`${seed}`)));
    }
    deepEqual([...drawn].sort(), [1, 2]);
  }
});
