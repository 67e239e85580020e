/** What an encoder must offer to fill blanks. @module */

/** A window of pieces, `[CLS]` first and `[SEP]` last, and where in it masks stand. */
export interface Window {
  readonly ids: readonly number[];
  /** Indices into `ids`, ascending. */
  readonly masked: readonly number[];
}

/** The likeliest pieces for one mask. */
export interface Best {
  /** Of all pieces. */
  readonly raw: number;
  /** Of those that are whole words of letters. */
  readonly word: number;
}

/** A masked language model over pieces of words. */
export interface MaskedLanguageModel {
  readonly name: string;
  /** Longest input in pieces, `[CLS]` and `[SEP]` included. */
  readonly maxLength: number;
  readonly maskId: number;
  readonly clsId: number;
  readonly sepId: number;
  readonly padId: number;
  /** Pieces of one word as it stands in a text, without special tokens. */
  pieces(word: string): number[];
  /** Surface of a piece; `##ing` stays so. */
  piece(id: number): string;
  /** For every window and every mask in it, in order, the likeliest pieces, whatever windows are given together. */
  best(windows: readonly Window[]): Promise<Best[][]>;
}
