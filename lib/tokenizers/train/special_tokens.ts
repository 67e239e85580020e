/** The tokens that vocabularies start with. @module */

/** BERT's, in the order of their ids, 0 to 4. */
export const SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] as const;
/** RoBERTa's, for masked language models over bytes. */
export const MASKED_BPE_TOKENS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] as const;
/** GPT-2's, for causal language models over bytes. */
export const CAUSAL_BPE_TOKENS = ["<|endoftext|>"] as const;
/** T5's; its sentinels come after the pieces. */
export const UNIGRAM_TOKENS = ["<pad>", "</s>", "<unk>"] as const;
