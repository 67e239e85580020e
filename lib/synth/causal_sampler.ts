/** A folder of a causal language model, ready to sample letters. @module */

import { z } from "zod";
import { openDecoder } from "../checkpoint/model.ts";
import type { Model } from "../checkpoint/model.ts";
import type { Decoder } from "../architectures/architecture.ts";
import { readJson } from "../checkpoint/read_json.ts";
import { BatchSampler, type BatchSampling } from "../generate/batch_sampler.ts";
import type { SessionOptions } from "../onnx/session.ts";
import { hasRole } from "../tokenizers/special_tokens.ts";
import type { Prompt } from "./prompts.ts";

const Ends = z.looseObject({ eos_token_id: z.union([z.int(), z.array(z.int())]).nullish() });

/** A prompt in the model's pieces. */
export interface EncodedPrompt extends Prompt {
  readonly pieces: readonly number[];
}

/** A prompt's sample. */
export interface PromptSample {
  readonly prompt: EncodedPrompt;
  /** From 1. */
  readonly number: number;
}

/** A sampled text. */
export interface SampledLetter extends PromptSample {
  /** With its prompt, without special pieces. */
  readonly text: string;
  /** Pieces behind the prompt. */
  readonly pieces: number;
  /** Whether the model ended it. */
  readonly ended: boolean;
}

/** How letters are sampled. */
export interface LetterSampling extends Omit<BatchSampling, "ends"> {
  /** The most pieces behind a prompt; fewer where the model's window ends before. */
  readonly maxTokens: number;
  /** Called as each text is finished. */
  readonly onFinished?: () => void;
}

/** Samples whole letters. It holds memory until it is closed. */
export class CausalSampler {
  readonly #model: Model<Decoder>;
  readonly #ends: readonly number[];
  readonly #beginnings: readonly number[];
  readonly #sampler: BatchSampler;

  private constructor(
    model: Model<Decoder>,
    ends: readonly number[],
    beginnings: readonly number[],
    sampler: BatchSampler,
  ) {
    this.#model = model;
    this.#ends = ends;
    this.#beginnings = beginnings;
    this.#sampler = sampler;
  }

  /**
   * Opens the folder of a decoder (GPT-2, BLOOM, BioGPT and what is built like them). What ends a text is `eos_token_id` of
   * `generation_config.json` and `config.json` and the tokenizer's own end, as far as the vocabulary has them.
   *
   * @param begin whether the piece that begins a text (where there is none, the one that ends it) comes before each prompt, beside what
   * the tokenizer puts there anyway. Default false, as Hugging Face's `generate` has it.
   * @throws {Error} in one line where the folder is missing or half-written, holds no causal language model, or none with a piece
   * that ends texts
   *
   * @example
   * ```ts
   * import { tinyGpt2 } from "../fill/causal/tiny_gpt2.ts";
   * import { CausalSampler } from "./causal_sampler.ts";
   * import { ok } from "node:assert/strict";
   * const folder = `${await Deno.makeTempDir()}/tiny`;
   * await tinyGpt2(folder);
   * await using sampler = await CausalSampler.open(folder);
   * const [prompt] = sampler.encode([{ id: "a", text: "no fever and" }]);
   * if (!prompt) throw new Error("encode() gives a prompt a prompt");
   * const [letter] = await sampler.sample([{ prompt, number: 1 }], { seed: 42, maxTokens: 8 });
   * ok(letter?.text.startsWith("no fever and"));
   * ```
   */
  static async open(
    folder: string,
    { begin = false, ...session }: SessionOptions & { readonly begin?: boolean } = {},
  ): Promise<CausalSampler> {
    const model = await openDecoder(folder, { kind: "language-model" });
    const { special, around } = model.tokenizer;
    const ends = await endsOf(folder, model);
    const first = hasRole(special, "bos") ? [special.bos] : ends.slice(0, 1);
    const beginnings = begin && !first.some((id) => around.before.includes(id))
      ? [...first, ...around.before]
      : around.before;
    const sampler = await BatchSampler.open(model.architecture, model.parameters, session);
    return new CausalSampler(model, ends, beginnings, sampler);
  }

  /** The model's window, in pieces. */
  get window(): number {
    return Math.min(this.#model.maxLength, this.#model.architecture.positions);
  }

  /**
   * Prompts in pieces.
   *
   * @throws {Error} naming the prompt that has no piece, or leaves no room in the model's window
   */
  encode(prompts: readonly Prompt[]): EncodedPrompt[] {
    return prompts.map((prompt) => {
      const own = this.#model.tokenizer.encode(prompt.text);
      const pieces = [...this.#beginnings, ...own];
      if (own.length === 0) {
        throw new Error(`prompt ${prompt.id}: no piece of the model's stands for it. Change it.`);
      }
      if (pieces.length >= this.window) {
        throw new Error(
          `prompt ${prompt.id}: ${pieces.length} pieces, but the window of ${this.#model.name} has ${this.window} ` +
            "and a piece must follow. Shorten it.",
        );
      }
      return { ...prompt, pieces };
    });
  }

  /** Samples, in the order that is given: each follows from the seed, its prompt's id and text and its number alone. */
  async sample(
    samples: readonly PromptSample[],
    { maxTokens, onFinished, ...how }: LetterSampling,
  ): Promise<SampledLetter[]> {
    const texts = samples.map(({ prompt, number }) => ({
      prompt: prompt.pieces,
      name: `${prompt.id}/${number}`,
      maxPieces: Math.min(maxTokens, this.window - prompt.pieces.length),
    }));
    const options = { ...how, ends: this.#ends, ...onFinished && { onFinished } };
    const written = await this.#sampler.sample(texts, options);
    return samples.map((sample, i) => {
      const { pieces, ended } = written[i] ?? { pieces: [], ended: false };
      const whole = [...sample.prompt.pieces, ...pieces];
      const text = this.#model.tokenizer.decode(whole, { skipSpecial: true });
      return { ...sample, text, pieces: pieces.length, ended };
    });
  }

  async close(): Promise<void> {
    await this.#sampler.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

async function endsOf(
  folder: string,
  { config, tokenizer, architecture }: Model<Decoder>,
): Promise<number[]> {
  const said = await readJson(`${folder}/generation_config.json`, Ends, {});
  const ids = [said, Ends.parse({ eos_token_id: config["eos_token_id"] })].flatMap(({ eos_token_id }) =>
    eos_token_id ?? []
  );
  const own = hasRole(tokenizer.special, "eos") ? [tokenizer.special.eos] : [];
  const ends = [...new Set([...own, ...ids])].filter((id) => id >= 0 && id < architecture.vocabulary);
  if (ends.length > 0) return ends;
  throw new Error(
    `${folder}: no end-of-text: neither eos_token_id of config.json nor the tokenizer names a piece of the vocabulary that ` +
      "ends texts. Name it there, or name another model.",
  );
}
