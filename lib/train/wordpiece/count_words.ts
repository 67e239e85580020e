/** Words of uncased BERT, counted. @module */

import { BertNormalizer, BertPreTokenizer } from "@huggingface/tokenizers";
import { SPECIAL_TOKENS } from "./special_tokens.ts";

/** How uncased BERT normalises text, as `tokenizer.json` names it. */
export const UNCASED = {
  type: "BertNormalizer",
  clean_text: true,
  handle_chinese_chars: true,
  strip_accents: null,
  lowercase: true,
} as const;

/**
 * How often each word occurs in the texts, after the normalisation (lower case, no accents) and splitting (white space,
 * punctuation) of uncased BERT (Devlin et al. 2019), in order of first occurrence. Special tokens in the texts are left out.
 *
 * @example
 * ```ts
 * import { countWords } from "./count_words.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...countWords(["Café, café [UNK]."])], [["cafe", 2], [",", 1], [".", 1]]);
 * ```
 */
export function countWords(texts: Iterable<string>): Map<string, number> {
  const chunks = new Map<string, number>();
  for (const text of texts) {
    for (const chunk of text.split(/[ \t\r\n]+/)) chunks.set(chunk, (chunks.get(chunk) ?? 0) + 1);
  }
  const normalizer = new BertNormalizer({ ...UNCASED, strip_accents: true }); // null means: as lowercase
  const splitter = new BertPreTokenizer();
  const words = new Map<string, number>();
  for (const [chunk, count] of chunks) {
    const plain = SPECIAL_TOKENS.reduce((text, token) => text.replaceAll(token, " "), chunk);
    for (const word of splitter.pre_tokenize_text(normalizer.normalize(plain), {})) {
      words.set(word, (words.get(word) ?? 0) + count);
    }
  }
  return words;
}
