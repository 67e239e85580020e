/** The unigram language model. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import { byteIds } from "./bpe.ts";
import { Trie } from "./trie.ts";
import { endsAtSpace, type Model, type Pieces } from "./model.ts";

const Config = z.looseObject({
  vocab: z.array(z.tuple([z.string(), z.number()])),
  unk_id: z.int().nonnegative().nullable().default(null),
  byte_fallback: z.boolean().default(false),
});

/** What an unknown character costs beside the rarest piece. */
const UNKNOWN_PENALTY = 10;

/** The likeliest pieces, by Viterbi's algorithm (Kudo 2018), as Hugging Face's tokenizers do it. */
export const unigram = kind("Unigram", Config, ({ vocab, unk_id, byte_fallback }, _, where): Model => {
  if (unk_id !== null && unk_id >= vocab.length) {
    throw new Error(`${where}.unk_id is ${unk_id}: there are ${vocab.length} pieces. Fetch the file again.`);
  }
  const vocabulary = new Map(vocab.map(([piece], id) => [piece, id]));
  const scores = Float64Array.from(vocab, ([, score]) => score);
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;
  const trie = new Trie(vocab.map(([piece]) => piece));
  const bytes = byte_fallback ? byteIds(vocabulary) : undefined;

  return {
    vocabulary,
    endsAtSpace: endsAtSpace(vocabulary.keys()),
    tokenize(word, pieces) {
      const best = new Float64Array(word.length + 1);
      const from = new Int32Array(word.length + 1).fill(-1);
      const ids = new Int32Array(word.length + 1);
      const offer = (start: number, end: number, id: number, score: number) => {
        const total = score + (best[start] ?? 0);
        if ((from[end] ?? -1) >= 0 && !(total > (best[end] ?? 0))) return;
        best[end] = total;
        from[end] = start;
        ids[end] = id;
      };
      for (let start = 0; start < word.length;) {
        const first = start + ((word.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
        let single = false;
        for (let node = 0, at = start; at < word.length;) {
          node = trie.next(node, word.charCodeAt(at++));
          if (node < 0) break;
          const id = trie.pieceAt(node);
          if (id < 0) continue;
          offer(start, at, id, scores[id] ?? 0);
          single ||= at === first;
        }
        if (!single) {
          if (unk_id === null) {
            throw new Error(`${where}: no piece for "${word.slice(start, first)}" and no unk_id. Add one.`);
          }
          offer(start, first, unk_id, unknownScore);
        }
        start = first;
      }
      addPath(word, { from, ids }, vocabulary, unk_id, bytes, pieces);
    },
  };
});

interface Path {
  readonly from: Int32Array;
  readonly ids: Int32Array;
}

/** Adds the pieces on the way back from the end, a run of unknown characters as one. */
function addPath(
  word: string,
  { from, ids }: Path,
  vocabulary: ReadonlyMap<string, number>,
  unknown: number | null,
  bytes: ReturnType<typeof byteIds> | undefined,
  pieces: Pieces,
): void {
  const path: { id: number; start: number; end: number }[] = [];
  for (let end = word.length; end > 0;) {
    const [start, id] = [from[end] ?? 0, ids[end] ?? 0];
    const after = path.at(-1);
    if (after && id === unknown && after.id === unknown) after.start = start;
    else path.push({ id, start, end });
    end = start;
  }
  for (const { id, start, end } of path.reverse()) {
    const text = id === unknown ? word.slice(start, end) : "";
    const known = id === unknown ? vocabulary.get(text) : id;
    for (const one of known === undefined ? bytes?.(text) ?? [id] : [known]) {
      pieces.ids.push(one);
      pieces.starts.push(start);
      pieces.ends.push(end);
    }
  }
}
