/** Words of texts, counted. @module */

import { AddedToken } from "../added_tokens.ts";
import type { Model } from "../models/model.ts";
import { createNormalizer } from "../normalizers/create.ts";
import { Pipeline } from "../pipeline.ts";
import { createPreTokenizer } from "../pre_tokenizers/create.ts";
import { SPECIAL_TOKENS } from "./special_tokens.ts";

/** How texts become words: the parts of a tokenizer that come before its model, as `tokenizer.json` names them. */
export interface Splitting {
  readonly normalizer: unknown;
  readonly pre_tokenizer: unknown;
  /** Tokens that are no words, and are left out. */
  readonly special: readonly string[];
}

/** How uncased BERT normalises and splits texts (Devlin et al. 2019). */
export const UNCASED_BERT = {
  normalizer: {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: "BertPreTokenizer" },
  special: SPECIAL_TOKENS,
} as const satisfies Splitting;

/** How cased BERT does: letters keep their case and their accents. */
export const CASED_BERT = {
  ...UNCASED_BERT,
  normalizer: { ...UNCASED_BERT.normalizer, strip_accents: false, lowercase: false },
} as const satisfies Splitting;

/**
 * How often each word occurs in the texts, in order of first occurrence. Special tokens in the texts are left out.
 *
 * @param splitting left out: as uncased BERT does
 *
 * @example
 * ```ts
 * import { countWords } from "./count_words.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...countWords(["Café, café [UNK]."])], [["cafe", 2], [",", 1], [".", 1]]);
 * ```
 */
export function countWords(
  texts: Iterable<string>,
  { normalizer, pre_tokenizer, special }: Splitting = UNCASED_BERT,
): Map<string, number> {
  const numbers = new Map(special.map((token, id) => [token, id]));
  const counts: number[] = [];
  const model: Model = {
    vocabulary: numbers,
    endsAtSpace: false,
    tokenize(word, pieces) {
      const id = numbers.get(word) ?? numbers.size;
      if (id === numbers.size) numbers.set(word, id);
      pieces.ids.push(id);
      pieces.starts.push(0);
      pieces.ends.push(word.length);
    },
  };
  const pipeline = new Pipeline({
    added: special.map((content, i) => AddedToken.parse({ content, id: i })),
    normalizer: normalizer ? createNormalizer(normalizer, "normalizer") : undefined,
    preTokenizer: pre_tokenizer ? createPreTokenizer(pre_tokenizer, "pre_tokenizer") : undefined,
    model,
  });
  for (const text of texts) {
    pipeline.run(text, ({ ids }) => {
      for (const id of ids) counts[id] = (counts[id] ?? 0) + 1;
    });
  }
  return new Map(
    Array.from(numbers, ([word, id]): [string, number] => [word, counts[id] ?? 0]).slice(special.length),
  );
}
