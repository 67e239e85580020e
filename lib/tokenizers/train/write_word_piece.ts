/** A WordPiece vocabulary as the files of a model folder. @module */

import { template } from "../template.ts";
import { CASED_BERT, UNCASED_BERT } from "./count_words.ts";
import { SPECIAL_TOKENS } from "./special_tokens.ts";
import { idsOf, writeTokenizerFiles } from "./tokenizer_files.ts";

/**
 * Writes `tokenizer.json`, `tokenizer_config.json`, `special_tokens_map.json` and `vocab.txt` of a BERT tokenizer, uncased
 * unless asked for otherwise, in the hub's layout: transformers.js and Python's `BertTokenizer` open the folder.
 *
 * @param folder is made where it is not there
 * @param pieces in the order of their ids: {@linkcode trainWordPiece}
 * @param maxLength positions of the model, special tokens included
 * @throws Error where the pieces do not start with the special tokens, or one occurs twice
 *
 * @example
 * ```ts
 * import { writeWordPiece } from "./write_word_piece.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await writeWordPiece(folder, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##b"]);
 * equal((await Deno.readTextFile(`${folder}/vocab.txt`)).split("\n")[6], "##b");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeWordPiece(
  folder: string,
  pieces: readonly string[],
  maxLength = 512,
  { cased = false }: { readonly cased?: boolean } = {},
): Promise<void> {
  const ids = idsOf(pieces, SPECIAL_TOKENS);
  const { normalizer, pre_tokenizer } = cased ? CASED_BERT : UNCASED_BERT;
  await writeTokenizerFiles(folder, {
    parts: {
      normalizer,
      pre_tokenizer,
      post_processor: template(["[CLS]"], ["[SEP]"], ids),
      decoder: { type: "WordPiece", prefix: "##", cleanup: true },
      model: {
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(ids),
      },
    },
    special: new Map(SPECIAL_TOKENS.map((token, id) => [token, id])),
    roles: { pad: "[PAD]", unk: "[UNK]", cls: "[CLS]", sep: "[SEP]", mask: "[MASK]" },
    config: {
      tokenizer_class: "BertTokenizer",
      do_lower_case: normalizer.lowercase,
      strip_accents: normalizer.strip_accents,
      tokenize_chinese_chars: true,
      model_max_length: maxLength,
    },
    more: { "vocab.txt": pieces.map((piece) => `${piece}\n`).join("") },
  });
}
