import { deepEqual, equal, notDeepEqual, ok, rejects, throws } from "node:assert/strict";
import { gpt2 } from "../architectures/gpt2.ts";
import { modelParameters } from "../architectures/heads.ts";
import { decoderFixture } from "../parity/decoder_fixture.ts";
import { decoderOf } from "../parity/decoder_parity.ts";
import { random } from "../random.ts";
import { initialize } from "../train/initialize.ts";
import { drawFromNucleus } from "./batch_draw.ts";
import { BatchSampler } from "./batch_sampler.ts";
import { eligible } from "./sampling.ts";

for (const family of ["gpt2", "bloom", "biogpt"]) {
  Deno.test(`${family} in a batch writes what PyTorch writes greedily where chance has no say`, async () => {
    const values = await decoderFixture(family);
    await using sampler = await BatchSampler.open(decoderOf(values), values.parameters);
    const { prompts, greedy } = values.text;
    const texts = [...prompts, ...prompts].map((prompt, i) => ({ prompt, name: `${i}`, maxPieces: 64 }));
    const written = await sampler.sample(texts, { seed: 1, ends: [], topP: 1e-6 });
    deepEqual(written.map(({ pieces }) => pieces), [...greedy, ...greedy]);
    const end = greedy[0]?.[20] ?? NaN;
    const [first] = await sampler.sample(texts, { seed: 1, ends: [end], topP: 1e-6 });
    deepEqual(first, { pieces: greedy[0]?.slice(0, greedy[0].indexOf(end)), ended: true });
  });
}

Deno.test("a sampled text is the same to the last piece, whoever is beside it, in a model of some width", async () => {
  const decoder = gpt2({ vocab_size: 997, n_embd: 96, n_layer: 3, n_head: 3, n_positions: 128 });
  const shapes = modelParameters(decoder, { kind: "language-model" });
  const weights = new Map([...shapes].map(([name, shape]) => [name, initialize(name, shape, 1)]));
  await using sampler = await BatchSampler.open(decoder, weights, { threads: 2 });
  const stream = random("prompts");
  const prompts = [3, 5, 3, 4].map((length) => Array.from({ length }, () => stream.below(997)));
  const texts = prompts.flatMap((prompt, p) =>
    Array.from({ length: 9 }, (_, i) => ({ prompt, name: `${p}/${i}`, maxPieces: 60 }))
  );
  const how = { seed: 7, ends: [3, 4, 5, 6, 7, 8, 9], topP: 0.95 };
  const together = await sampler.sample(texts, how);
  for (const rows of [1, 5]) deepEqual(await sampler.sample(texts, { ...how, rows }), together);
  deepEqual(await sampler.sample(texts.toReversed(), how), together.toReversed());
  deepEqual(await sampler.sample(texts.slice(20, 21), how), together.slice(20, 21));
  notDeepEqual(together[0], together[1]);
  notDeepEqual(await sampler.sample(texts.slice(0, 1), { ...how, seed: 8 }), together.slice(0, 1));
  ok(together.some(({ ended }) => ended) && together.some(({ ended }) => !ended));
});

Deno.test("sample() refuses what cannot be written", async () => {
  const values = await decoderFixture("gpt2");
  await using sampler = await BatchSampler.open(decoderOf(values), values.parameters);
  const [text, how] = [{ prompt: [1], name: "a/1", maxPieces: 4 }, { seed: 1, ends: [] }];
  await rejects(sampler.sample([{ ...text, prompt: [] }], how), /a\/1: the prompt has no pieces/);
  await rejects(
    sampler.sample([{ ...text, maxPieces: 80 }], how),
    /a\/1: 1 pieces and 80 to come.* 80 posit/,
  );
  await rejects(sampler.sample([text], { ...how, topP: 0 }), /topP 0: choose/);
  await rejects(sampler.sample([text], { ...how, rows: 0 }), /rows 0: choose/);
});

Deno.test("drawFromNucleus() draws the nucleus's pieces as often as they are likely, and no others", () => {
  const stream = random(42);
  const weights = Array.from({ length: 40 }, () => Math.exp(2 * stream.normal()));
  const total = weights.reduce((a, b) => a + b);
  const probabilities = Float32Array.from(weights, (x) => x / total);
  const nucleus = eligible(probabilities, { topP: 0.8 });
  const mass = nucleus.reduce((sum, piece) => sum + (probabilities[piece] ?? NaN), 0);
  const counts = new Map<number, number>();
  const draws = 40_000;
  for (let i = 0; i < draws; i++) {
    const piece = drawFromNucleus(probabilities, 0.8, stream);
    counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  deepEqual([...counts.keys()].toSorted((a, b) => a - b), nucleus);
  for (const piece of nucleus) {
    const share = (probabilities[piece] ?? NaN) / mass;
    const deviation = Math.sqrt(share * (1 - share) / draws);
    ok(Math.abs((counts.get(piece) ?? 0) / draws - share) < 4.5 * deviation);
  }
  equal(drawFromNucleus(Float32Array.of(0.5, 0.5), 0.5, random(1)), 0);
  throws(() => drawFromNucleus(Float32Array.of(NaN, NaN), 0.9, random(1)), /none of 2 pieces/);
});
