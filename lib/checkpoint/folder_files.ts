/** The names of the files of a model folder, in the hub's layout. @module */

/** Files from which a tokenizer can be made, beside or in place of `tokenizer.json`. */
export const VOCABULARY_FILES = [
  "vocab.txt",
  "vocab.json",
  "merges.txt",
  "spiece.model",
  "sentencepiece.bpe.model",
  "tokenizer.model",
] as const;

/** Files that say how a tokenizer is used. */
export const TOKENIZER_SETTINGS = [
  "tokenizer_config.json",
  "special_tokens_map.json",
  "added_tokens.json",
] as const;

/** The transitions between a tagger's tags, beside its weights. */
export const CRF_FILE = "crf.safetensors";
