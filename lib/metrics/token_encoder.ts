/** The model behind BERTScore, as the metric sees it. @module */

import type { PrecisionRecallF1 } from "./precision_recall_f1.ts";

/** A text as the model saw it: one row of `embeddings` a token, special tokens included. */
export interface EncodedText {
  /** The token ids, `[CLS]` and `[SEP]` or their like included, padding excluded. */
  readonly ids: Int32Array;
  /** (tokens, hidden), row-major. */
  readonly embeddings: Float32Array;
  readonly hidden: number;
  /** Whether every row has length 1; else whoever compares them sees to that. */
  readonly unit?: true;
}

/** Turns texts into contextual token embeddings. */
export interface TokenEncoder {
  /** Model, layer, and how texts longer than the model's window are covered: `minilm-l6|layer:5|window:512|overlap:127`. */
  readonly signature: string;
  /** The ids that mark a text's ends (`[CLS]`, `[SEP]`, `<s>`, `</s>`): they carry no weight in BERTScore. */
  readonly specialIds: readonly number[];
  /** The BERTScore of unrelated texts under this encoder, where it is known. */
  readonly baseline?: PrecisionRecallF1;
  /** One result a text, in order. */
  encode(texts: readonly string[]): Promise<EncodedText[]>;
  /** The token ids of a text, as `encode` gives them. Left out: only encoding tells. */
  tokenIds?(text: string): Int32Array;
}
