/** SentencePiece's decoder. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import type { Decoder } from "./decoder.ts";

const Config = z.looseObject({
  /** Pieces that are shown as they are, a space before each run of them. */
  special: z.array(z.string()),
  /** Pieces that stand for nothing. */
  control: z.array(z.string()),
  byte_fallback: z.boolean(),
  add_dummy_prefix: z.boolean(),
  remove_extra_whitespaces: z.boolean(),
});

/** `▁` to spaces, but for the one that was put before the text; bytes to text (`sentencepiece_processor.cc`). */
export const sentencePieceDecoder = kind("SentencePiece", Config, (config): Decoder => {
  const special = new Set(config.special);
  return (pieces) => {
    let text = "";
    let run: string[] = [];
    let specialBefore = false;
    for (const piece of pieces) {
      if (special.has(piece)) {
        text += (specialBefore ? "" : " ") + decoded(run, config) + piece;
        run = [];
        specialBefore = true;
      } else {
        run.push(piece);
        specialBefore = false;
      }
    }
    return [text + decoded(run, config)];
  };
});

function decoded(pieces: readonly string[], config: z.output<typeof Config>): string {
  let text = "";
  let bytes: number[] = [];
  let begins = true;
  const flush = () => {
    if (bytes.length > 0) {
      text += new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
    }
    bytes = [];
  };
  let prefixSeen = false;
  for (const piece of pieces) {
    const byte = config.byte_fallback ? /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1] : undefined;
    if (byte !== undefined) {
      bytes.push(parseInt(byte, 16));
      continue;
    }
    flush();
    if (prefixSeen || text !== "") begins = false;
    prefixSeen = false;
    if (config.control.includes(piece)) continue;
    let rest = piece;
    if (begins && (config.add_dummy_prefix || config.remove_extra_whitespaces) && rest.startsWith("▁")) {
      rest = rest.slice(1);
      prefixSeen = !config.remove_extra_whitespaces;
    }
    text += rest.replaceAll("▁", " ");
  }
  flush();
  return text;
}
