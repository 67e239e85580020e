/**
 * Greedy decoding and sampling beside transformers' `generate()`, in one run, the two taking turns: `deno task bench generate`.
 * The interpreter is `python3`, or what the environment variable `PYTHON` names; it needs torch and transformers.
 */

import { z } from "zod";
import { gpt2 } from "../architectures/gpt2.ts";
import { modelParameters } from "../architectures/heads.ts";
import { pythonWith } from "../python.ts";
import { Peer } from "../peer.ts";
import { random } from "../random.ts";
import { initialize } from "../train/initialize.ts";
import { BatchSampler } from "./batch_sampler.ts";
import { openGenerator } from "./decoder.ts";

const CONFIG = { vocab_size: 8192, n_embd: 384, n_layer: 6, n_head: 6, n_positions: 512 };
const Seconds = z.object({ seconds: z.number() }).optional();
const [PROMPT, NEW, ROUNDS] = [32, 64, 5];

const median = (xs: readonly number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN;

const decoder = gpt2(CONFIG);
const shapes = modelParameters(decoder, { kind: "language-model" });
const weights = new Map([...shapes].map(([name, shape]) => [name, initialize(name, shape, 1)]));
const python = await pythonWith("torch", "transformers");
const script = new URL("generate_bench.py", import.meta.url).pathname;
console.log(`greedy decoding, 6 layers × 384, 8,192 pieces, ${NEW} pieces after prompts of ${PROMPT}`);
for (const threads of [2, 1]) {
  const generator = await openGenerator(decoder, weights, { threads });
  const peer = python === undefined
    ? undefined
    : new Peer(python, script, JSON.stringify(CONFIG), `${threads}`);
  const versions = await peer?.answer();
  if (versions !== undefined) console.log(`threads ${threads}, beside ${JSON.stringify(versions)}`);
  for (const batch of [1, 16]) {
    const stream = random(`bench ${batch}`);
    const prompts = Array.from(
      { length: batch },
      () => Array.from({ length: PROMPT }, () => stream.below(8192)),
    );
    const [ours, sampled, theirs]: number[][] = [[], [], []];
    for (let round = -1; round < ROUNDS; round++) {
      const time = async (options: object) => {
        const start = performance.now();
        await Array.fromAsync(generator.generate(prompts, { maxPieces: NEW, ...options }));
        return (performance.now() - start) / 1000;
      };
      const seconds = await time({});
      const chance = await time({ sampling: { seed: 1, topP: 0.95 } });
      const other = Seconds
        .parse(await peer?.ask(JSON.stringify([prompts, NEW, false])))?.seconds ?? NaN;
      if (round < 0) continue; // the first round warms caches and allocators
      ours?.push(seconds);
      sampled?.push(chance);
      theirs?.push(other);
    }
    const rate = (xs: readonly number[] = []) => `${(batch * NEW / median(xs)).toFixed(0)} pieces/s`;
    console.log(
      `  batch ${batch}: ${rate(ours)} greedily, ${rate(sampled)} by chance (topP 0.95); transformers ${
        rate(theirs)
      }, ` +
        `ours ${(median(theirs ?? []) / median(ours ?? [])).toFixed(2)} times that`,
    );
  }
  await using sampler = await BatchSampler.open(decoder, weights, { threads });
  for (const batch of [16, 64]) {
    // As `synthesize` samples: many texts of one short prompt, none of which ends before the others.
    const prompt = [1, 2, 3, 4, 5, 6];
    const texts = Array.from({ length: batch }, (_, i) => ({ prompt, name: `${i}`, maxPieces: NEW }));
    const [ours, theirs]: number[][] = [[], []];
    for (let round = -1; round < 3; round++) {
      const start = performance.now();
      await sampler.sample(texts, { seed: round, ends: [], topP: 0.95 });
      const seconds = (performance.now() - start) / 1000;
      const asked = JSON.stringify([texts.map(({ prompt }) => prompt), NEW, true]);
      const other = Seconds.parse(await peer?.ask(asked))?.seconds ?? NaN;
      if (round < 0) continue;
      ours?.push(seconds);
      theirs?.push(other);
    }
    const [us, them] = [median(ours ?? []), median(theirs ?? [])];
    console.log(
      `  batch ${batch}: ${(batch * NEW / us).toFixed(0)} pieces/s sampled in batches; transformers ` +
        `${(batch * NEW / them).toFixed(0)} pieces/s, ours ${(them / us).toFixed(2)} times that`,
    );
  }
  await peer?.close();
  await generator.close();
}
