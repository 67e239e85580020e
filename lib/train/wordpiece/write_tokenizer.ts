/** A WordPiece vocabulary as the files of a model folder. @module */

import { writeFile } from "../../write_file.ts";
import { UNCASED } from "./count_words.ts";
import { SPECIAL_TOKENS } from "./special_tokens.ts";

/**
 * Writes `tokenizer.json`, `tokenizer_config.json`, `special_tokens_map.json` and `vocab.txt` of an uncased BERT tokenizer, in the
 * hub's layout: transformers.js and Python's `BertTokenizerFast` open the folder.
 *
 * @param folder exists
 * @param pieces in the order of their ids: {@linkcode trainWordPiece}
 * @param maxLength positions of the model, special tokens included
 * @throws Error where the pieces do not start with the special tokens, or one occurs twice
 *
 * @example
 * ```ts
 * import { writeTokenizer } from "./write_tokenizer.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await writeTokenizer(folder, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##b"]);
 * equal((await Deno.readTextFile(`${folder}/vocab.txt`)).split("\n")[6], "##b");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeTokenizer(
  folder: string,
  pieces: readonly string[],
  maxLength = 512,
): Promise<void> {
  for (const [id, token] of SPECIAL_TOKENS.entries()) {
    if (pieces[id] !== token) {
      throw new Error(
        `pieces: ${id} is "${pieces[id]}", not ${token}. Start with ${SPECIAL_TOKENS.join(" ")}.`,
      );
    }
  }
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const twice = pieces.find((piece, id) => ids.get(piece) !== id);
  if (twice !== undefined) throw new Error(`pieces: "${twice}" occurs twice. Keep one.`);

  const write = (name: string, value: unknown) =>
    writeFile(`${folder}/${name}`, `${JSON.stringify(value, undefined, 2)}\n`);
  await write("tokenizer.json", tokenizer(ids));
  await write("tokenizer_config.json", {
    tokenizer_class: "BertTokenizer",
    do_lower_case: true,
    strip_accents: null,
    tokenize_chinese_chars: true,
    model_max_length: maxLength,
    ...NAMES,
  });
  await write("special_tokens_map.json", NAMES);
  await writeFile(`${folder}/vocab.txt`, pieces.map((piece) => `${piece}\n`).join(""));
}

const NAMES = {
  pad_token: "[PAD]",
  unk_token: "[UNK]",
  cls_token: "[CLS]",
  sep_token: "[SEP]",
  mask_token: "[MASK]",
} as const;

function tokenizer(ids: ReadonlyMap<string, number>) {
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const sequence = (id: "A" | "B", type_id: number) => ({ Sequence: { id, type_id } });
  const described = (token: string) => [token, { id: token, ids: [ids.get(token)], tokens: [token] }];
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_TOKENS.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: UNCASED,
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [special("[CLS]"), sequence("A", 0), special("[SEP]")],
      pair: [
        special("[CLS]"),
        sequence("A", 0),
        special("[SEP]"),
        sequence("B", 1),
        { SpecialToken: { id: "[SEP]", type_id: 1 } },
      ],
      special_tokens: Object.fromEntries([described("[CLS]"), described("[SEP]")]),
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(ids),
    },
  };
}
