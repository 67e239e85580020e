/** GPT-2's pre-tokenizer. @module */

import { z } from "zod";
import { matchesOf } from "../aligned.ts";
import { kind } from "../component.ts";
import { byteCharacters } from "./bytes.ts";
import type { PreTokenizer } from "./pre_tokenizer.ts";

const Config = z.looseObject({
  add_prefix_space: z.boolean().default(true),
  use_regex: z.boolean().default(true),
});

/** Words with the space before them, numbers, marks and white space, the pattern of GPT-2's `encoder.py`; then bytes as letters. */
export const byteLevel = kind("ByteLevel", Config, ({ add_prefix_space, use_regex }): PreTokenizer => ({
  cuts: use_regex ? "before white space" : "nowhere",
  split: (parts, { head }, whole) =>
    parts.flatMap((part) => {
      // A text that does not begin its section continues one that has its space.
      const prefix = add_prefix_space && (head || !whole) && !part.text.startsWith(" ");
      const spaced = prefix ? part.prepended(" ") : part;
      const words = use_regex ? spaced.split(matchesOf(WORDS, spaced.text), "Isolated") : [spaced];
      return words.map(byteCharacters);
    }),
}));

const WORDS =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
