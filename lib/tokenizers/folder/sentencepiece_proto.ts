/** SentencePiece's model files. @module */

import { Message } from "./protobuf.ts";

/** The kinds of pieces, as `sentencepiece_model.proto` numbers them. */
export const PIECE = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;
/** The kinds of models. */
export const MODEL = { unigram: 1, bpe: 2 } as const;

/** What a model file holds, as far as tokenizing needs it, by the names of the protocol buffer. */
export interface SentencePieceProto {
  readonly pieces: readonly { readonly piece: string; readonly score: number; readonly type: number }[];
  readonly model_type: number;
  readonly unk_id: number;
  readonly byte_fallback: boolean;
  readonly treat_whitespace_as_suffix: boolean;
  readonly precompiled_charsmap: Uint8Array;
  readonly add_dummy_prefix: boolean;
  readonly remove_extra_whitespaces: boolean;
  readonly escape_whitespaces: boolean;
}

/**
 * Reads a model file.
 *
 * @param where the file, for errors
 * @throws Error in one line, with the file, where it is no such file, or is cut off
 *
 * @example
 * ```ts
 * import { parseSentencePiece } from "./sentencepiece_proto.ts";
 * import { equal, throws } from "node:assert/strict";
 * const one = new Uint8Array([10, 8, 10, 1, 97, 21, 0, 0, 192, 191]); // piece "a", score −1.5
 * equal(parseSentencePiece(one, "m.model").pieces[0]?.score, -1.5);
 * throws(() => parseSentencePiece(one.subarray(0, 5), "m.model"), /m.model: no SentencePiece model/);
 * ```
 */
export function parseSentencePiece(bytes: Uint8Array, where: string): SentencePieceProto {
  try {
    const model = new Message(bytes);
    const pieces = model.messages(1).map((piece) => ({
      piece: piece.text(1),
      score: piece.number(2, 0),
      type: piece.number(3, PIECE.normal),
    }));
    if (pieces.length === 0) throw new Error("no pieces");
    const trainer = new Message(model.bytes(2));
    const normalizer = new Message(model.bytes(3));
    return {
      pieces,
      model_type: trainer.number(3, MODEL.unigram),
      unk_id: trainer.number(40, 0),
      byte_fallback: trainer.number(35, 0) === 1,
      treat_whitespace_as_suffix: trainer.number(24, 0) === 1,
      precompiled_charsmap: normalizer.bytes(2),
      add_dummy_prefix: normalizer.number(3, 1) === 1,
      remove_extra_whitespaces: normalizer.number(4, 1) === 1,
      escape_whitespaces: normalizer.number(5, 1) === 1,
    };
  } catch (error) {
    const pointer = new TextDecoder().decode(bytes.subarray(0, 40)).startsWith("version https://git-lfs");
    const reason = pointer ? "a Git LFS pointer" : error instanceof Error ? error.message : String(error);
    throw new Error(
      `${where}: no SentencePiece model, ${bytes.length} bytes: ${reason}. Fetch the file again.`,
      { cause: error },
    );
  }
}
