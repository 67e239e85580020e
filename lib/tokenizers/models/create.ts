/** All models. @module */

import { maker } from "../component.ts";
import { bpe } from "./bpe.ts";
import { fairseqBpe } from "./fairseq_bpe.ts";
import type { Model } from "./model.ts";
import { sentencePieceBpe } from "./sentencepiece_bpe.ts";
import { unigram } from "./unigram.ts";
import { wordPiece } from "./word_piece.ts";

/** Makes a model from its part of `tokenizer.json`. */
export const createModel = maker<Model>([wordPiece, bpe, unigram, sentencePieceBpe, fairseqBpe]);
