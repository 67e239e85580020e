/** Tiny random models of every family of encoders, for tests. @module */

import { modelParameters } from "../architectures/heads.ts";
import { readConfig } from "../checkpoint/config.ts";
import { saveModel } from "../checkpoint/model.ts";
import { countWords } from "../tokenizers/train/count_words.ts";
import { MASKED_BPE_TOKENS, SPECIAL_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { BYTE_LEVEL, trainBpe } from "../tokenizers/train/train_bpe.ts";
import { writeBpe } from "../tokenizers/train/write_bpe.ts";
import { writeWordPiece } from "../tokenizers/train/write_word_piece.ts";
import { initialize } from "../train/initialize.ts";

/** The families that fill. */
export const encoderFamilies = ["bert", "distilbert", "roberta", "longformer"] as const;

/** A family that fills. */
export type EncoderFamily = typeof encoderFamilies[number];

const WORDS = "no fever cough and chest pain was seen today she felt well on the ward in clinic not ill home";
const PIECES = [
  ...SPECIAL_TOKENS,
  ...WORDS.split(" "),
  ..."abcdefghijklmnopqrstuvwxyz.,:()",
  "##s",
  "##ing",
  "##er",
];

/**
 * Writes a whole model folder: it computes as a large one does, and knows nothing.
 *
 * @example
 * ```ts
 * import { openMaskedLM } from "./encoder_model.ts";
 * import { tinyEncoder } from "./tiny_encoders.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyEncoder(folder, "longformer", 64);
 * const model = await openMaskedLM(folder);
 * equal(model.maxLength, 64);
 * await model.close();
 * ```
 */
export async function tinyEncoder(folder: string, family: EncoderFamily, positions = 48): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const byteLevel = family === "roberta" || family === "longformer";
  const vocabulary = byteLevel
    ? await writeByteLevel(folder, positions)
    : await writeWordPiece(folder, PIECES, positions).then(() => PIECES.length);
  const common = { model_type: family, vocab_size: vocabulary };
  const config = family === "distilbert"
    ? {
      dim: 16,
      n_layers: 2,
      n_heads: 2,
      hidden_dim: 24,
      max_position_embeddings: positions,
      pad_token_id: 0,
    }
    : {
      ...{ hidden_size: 16, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 24 },
      max_position_embeddings: byteLevel ? positions + 2 : positions,
      pad_token_id: byteLevel ? 1 : 0,
      type_vocab_size: byteLevel ? 1 : 2,
      ...(family === "longformer" && { attention_window: 8 }),
    };
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify({ ...common, ...config }));
  const { config: read, architecture } = await readConfig(folder);
  const head = { kind: "language-model" } as const;
  const parameters = new Map([...modelParameters(architecture, head)].map(([name, shape]) => {
    const tensor = initialize(name, shape, 42);
    if (!/norm/i.test(name)) tensor.data.forEach((x, i) => tensor.data[i] = 20 * x); // so that answers differ
    return [name, tensor];
  }));
  await saveModel({ config: read, architecture, head, parameters }, folder, "float32");
}

async function writeByteLevel(folder: string, positions: number): Promise<number> {
  const special = MASKED_BPE_TOKENS;
  const trained = trainBpe(countWords([` ${WORDS} ${WORDS}`], { ...BYTE_LEVEL, special }), {
    size: 330,
    special,
  });
  await writeBpe(folder, trained, positions);
  return trained.pieces.length;
}
