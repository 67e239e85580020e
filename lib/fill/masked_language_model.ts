/** What an encoder must offer to fill blanks. @module */

import type { Surface } from "../tokenizers/surface.ts";

/** A window of pieces, `[CLS]` first and `[SEP]` last, and the places in it that are asked about. */
export interface Window {
  readonly ids: readonly number[];
  /** Indices into `ids`, ascending; each holds a mask. There may be other masks. */
  readonly masked: readonly number[];
}

/** A piece and its share of the probability of all pieces. */
export interface LikelyPiece {
  readonly id: number;
  readonly probability: number;
}

/** The likeliest pieces for one mask, by falling probability; of equals the smaller ids. */
export interface Likely {
  /** Of all pieces. */
  readonly all: readonly LikelyPiece[];
  /** Of those that are whole words of letters. */
  readonly words: readonly LikelyPiece[];
}

/** How many of each are wanted, 1 or more. */
export interface HowMany {
  readonly all: number;
  readonly words: number;
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
  /** Whether blanks decide how a word is cut: such models are given words that touch each other in one go. */
  readonly seesBlanks: boolean;
  /** 1 at the ids of pieces that are whole words of letters. */
  readonly words: Uint8Array;
  /** 1 at the ids of pieces that are letters and go on with a word. */
  readonly tails: Uint8Array;
  /** Pieces of a stretch without blanks as it stands in a text behind the given blanks, without special tokens. */
  pieces(stretch: string, blanksBefore: string): readonly number[];
  /** A piece as the vocabulary has it: `##ing` stays so. */
  piece(id: number): string;
  /** What a piece stands for, and whether it begins a word. */
  surface(id: number): Surface;
  /** For every window and every place asked about, in order, the likeliest pieces, whatever windows are given together. */
  likeliest(windows: readonly Window[], howMany: HowMany): Promise<Likely[][]>;
  /** The same with the scores (logits) of all pieces. */
  scores(windows: readonly Window[]): Promise<Float32Array[][]>;
}
