/** A unigram vocabulary as the files of a model folder. @module */

import { template } from "../template.ts";
import { UNIGRAM_TOKENS } from "./special_tokens.ts";
import { idsOf, writeTokenizerFiles } from "./tokenizer_files.ts";
import { type LOWER_CASE_WORDS, METASPACE, type ScoredPieces } from "./train_unigram.ts";

export interface UnigramFilesOptions {
  /** Positions of the model, special tokens included. */
  readonly maxLength: number;
  /** How many sentinels `<extra_id_0>` and on come after the pieces. Default 100, as T5 has. */
  readonly sentinels?: number;
  /** How texts become words. Default {@linkcode METASPACE}: that which the pieces were trained with. */
  readonly splitting?: typeof METASPACE | typeof LOWER_CASE_WORDS;
}

/**
 * Writes `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json` of a tokenizer of T5's kind, in the hub's layout: Python's
 * `AutoTokenizer` and transformers.js open the folder. A text is followed by `</s>`.
 *
 * @param folder is made where it is not there
 * @param pieces in the order of their ids, {@linkcode UNIGRAM_TOKENS} first: {@linkcode trainUnigram}
 * @throws Error where the pieces do not start with the special tokens, or one occurs twice
 *
 * @example
 * ```ts
 * import { Tokenizer } from "../tokenizer.ts";
 * import { writeUnigram } from "./write_unigram.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const pieces = [["<pad>", 0], ["</s>", 0], ["<unk>", 0], ["▁no", -2], ["▁", -3], ["fever", -3]] as const;
 * await writeUnigram(folder, pieces, { maxLength: 512, sentinels: 2 });
 * const tokenizer = await Tokenizer.open(folder);
 * deepEqual(tokenizer.withSpecial(tokenizer.encode("no fever <extra_id_0>")), [3, 4, 5, 7, 1]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeUnigram(
  folder: string,
  pieces: ScoredPieces,
  { maxLength, sentinels = 100, splitting = METASPACE }: UnigramFilesOptions,
): Promise<void> {
  const ids = idsOf(pieces.map(([piece]) => piece), UNIGRAM_TOKENS);
  // The later the sentinel, the smaller its id.
  const extra = Array.from({ length: sentinels }, (_, i) => `<extra_id_${sentinels - 1 - i}>`);
  const decoder = METASPACE.pre_tokenizer.pretokenizers[1];
  await writeTokenizerFiles(folder, {
    parts: {
      ...splitting,
      post_processor: template([], ["</s>"], ids),
      decoder,
      model: { type: "Unigram", unk_id: ids.get("<unk>"), vocab: pieces, byte_fallback: false },
    },
    special: new Map([
      ...UNIGRAM_TOKENS.map((token, id): [string, number] => [token, id]),
      ...extra.map((token, i): [string, number] => [token, pieces.length + i]),
    ]),
    roles: { eos: "</s>", unk: "<unk>", pad: "<pad>" },
    config: {
      tokenizer_class: "PreTrainedTokenizerFast",
      extra_special_tokens: extra,
      model_max_length: maxLength,
    },
  });
}
