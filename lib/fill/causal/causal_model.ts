/** What a causal language model must offer to write blanks, and a model folder that offers it. @module */

import { openDecoder } from "../../checkpoint/model.ts";
import { openGenerator, type TextGenerator } from "../../generate/decoder.ts";
import type { SessionOptions } from "../../onnx/session.ts";
import type { Tokenizer } from "../../tokenizers/tokenizer.ts";

/** A causal language model over pieces of words. */
export interface CausalModel {
  readonly name: string;
  /** The longest text in pieces, what is written included. */
  readonly maxLength: number;
  /** What a text begins with where nothing stands before it. */
  readonly begin: readonly number[];
  /** Pieces that end a text. */
  readonly ends: readonly number[];
  pieces(text: string): readonly number[];
  /** The text that pieces stand for, without special ones. */
  text(pieces: readonly number[]): string;
  generate: TextGenerator["generate"];
}

/** A causal language model that holds memory until it is closed. */
export interface OpenCausalModel extends CausalModel {
  close(): Promise<void>;
}

/**
 * Opens the folder of a decoder (GPT-2, BLOOM, BioGPT and what is built like them) for writing blanks.
 *
 * @throws Error in one line where the folder is missing, half-written, holds another kind of model, or its files do not fit each other
 *
 * @example
 * ```ts
 * import { openCausalModel } from "./causal_model.ts";
 * import { tinyGpt2 } from "./tiny_gpt2.ts";
 * import { equal } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyGpt2(folder);
 * const model = await openCausalModel(folder);
 * equal(model.text(model.pieces("no fever")), "no fever");
 * await model.close();
 * ```
 */
export async function openCausalModel(
  folder: string,
  options: SessionOptions = {},
): Promise<OpenCausalModel> {
  const head = { kind: "language-model" } as const;
  const { name, architecture, tokenizer, maxLength, parameters } = await openDecoder(folder, head);
  const generator = await openGenerator(architecture, parameters, options);
  const [end, begin] = [specialOf(tokenizer, "eos"), specialOf(tokenizer, "bos")];
  return {
    ...{ name, maxLength, ends: end },
    begin: [...begin, ...end, 0].slice(0, 1),
    pieces: (text) => tokenizer.encode(text),
    text: (pieces) => tokenizer.decode(pieces, { skipSpecial: true }),
    generate: generator.generate,
    close: () => generator.close(),
  };
}

/** A special piece, or none where the family has it not. */
function specialOf(tokenizer: Tokenizer, role: "bos" | "eos"): number[] {
  try {
    return [tokenizer.special[role]];
  } catch {
    return []; // reading a role that is not there throws
  }
}
