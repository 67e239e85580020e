/** A byte-level vocabulary as the files of a model folder. @module */

import { template } from "../template.ts";
import { CAUSAL_BPE_TOKENS, MASKED_BPE_TOKENS } from "./special_tokens.ts";
import { idsOf, writeTokenizerFiles } from "./tokenizer_files.ts";
import { BYTE_LEVEL, type TrainedBpe } from "./train_bpe.ts";

/**
 * Writes `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json` of a byte-level tokenizer, in the hub's layout: Python's
 * `AutoTokenizer` and transformers.js open the folder. A vocabulary that begins with {@linkcode MASKED_BPE_TOKENS} becomes one of RoBERTa's
 * kind, which puts `<s>` and `</s>` around a text; one that begins with {@linkcode CAUSAL_BPE_TOKENS} one of GPT-2's, which puts nothing.
 *
 * @param folder is made where it is not there
 * @param maxLength positions of the model, special tokens included
 * @throws Error where the pieces begin with neither, or one occurs twice
 *
 * @example
 * ```ts
 * import { Tokenizer } from "../tokenizer.ts";
 * import { countWords } from "./count_words.ts";
 * import { CAUSAL_BPE_TOKENS as special } from "./special_tokens.ts";
 * import { BYTE_LEVEL, trainBpe } from "./train_bpe.ts";
 * import { writeBpe } from "./write_bpe.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const words = countWords(["No fever, no fever."], { ...BYTE_LEVEL, special });
 * await writeBpe(folder, trainBpe(words, { size: 280, special }), 1024);
 * const tokenizer = await Tokenizer.open(folder);
 * equal(tokenizer.decode(tokenizer.encode("No fever.\n")), "No fever.\n");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeBpe(
  folder: string,
  { pieces, merges }: TrainedBpe,
  maxLength: number,
): Promise<void> {
  const masked = pieces[0] === MASKED_BPE_TOKENS[0];
  const tokens = masked ? MASKED_BPE_TOKENS : CAUSAL_BPE_TOKENS;
  const ids = idsOf(pieces, tokens);
  const [bos, eos] = masked ? ["<s>", "</s>"] as const : ["<|endoftext|>", "<|endoftext|>"] as const;
  await writeTokenizerFiles(folder, {
    parts: {
      ...BYTE_LEVEL,
      post_processor: masked
        ? {
          type: "RobertaProcessing",
          sep: ["</s>", ids.get("</s>")],
          cls: ["<s>", ids.get("<s>")],
          trim_offsets: true,
          add_prefix_space: false,
        }
        : template([], [], ids),
      decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: {
        type: "BPE",
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: "",
        end_of_word_suffix: "",
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: false,
        vocab: Object.fromEntries(ids),
        merges,
      },
    },
    special: new Map(tokens.map((token, id) => [token, id])),
    roles: {
      bos,
      eos,
      unk: masked ? "<unk>" : eos,
      ...masked && { sep: eos, cls: bos, pad: "<pad>", mask: "<mask>" },
    },
    ...masked && { lstrip: "<mask>" },
    config: {
      tokenizer_class: masked ? "RobertaTokenizer" : "GPT2Tokenizer",
      add_prefix_space: false,
      ...masked && { trim_offsets: true },
      model_max_length: maxLength,
    },
  });
}
