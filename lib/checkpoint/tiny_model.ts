/** Tiny random models, for tests and examples. @module */

import { modelParameters } from "../architectures/heads.ts";
import { initialize } from "../train/initialize.ts";
import { SPECIAL_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { writeWordPiece as writeTokenizer } from "../tokenizers/train/write_word_piece.ts";
import { readConfig } from "./config.ts";
import { saveModel } from "./model.ts";

export interface TinyModelOptions {
  /** The vocabulary after the special tokens. */
  readonly pieces: readonly string[];
  readonly positions: number;
  readonly layers?: number;
  readonly seed?: number;
}

/**
 * Writes a whole model folder of a few thousand random numbers: it computes as a large one does, and knows nothing.
 *
 * @example
 * ```ts
 * import { openModel } from "./model.ts";
 * import { tinyModel } from "./tiny_model.ts";
 * import { equal } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyModel(folder, { pieces: ["fever", "cough"], positions: 16 });
 * equal((await openModel(folder, { kind: "none" })).architecture.vocabulary, 7);
 * ```
 */
export async function tinyModel(folder: string, options: TinyModelOptions): Promise<void> {
  const { pieces, positions, layers = 3, seed = 42 } = options;
  const vocabulary = [...SPECIAL_TOKENS, ...pieces];
  const sizes = {
    model_type: "bert",
    vocab_size: vocabulary.length,
    hidden_size: 16,
    num_hidden_layers: layers,
    num_attention_heads: 2,
    intermediate_size: 24,
    max_position_embeddings: positions,
  };
  await Deno.mkdir(folder, { recursive: true });
  await writeTokenizer(folder, vocabulary, positions);
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(sizes));
  const { config, architecture } = await readConfig(folder);
  const head = { kind: "language-model" } as const;
  const parameters = new Map([...modelParameters(architecture, head)].map(([name, shape]) => {
    const tensor = initialize(name, shape, seed);
    if (!name.includes("LayerNorm")) tensor.data.forEach((x, i) => tensor.data[i] = 20 * x); // so that answers differ
    return [name, tensor];
  }));
  await saveModel({ config, architecture, head, parameters }, folder, "float16");
}
