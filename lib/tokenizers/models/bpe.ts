/** Byte-pair encoding. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import { Merges, type Symbols } from "./merges.ts";
import { endsAtSpace, type Model } from "./model.ts";
import { Vocabulary } from "./vocabulary.ts";

const Config = z.looseObject({
  vocab: Vocabulary,
  merges: z.array(z.unknown()),
  unk_token: z.string().nullable().default(null),
  fuse_unk: z.boolean().default(false),
  byte_fallback: z.boolean().default(false),
  ignore_merges: z.boolean().default(false),
  continuing_subword_prefix: z.string().nullish(),
  end_of_word_suffix: z.string().nullish(),
  dropout: z.literal(0, "chance has no place in encoding: make it null").nullish(),
});

/** Pairs of symbols merged in the order learnt (Sennrich et al. 2016), as Hugging Face's tokenizers do it. */
export const bpe = kind("BPE", Config, (config, _, where): Model => {
  const { vocab: vocabulary, fuse_unk, ignore_merges } = config;
  const [prefix, suffix] = [config.continuing_subword_prefix ?? "", config.end_of_word_suffix ?? ""];
  const idOf = (piece: string, at: number) => {
    const id = vocabulary.get(piece);
    if (id !== undefined) return id;
    throw new Error(
      `${where}.merges.${at}: "${piece}" is no piece of the vocabulary. Put the files of one tokenizer together.`,
    );
  };
  const pairs = config.merges.map((merge, at): [string, string] => pairOf(merge, `${where}.merges.${at}`));
  const merges = new Merges(pairs.map(([left, right], at) => [
    idOf(left, at),
    idOf(right, at),
    idOf(left + right.slice(prefix.length), at),
  ]));
  const unknown = config.unk_token === null ? undefined : vocabulary.get(config.unk_token);
  if (config.unk_token && unknown === undefined) {
    throw new Error(`${where}: no piece ${config.unk_token}. Add unk_token to the vocabulary.`);
  }
  const bytes = config.byte_fallback ? byteIds(vocabulary) : undefined;

  return {
    vocabulary,
    endsAtSpace: endsAtSpace(vocabulary.keys()),
    tokenize(word, pieces) {
      const whole = ignore_merges ? vocabulary.get(word) : undefined;
      if (whole !== undefined) {
        pieces.ids.push(whole);
        pieces.starts.push(0);
        pieces.ends.push(word.length);
        return;
      }
      const symbols: Symbols = { ids: [], starts: [], ends: [] };
      const add = (id: number, start: number, end: number) => {
        symbols.ids.push(id);
        symbols.starts.push(start);
        symbols.ends.push(end);
      };
      let start = 0;
      let unknownBefore = false;
      for (const character of word) {
        const end = start + character.length;
        const symbol = (start > 0 ? prefix : "") + character + (end === word.length ? suffix : "");
        const id = vocabulary.get(symbol);
        const fallback = id === undefined ? bytes?.(symbol) : undefined;
        if (id !== undefined) add(id, start, end);
        else if (fallback) { for (const byte of fallback) add(byte, start, end); }
        else if (unknown !== undefined) {
          if (fuse_unk && unknownBefore) symbols.ends[symbols.ends.length - 1] = end;
          else add(unknown, start, end);
        }
        unknownBefore = id === undefined && fallback === undefined;
        start = end;
      }
      merges.apply(symbols);
      for (const [i, id] of symbols.ids.entries()) {
        pieces.ids.push(id);
        pieces.starts.push(symbols.starts[i] ?? 0);
        pieces.ends.push(symbols.ends[i] ?? 0);
      }
    },
  };
});

function pairOf(merge: unknown, where: string): [string, string] {
  const parts: unknown[] = typeof merge === "string" ? merge.split(" ") : Array.isArray(merge) ? merge : [];
  const [left, right] = parts;
  if (parts.length === 2 && typeof left === "string" && typeof right === "string") return [left, right];
  throw new Error(
    `${where} is ${JSON.stringify(merge)?.slice(0, 80)}: two pieces expected. Fetch the file again.`,
  );
}

/**
 * The ids of a text's bytes, as `<0x0A>`, where the vocabulary has all of them.
 *
 * @example
 * ```ts
 * import { byteIds } from "./bpe.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const bytes = byteIds(new Map([["<0x0A>", 7]]));
 * deepEqual(bytes("\n\n"), [7, 7]);
 * equal(bytes("\t"), undefined);
 * ```
 */
export function byteIds(vocabulary: ReadonlyMap<string, number>): (text: string) => number[] | undefined {
  const ids = Array.from(
    { length: 256 },
    (_, byte) => vocabulary.get(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`),
  );
  const encoder = new TextEncoder();
  return (text) => {
    const found: number[] = [];
    for (const byte of encoder.encode(text)) {
      const id = ids[byte];
      if (id === undefined) return undefined;
      found.push(id);
    }
    return found;
  };
}
