/** All decoders. @module */

import { z } from "zod";
import { kind, maker } from "../component.ts";
import { Pattern, patternOf } from "../pattern.ts";
import { CHARACTER_BYTES } from "../pre_tokenizers/bytes.ts";
import { MetaspaceConfig } from "../pre_tokenizers/metaspace.ts";
import type { Decoder } from "./decoder.ts";
import { mosesDecoder } from "./moses.ts";
import { sentencePieceDecoder } from "./sentencepiece.ts";

const None = z.looseObject({});

const sequence = kind(
  "Sequence",
  z.looseObject({ decoders: z.array(z.unknown()) }),
  ({ decoders }, nested): Decoder => {
    const steps = decoders.map(nested);
    return (pieces) => steps.reduce((pieces, step) => step(pieces), [...pieces]);
  },
);

/** BERT's: pieces without the prefix begin a word; spaces that English writes not are taken out. */
const wordPiece = kind(
  "WordPiece",
  z.looseObject({ prefix: z.string().default("##"), cleanup: z.boolean().default(true) }),
  ({ prefix, cleanup }): Decoder => (pieces) =>
    pieces.map((piece, i) => {
      const text = i === 0 ? piece : piece.startsWith(prefix) ? piece.slice(prefix.length) : ` ${piece}`;
      return cleanup ? CLEANUPS.reduce((text, [from, to]) => text.replaceAll(from, to), text) : text;
    }),
);
const CLEANUPS = [
  [" .", "."],
  [" ?", "?"],
  [" !", "!"],
  [" ,", ","],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [" do not", " don't"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
] as const;

/** GPT-2's: letters back to bytes; what is no UTF-8 becomes U+FFFD. */
const byteLevel = kind("ByteLevel", None, (): Decoder => (pieces) => {
  const bytes = pieces.flatMap((piece) => {
    const own = Array.from(piece, (character) => CHARACTER_BYTES.get(character));
    return own.includes(undefined) ? [...new TextEncoder().encode(piece)] : own.map((byte) => byte ?? 0);
  });
  return [utf8.decode(Uint8Array.from(bytes))];
});
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

const metaspace = kind(
  "Metaspace",
  MetaspaceConfig,
  ({ replacement, scheme }): Decoder => (pieces) =>
    pieces.map((piece, i) => piece.replaceAll(replacement, i === 0 && scheme !== "never" ? "" : " ")),
);

const bpe = kind(
  "BPEDecoder",
  z.looseObject({ suffix: z.string().default("</w>") }),
  ({ suffix }): Decoder => (pieces) =>
    pieces.map((piece, i) => piece.replaceAll(suffix, i === pieces.length - 1 ? "" : " ")),
);

const replace = kind(
  "Replace",
  z.looseObject({ pattern: Pattern, content: z.string() }),
  ({ pattern, content }): Decoder => {
    const regexp = patternOf(pattern);
    return (pieces) => pieces.map((piece) => piece.replaceAll(regexp, () => content));
  },
);

const fuse = kind("Fuse", None, (): Decoder => (pieces) => [pieces.join("")]);

const strip = kind(
  "Strip",
  z.looseObject({ content: z.string(), start: z.int().nonnegative(), stop: z.int().nonnegative() }),
  ({ content, start, stop }): Decoder => (pieces) =>
    pieces.map((piece) => {
      const characters = [...piece];
      let [from, to] = [0, characters.length];
      while (from < start && characters[from] === content) from++;
      while (characters.length - to < stop && characters[to - 1] === content) to--;
      return characters.slice(from, to).join("");
    }),
);

/** Runs of `<0x0A>` and its like to the text whose bytes they are, or to U+FFFD each. */
const byteFallback = kind("ByteFallback", None, (): Decoder => (pieces) => {
  const result: string[] = [];
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length === 0) return;
    const text = utf8.decode(Uint8Array.from(bytes));
    const valid = !text.includes("\ufffd") || new TextEncoder().encode(text).join() === bytes.join();
    result.push(...(valid ? [text] : bytes.map(() => "\ufffd")));
    bytes = [];
  };
  for (const piece of pieces) {
    const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(piece)?.[1];
    if (byte !== undefined) {
      bytes.push(parseInt(byte, 16));
    } else {
      flush();
      result.push(piece);
    }
  }
  flush();
  return result;
});

/** Makes a decoder from its part of `tokenizer.json`. */
export const createDecoder = maker<Decoder>([
  sequence,
  wordPiece,
  byteLevel,
  metaspace,
  bpe,
  replace,
  fuse,
  strip,
  byteFallback,
  mosesDecoder,
  sentencePieceDecoder,
]);
