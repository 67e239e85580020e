/**
 * A training step beside PyTorch's, in one run, the two taking turns: `deno task bench train`.
 * The interpreter is `python3`, or what the environment variable `PYTHON` names; it needs torch and transformers.
 */

import { z } from "zod";
import { bert } from "../architectures/bert.ts";
import { modelParameters } from "../architectures/heads.ts";
import { initialize } from "./initialize.ts";
import { MaskedLM } from "./masked_lm.ts";
import { random } from "../random.ts";
import { train } from "./trainer.ts";

const THREADS = navigator.hardwareConcurrency;
const ROUNDS = 7;

/** all-MiniLM-L6's size with BERT's vocabulary, and the size of encoder-small. */
const MODELS = {
  "6 layers × 384, 30,522 pieces": sizes(384, 6, 12, 30522),
  "4 layers × 256, 8,192 pieces": sizes(256, 4, 4, 8192),
} as const;
const [BATCH, LENGTH, SHARE] = [32, 128, 0.15];

function sizes(hidden: number, layers: number, heads: number, vocabulary: number) {
  return {
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: 4 * hidden,
    vocab_size: vocabulary,
    max_position_embeddings: 512,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
  };
}

/** PyTorch in a process of its own that takes a step when asked. */
class PyTorch {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #lines: ReadableStreamDefaultReader<string>;
  #rest = "";

  private constructor(
    child: Deno.ChildProcess,
    writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>,
  ) {
    this.#child = child;
    this.#writer = writer;
    this.#lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Starts Python; undefined where there is none. */
  static start(config: object, masked: number): PyTorch | undefined {
    const script = new URL("train_bench.py", import.meta.url).pathname;
    const command = new Deno.Command(Deno.env.get("PYTHON") ?? "python3", {
      args: [script, JSON.stringify(config), ...[BATCH, LENGTH, masked, THREADS].map(String)],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    });
    try {
      const child = command.spawn();
      return new PyTorch(child, child.stdin.getWriter());
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** The versions, or undefined where Python has no torch or transformers. */
  async ready(): Promise<string | undefined> {
    const line = await this.#line();
    if (line === undefined) return undefined;
    const { torch, transformers } = z.object({ torch: z.string(), transformers: z.string() }).parse(
      JSON.parse(line),
    );
    return `PyTorch ${torch}, transformers ${transformers}`;
  }

  async step(): Promise<number> {
    await this.#writer.write(new TextEncoder().encode("\n"));
    const line = await this.#line();
    if (line === undefined) throw new Error("PyTorch stopped in mid-run.");
    return z.object({ seconds: z.number() }).parse(JSON.parse(line)).seconds;
  }

  async close(): Promise<void> {
    await this.#writer.close().catch(() => {}); // closed already where Python could not start
    await this.#child.status;
  }

  async #line(): Promise<string | undefined> {
    while (!this.#rest.includes("\n")) {
      const { done, value } = await this.#lines.read();
      if (done) return undefined;
      this.#rest += value;
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return line;
  }
}

function median(xs: readonly number[]): number {
  return xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN;
}

console.log(
  `masked-LM step, batch ${BATCH} × ${LENGTH}, ${
    100 * SHARE
  }% asked for, AdamW and clipping, ${THREADS} threads`,
);
for (const [name, config] of Object.entries(MODELS)) {
  const encoder = bert(config);
  const stream = random("bench");
  const text = Array.from({ length: 2 * BATCH * LENGTH }, () => 5 + stream.below(config.vocab_size - 5));
  const task = new MaskedLM(encoder, [text], { cls: 2, sep: 3, mask: 4, unk: 1, pad: 0 }, {
    batch: [BATCH, LENGTH],
    share: SHARE,
    seed: 1,
  });
  const parameters = new Map(
    [...modelParameters(encoder, { kind: "language-model" })].map((
      [key, shape],
    ) => [key, initialize(key, shape, 1)]),
  );
  const steps = train(parameters, task, { steps: ROUNDS + 2, learningRate: 1e-4, threads: THREADS });
  const ours: number[] = [];
  const theirs: number[] = [];
  const masked = Math.round(BATCH * (LENGTH - 2) * SHARE);
  const peer = PyTorch.start(config, masked);
  const versions = await peer?.ready();
  for (let round = -2; round < ROUNDS; round++) {
    const start = performance.now();
    await steps.next();
    const seconds = (performance.now() - start) / 1000;
    const other = versions === undefined ? NaN : await peer?.step() ?? NaN;
    if (round < 0) continue; // the first rounds warm caches and allocators
    ours.push(seconds);
    theirs.push(other);
  }
  await peer?.close();
  await steps.return(undefined);
  console.log(`${name}: ${median(ours).toFixed(3)} s a step`);
  if (versions === undefined) console.log("  no PyTorch beside it: python3 has no torch and transformers");
  else {console.log(
      `  ${versions}: ${median(theirs).toFixed(3)} s, ${
        (median(theirs) / median(ours)).toFixed(2)
      } times ours`,
    );}
}
