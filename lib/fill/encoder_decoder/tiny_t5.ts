/** A tiny random T5, for tests and examples. @module */

import { modelParameters } from "../../architectures/heads.ts";
import { readConfig, writeConfig } from "../../checkpoint/config.ts";
import { saveModel } from "../../checkpoint/model.ts";
import { writeUnigram } from "../../tokenizers/train/write_unigram.ts";
import { initialize } from "../../train/initialize.ts";

const WORDS = "no fever cough and chest pain was seen today she felt well on the ward in clinic not ill home";

/** How large it is. */
export interface TinyT5Options {
  /** The longest input. Default 64. */
  readonly maxLength?: number;
  /** Default 100. */
  readonly sentinels?: number;
  /** Of the weights. Default 0.3: it is sure of what it says, and knows nothing. */
  readonly spread?: number;
}

/**
 * Writes a whole model folder: it computes as a large one does, and knows nothing.
 *
 * @example See {@linkcode openInfillingModel}.
 */
export async function tinyT5(
  folder: string,
  { maxLength = 64, sentinels = 100, spread = 0.3 }: TinyT5Options = {},
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const texts = [
    ...WORDS.split(" ").map((word) => `▁${word}`),
    ..."▁abcdefghijklmnopqrstuvwxyz.,:()0123456789",
  ];
  const pieces = [
    ...["<pad>", "</s>", "<unk>"].map((token): [string, number] => [token, 0]),
    ...texts.map((text): [string, number] => [text, text.length > 1 ? -3 : -8]),
  ];
  await writeUnigram(folder, pieces, { maxLength, sentinels });
  await writeConfig(folder, {
    ...{ model_type: "t5", vocab_size: pieces.length + sentinels, d_model: 16, d_kv: 8, d_ff: 32 },
    ...{ num_layers: 1, num_heads: 2, n_positions: maxLength, decoder_start_token_id: 0 },
  });
  const { config, architecture } = await readConfig(folder);
  const head = { kind: "language-model" } as const;
  const parameters = new Map(
    [...modelParameters(architecture, head)].map(([name, shape]) => {
      const tensor = initialize(name, shape, 7, spread);
      if (name.endsWith("layer_norm.weight")) tensor.data.fill(1);
      return [name, tensor];
    }),
  );
  await saveModel({ config, architecture, head, parameters }, folder, "float32");
}
