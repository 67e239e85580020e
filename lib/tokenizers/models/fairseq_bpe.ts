/** Byte-pair encoding as BioGPT has it. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import type { Model } from "./model.ts";
import { Vocabulary } from "./vocabulary.ts";

const Config = z.looseObject({
  vocab: Vocabulary,
  merges: z.array(z.tuple([z.string(), z.string()])),
  unk_token: z.string(),
});

const CACHE = 2 ** 16;

/**
 * Merges over strings (Sennrich et al. 2016), the last character of a word marked `</w>`; only what comes out is looked up, so that merges
 * may lead through symbols that are no pieces, and each piece that is none is unknown by itself. `tokenizer.json` has no such type.
 */
export const fairseqBpe = kind("FairseqBPE", Config, ({ vocab, merges, unk_token }, _, where): Model => {
  const unknown = vocab.get(unk_token);
  if (unknown === undefined) {
    throw new Error(`${where}: no piece ${unk_token}. Add unk_token to the vocabulary.`);
  }
  const ranks = new Map(merges.map((pair, rank) => [pair.join(" "), rank]));
  const cache = new Map<string, readonly string[]>();
  return {
    vocabulary: vocab,
    endsAtSpace: false,
    tokenize(word, pieces) {
      let symbols = cache.get(word);
      if (symbols === undefined) {
        symbols = merged(word, ranks);
        if (cache.size >= CACHE) cache.clear();
        cache.set(word, symbols);
      }
      let start = 0;
      for (const symbol of symbols) {
        const end = Math.min(word.length, start + symbol.length);
        pieces.ids.push(vocab.get(symbol) ?? unknown);
        pieces.starts.push(start);
        pieces.ends.push(end);
        start = end;
      }
    },
  };
});

function merged(word: string, ranks: ReadonlyMap<string, number>): string[] {
  let symbols = [...word];
  symbols.push(`${symbols.pop() ?? ""}</w>`);
  while (symbols.length > 1) {
    let [best, at] = [Infinity, -1];
    for (let i = 0; i + 1 < symbols.length; i++) {
      const rank = ranks.get(`${symbols[i]} ${symbols[i + 1]}`) ?? Infinity;
      if (rank < best) [best, at] = [rank, i];
    }
    const [left, right] = [symbols[at], symbols[at + 1]];
    if (left === undefined || right === undefined) break;
    const next: string[] = [];
    for (let i = 0; i < symbols.length; i++) {
      const pair = symbols[i] === left && symbols[i + 1] === right;
      next.push(pair ? left + right : symbols[i] ?? "");
      if (pair) i++;
    }
    symbols = next;
  }
  return symbols;
}
