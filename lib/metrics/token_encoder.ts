/** The model behind BERTScore, as the metric sees it. @module */

/** A text as the model saw it: one row of `embeddings` a token, special tokens included. */
export interface EncodedText {
  /** The token ids, `[CLS]` and `[SEP]` or their like included, padding excluded. */
  readonly ids: Int32Array;
  /** (tokens, hidden), row-major; not normalised. */
  readonly embeddings: Float32Array;
  readonly hidden: number;
}

/** Turns texts into contextual token embeddings. */
export interface TokenEncoder {
  /** Model, layer, and how texts longer than the model's window are covered: `minilm-l6|layer:5|window:512/256`. */
  readonly signature: string;
  /** The ids that mark a text's ends (`[CLS]`, `[SEP]`, `<s>`, `</s>`): they carry no weight in BERTScore. */
  readonly specialIds: readonly number[];
  /** One result a text, in order, over the whole text: nothing is cut off. */
  encode(texts: readonly string[]): Promise<EncodedText[]>;
}
