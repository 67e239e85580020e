/** `vocab.txt`, BERT's vocabulary. @module */

import { template } from "../template.ts";
import { readFile } from "../../read_file.ts";
import type { Blueprint } from "../blueprint.ts";
import { addedTokens, type Settings } from "./config_files.ts";
import { FAMILIES } from "./families.ts";

/**
 * A WordPiece tokenizer from `vocab.txt`, a piece a line, with the casing that `tokenizer_config.json` says (left out: lower case), as
 * Python's `BertTokenizer` makes it. Of a piece on two lines the later counts.
 *
 * @throws Error in one line where the file is empty or no text, or lacks the unknown piece
 *
 * @example See {@linkcode Tokenizer.open}.
 */
export async function readVocabTxt(folder: string, settings: Settings): Promise<Blueprint> {
  const where = `${folder}/vocab.txt`;
  const lines = new TextDecoder().decode(await readFile(where)).split("\n");
  if (lines.at(-1) === "") lines.pop();
  const vocab = new Map(lines.map((line, id) => [line.replace(/\p{White_Space}+$/u, ""), id]));
  const roles = { ...FAMILIES.bert.roles, ...settings.roles };
  const { do_lower_case, strip_accents, tokenize_chinese_chars } = settings.config;
  const [cls, sep, unk] = [roles.cls, roles.sep, roles.unk];
  if (!vocab.has(unk)) {
    throw new Error(
      `${where}: ${lines.length} lines, none of them ${unk}: half-written? Fetch the file again.`,
    );
  }
  return {
    where,
    roles,
    maxLength: settings.maxLength,
    added_tokens: addedTokens(Object.values(roles), vocab, settings),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: tokenize_chinese_chars ?? true,
      strip_accents: strip_accents ?? null,
      lowercase: do_lower_case ?? true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: vocab.has(cls) && vocab.has(sep) ? template([cls], [sep], vocab) : undefined,
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: { type: "WordPiece", unk_token: unk, vocab: Object.fromEntries(vocab) },
  };
}
