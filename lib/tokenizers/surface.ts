/** Pieces without the marks of their family. @module */

import type { Blueprint } from "./blueprint.ts";
import { CHARACTER_BYTES } from "./pre_tokenizers/bytes.ts";

/** What a piece stands for. */
export interface Surface {
  readonly text: string;
  /** Whether a word begins with it. */
  readonly begins: boolean;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * How a family marks where words begin: `##` before what goes on (WordPiece); `Ġ` before what begins, in bytes as letters (byte-level);
 * `▁` before what begins (SentencePiece); `</w>` after what ends, which is taken for a whole word.
 *
 * @example
 * ```ts
 * import { surfaceOf } from "./surface.ts";
 * import { deepEqual } from "node:assert/strict";
 * const bert = surfaceOf({ decoder: { type: "WordPiece" }, model: { type: "WordPiece" } });
 * deepEqual(bert("##ver"), { text: "ver", begins: false });
 * const gpt = surfaceOf({ decoder: { type: "ByteLevel" }, model: { type: "BPE" } });
 * deepEqual(gpt("ĠÃ©"), { text: "é", begins: true });
 * ```
 */
export function surfaceOf(
  blueprint: Partial<Pick<Blueprint, "decoder" | "model">>,
): (piece: string) => Surface {
  const prefix = keyOf(blueprint.model, "continuing_subword_prefix") ?? "";
  if (keyOf(blueprint.model, "type") === "WordPiece" || prefix !== "") {
    const mark = prefix || "##";
    return (piece) => {
      const inside = piece.startsWith(mark);
      return { text: inside ? piece.slice(mark.length) : piece, begins: !inside };
    };
  }
  const decoder = keyOf(blueprint.decoder, "type");
  if (decoder === "ByteLevel") {
    return (piece) => {
      const bytes = Array.from(piece, (character) => CHARACTER_BYTES.get(character) ?? 0x3f);
      return unspaced(utf8.decode(Uint8Array.from(bytes)), " ");
    };
  }
  if (decoder === "Moses" || decoder === "BPEDecoder") {
    return (piece) => {
      const ends = piece.endsWith("</w>");
      return { text: ends ? piece.slice(0, -"</w>".length) : piece, begins: ends };
    };
  }
  return (piece) => unspaced(piece, "▁");
}

function unspaced(text: string, space: string): Surface {
  const begins = text.startsWith(space);
  return { text: begins ? text.slice(space.length) : text, begins };
}

function keyOf(config: unknown, key: string): string | undefined {
  const value = typeof config === "object" && config !== null ? Reflect.get(config, key) : undefined;
  return typeof value === "string" ? value : undefined;
}
