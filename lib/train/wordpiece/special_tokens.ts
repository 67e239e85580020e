/** The tokens that every BERT vocabulary starts with. @module */

/** In the order of their ids, 0 to 4. */
export const SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] as const;
