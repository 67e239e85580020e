/** SentencePiece's byte-pair encoding. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import { Heap } from "../heap.ts";
import { byteIds } from "./bpe.ts";
import { endsAtSpace, type Model } from "./model.ts";

const Config = z.looseObject({
  vocab: z.array(z.tuple([z.string(), z.number()])),
  unk_id: z.int().nonnegative(),
  byte_fallback: z.boolean(),
  /** Ids of pieces that text is not cut into: control pieces, bytes, the unknown piece. */
  reserved: z.array(z.int()),
  /** Ids of pieces that are never merged or cut. */
  user_defined: z.array(z.int()),
  /** Ids of pieces that merges go through, but that are cut again in the end. */
  unused: z.array(z.int()),
});

/**
 * The neighbours that make the best piece merged, again and again (`bpe_model.cc`): a piece's score says its rank, and any two neighbours
 * that make a piece merge, however it was learnt. For models that Python runs with the library itself; `tokenizer.json` has no such type.
 */
export const sentencePieceBpe = kind("SentencePieceBPE", Config, (config): Model => {
  const { vocab, unk_id, byte_fallback } = config;
  const vocabulary = new Map(vocab.map(([piece], id) => [piece, id]));
  const [reserved, unused] = [new Set(config.reserved), new Set(config.unused)];
  const mergeable = new Map([...vocabulary].filter(([, id]) => !reserved.has(id)));
  const fixed = config.user_defined.map((id) => vocab[id]?.[0] ?? "").sort((a, b) => b.length - a.length);
  const bytes = byte_fallback ? byteIds(vocabulary) : undefined;

  return {
    vocabulary,
    endsAtSpace: endsAtSpace(mergeable.keys()),
    tokenize(word, pieces) {
      const symbols = symbolsOf(word, fixed);
      const halves = merge(word, symbols, mergeable, (id) => vocab[id]?.[1] ?? 0, unused);
      let unknownBefore = false;
      const add = (start: number, end: number): void => {
        const text = word.slice(start, end);
        const id = vocabulary.get(text) ?? unk_id;
        const half = unused.has(id) ? halves.get(text) : undefined;
        if (half !== undefined) {
          add(start, start + half);
          add(start + half, end);
          return;
        }
        const unknown = id === unk_id;
        const ids = unknown ? bytes?.(text) ?? [id] : [id];
        if (unknown && unknownBefore && bytes === undefined) {
          pieces.ends[pieces.ends.length - 1] = end;
          return;
        }
        for (const one of ids) {
          pieces.ids.push(one);
          pieces.starts.push(start);
          pieces.ends.push(end);
        }
        unknownBefore = unknown;
      };
      for (const { start, end } of symbols) {
        if (start < end) add(start, end);
      }
    },
  };
});

interface Symbol {
  readonly start: number;
  /** Its start, once it is merged into the one before. */
  end: number;
  previous: number;
  next: number;
  readonly fixed: boolean;
}

function symbolsOf(word: string, fixed: readonly string[]): Symbol[] {
  const symbols: Symbol[] = [];
  for (let start = 0; start < word.length;) {
    const piece = fixed.find((piece) => word.startsWith(piece, start));
    const end = start + (piece?.length ?? ((word.codePointAt(start) ?? 0) > 0xffff ? 2 : 1));
    const i = symbols.length;
    symbols.push({ start, end, previous: i - 1, next: i + 1, fixed: piece !== undefined });
    start = end;
  }
  return symbols;
}

/** Merges in place; gives for pieces that are to be cut again the length of their left half. */
function merge(
  word: string,
  symbols: readonly Symbol[],
  pieces: ReadonlyMap<string, number>,
  scoreOf: (id: number) => number,
  unused: ReadonlySet<number>,
): Map<string, number> {
  const halves = new Map<string, number>();
  const queue = new Heap<{ score: number; left: number; right: number; length: number }>(
    (a, b) => a.score > b.score || (a.score === b.score && a.left < b.left),
  );
  const look = (left: number, right: number) => {
    const [a, b] = [symbols[left], symbols[right]];
    if (!a || !b || a.fixed || b.fixed) return;
    const text = word.slice(a.start, b.end);
    const id = pieces.get(text);
    if (id === undefined) return;
    queue.push({ score: scoreOf(id), left, right, length: text.length });
    if (unused.has(id)) halves.set(text, a.end - a.start);
  };
  for (let i = 1; i < symbols.length; i++) look(i - 1, i);
  for (let top; (top = queue.pop());) {
    const [a, b] = [symbols[top.left], symbols[top.right]];
    if (!a || !b || a.start === a.end || b.start === b.end || b.end - a.start !== top.length) continue;
    a.end = b.end;
    b.end = b.start;
    a.next = b.next;
    const after = symbols[b.next];
    if (after) after.previous = top.left;
    look(a.previous, top.left);
    look(top.left, a.next);
  }
  return halves;
}
