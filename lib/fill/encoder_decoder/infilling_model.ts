/** What an encoder-decoder must offer to fill blanks, and a model folder that offers it. @module */

import { openEncoderDecoder } from "../../checkpoint/model.ts";
import { openWriter, type Writer } from "../../generate/encoder_decoder.ts";
import type { SessionOptions } from "../../onnx/session.ts";
import type { Tokenizer } from "../../tokenizers/tokenizer.ts";

/** An encoder-decoder that knows sentinels. */
export interface InfillingModel {
  readonly name: string;
  /** The longest input in pieces, the end included. */
  readonly maxLength: number;
  /** The ids of the sentinels, `<extra_id_0>` first. */
  readonly sentinels: readonly number[];
  /** What stands behind every text. */
  readonly end: readonly number[];
  /** The pieces of a stretch of text, as after a blank where it has one before it. */
  pieces(stretch: string, afterBlank: boolean): readonly number[];
  /** The text that pieces stand for, without special ones. */
  text(pieces: readonly number[]): string;
  /** Writes: {@linkcode Writer}. */
  search: Writer["search"];
}

/** An encoder-decoder that holds memory until it is closed. */
export interface OpenInfillingModel extends InfillingModel {
  close(): Promise<void>;
}

/**
 * Opens the folder of an encoder-decoder of T5's kind for filling.
 *
 * @throws Error in one line where the folder is missing, half-written, holds another kind of model or one without sentinels, or its
 * files do not fit each other
 *
 * @example
 * ```ts
 * import { tinyT5 } from "./tiny_t5.ts";
 * import { openInfillingModel } from "./infilling_model.ts";
 * import { equal } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyT5(folder);
 * const model = await openInfillingModel(folder);
 * equal(model.sentinels.length, 100);
 * await model.close();
 * ```
 */
export async function openInfillingModel(
  folder: string,
  options: SessionOptions = {},
): Promise<OpenInfillingModel> {
  const head = { kind: "language-model" } as const;
  const { name, architecture, tokenizer, maxLength, parameters } = await openEncoderDecoder(folder, head);
  const { sentinels } = tokenizer;
  if (sentinels.length === 0) {
    throw new Error(
      `${folder}: its tokenizer has no sentinels <extra_id_0> and on. Name the folder of a T5.`,
    );
  }
  const writer = await openWriter(architecture, parameters, options);
  return {
    ...{ name, maxLength, sentinels, end: tokenizer.around.after },
    pieces: piecesOf(tokenizer),
    text: (pieces) => tokenizer.decode(pieces, { skipSpecial: true }),
    search: writer.search,
    close: () => writer.close(),
  };
}

/** A letter may hold the text of a sentinel or an end; it is text then. */
function piecesOf(tokenizer: Tokenizer): InfillingModel["pieces"] {
  const special = new Set([...tokenizer.sentinels, ...tokenizer.around.after, tokenizer.special.pad]);
  return (stretch, afterBlank) => {
    const ids = tokenizer.pieces(stretch, afterBlank);
    if (!ids.some((id) => special.has(id))) return ids;
    return [...stretch].flatMap((character) => tokenizer.pieces(character, false));
  };
}
