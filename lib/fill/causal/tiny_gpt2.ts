/** A tiny random GPT-2, for tests and examples. @module */

import { modelParameters } from "../../architectures/heads.ts";
import { readConfig, writeConfig } from "../../checkpoint/config.ts";
import { saveModel } from "../../checkpoint/model.ts";
import { countWords } from "../../tokenizers/train/count_words.ts";
import { CAUSAL_BPE_TOKENS } from "../../tokenizers/train/special_tokens.ts";
import { BYTE_LEVEL, trainBpe } from "../../tokenizers/train/train_bpe.ts";
import { writeBpe } from "../../tokenizers/train/write_bpe.ts";
import { initialize } from "../../train/initialize.ts";

const TEXT = "no fever cough and chest pain was seen today she felt well on the ward in clinic not ill home";

/**
 * Writes a whole model folder: it computes as a large one does, and knows nothing.
 *
 * @example See {@linkcode openCausalModel}.
 */
export async function tinyGpt2(folder: string, positions = 48): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const words = countWords([TEXT, TEXT], { ...BYTE_LEVEL, special: CAUSAL_BPE_TOKENS });
  const bpe = trainBpe(words, { size: 320, special: CAUSAL_BPE_TOKENS });
  await writeBpe(folder, bpe, positions);
  const sizes = { n_embd: 16, n_layer: 1, n_head: 2, n_positions: positions };
  await writeConfig(folder, { model_type: "gpt2", vocab_size: bpe.pieces.length, ...sizes });
  const { config, architecture } = await readConfig(folder);
  const head = { kind: "language-model" } as const;
  const shapes = [...modelParameters(architecture, head)];
  const parameters = new Map(shapes.map(([name, shape]) => [name, initialize(name, shape, 3, 0.3)]));
  await saveModel({ config, architecture, head, parameters }, folder, "float32");
}
