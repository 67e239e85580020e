/** SentencePiece's pre-tokenizer. @module */

import { z } from "zod";
import { matchesOf } from "../aligned.ts";
import { kind } from "../component.ts";
import type { PreTokenizer } from "./pre_tokenizer.ts";

/** How `tokenizer.json` describes `▁`; the decoder's part has the same keys. */
export const MetaspaceConfig = z.looseObject({
  replacement: z.string().length(1).default("▁"),
  prepend_scheme: z.enum(["always", "first", "never"]).optional(),
  add_prefix_space: z.boolean().nullish(),
  split: z.boolean().nullish(),
}).transform(({ add_prefix_space, prepend_scheme, split, replacement }) => ({
  replacement,
  scheme: add_prefix_space === false ? "never" : prepend_scheme ?? "always",
  split: split ?? true,
}));

/** Spaces to `▁`, one before the text, and a cut before each (Kudo & Richardson 2018). */
export const metaspace = kind("Metaspace", MetaspaceConfig, (config): PreTokenizer => {
  const { replacement, scheme, split } = config;
  const mark = new RegExp(RegExp.escape(replacement), "gu");
  return {
    cuts: split ? "before words" : "where the model can",
    split: (parts, { head, first }, whole) =>
      parts.flatMap((part, i) => {
        const text = part.renamed(part.text.replaceAll(" ", replacement));
        const wanted = scheme === "always"
          ? head || !whole
          : scheme === "first" && first && head && i === 0 && part.origin === 0;
        const marked = wanted && !text.text.startsWith(replacement) ? text.prepended(replacement) : text;
        return split ? marked.split(matchesOf(mark, marked.text), "MergedWithNext") : [marked];
      }),
  };
});
