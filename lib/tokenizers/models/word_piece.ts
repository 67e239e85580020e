/** WordPiece. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import type { Model } from "./model.ts";
import { Vocabulary } from "./vocabulary.ts";

const Config = z.looseObject({
  unk_token: z.string().default("[UNK]"),
  continuing_subword_prefix: z.string().default("##"),
  max_input_chars_per_word: z.int().positive().default(100),
  vocab: Vocabulary,
});

/** The longest piece first, again and again; a word that cannot be cut so is unknown as a whole (Wu et al. 2016; Devlin et al. 2019). */
export const wordPiece = kind("WordPiece", Config, (config, _, where): Model => {
  const { unk_token, continuing_subword_prefix: prefix, max_input_chars_per_word: most } = config;
  const vocabulary = config.vocab;
  const inside = new Map<string, number>();
  let longest = 0;
  for (const [piece, id] of vocabulary) {
    if (piece.startsWith(prefix)) inside.set(piece.slice(prefix.length), id);
    longest = Math.max(longest, piece.length);
  }
  const unknown = vocabulary.get(unk_token);
  if (unknown === undefined) {
    throw new Error(`${where}: no piece ${unk_token}. Add unk_token to the vocabulary.`);
  }
  return {
    vocabulary,
    endsAtSpace: false,
    tokenize(word, { ids, starts, ends }) {
      const before = ids.length;
      let start = word.length > most && [...word].length > most ? -1 : 0;
      while (start >= 0 && start < word.length) {
        const known = start === 0 ? vocabulary : inside;
        let end = Math.min(word.length, start + longest);
        let id = known.get(word.slice(start, end));
        while (id === undefined && end > start + 1) id = known.get(word.slice(start, --end));
        if (id === undefined) {
          start = -1;
        } else {
          ids.push(id);
          starts.push(start);
          ends.push(end);
          start = end;
        }
      }
      if (start >= 0) return;
      ids.length = starts.length = ends.length = before;
      ids.push(unknown);
      starts.push(0);
      ends.push(word.length);
    },
  };
});
