/** A language model as the metrics see it. @module */

/** Says how unexpected each piece of a text is. */
export interface LanguageModel {
  /** Model, and how texts longer than its input are covered: `gpt2|window:1024|stride:512`. */
  readonly signature: string;
  /**
   * −ln p of every piece of a text that the model can judge, in order; none where there is no such piece.
   *
   * @param every only the first and each so many-th piece after it, where a model judges one at a time; default 1, all
   */
  losses(text: string, every?: number): Promise<Float64Array>;
}

/** A language model that holds memory until it is closed. */
export interface OpenLanguageModel extends LanguageModel {
  close(): Promise<void>;
}

/** Pieces in one run of a model: as many as its caches hold well. */
export const PIECES_PER_RUN = 1024;
