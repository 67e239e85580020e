/** Pre-tokenizers that split at a kind of character or a pattern. @module */

import { z } from "zod";
import { type Aligned, type Match, matchesOf, type SplitBehavior } from "../aligned.ts";
import { kind } from "../component.ts";
import { Pattern, patternOf } from "../pattern.ts";
import { NUMERIC, PUNCTUATION, WHITE_SPACE } from "../unicode/characters.ts";
import type { PreTokenizer } from "./pre_tokenizer.ts";

const None = z.looseObject({});
const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"] as const;
const Behavior = z.enum(BEHAVIORS);

const splitEach = (parts: readonly Aligned[], pattern: RegExp, behavior: SplitBehavior, inverted = false) =>
  parts.flatMap((part) => {
    const matches = matchesOf(pattern, part.text);
    return part.split(inverted ? matches.map(inverse) : matches, behavior);
  });
const inverse = ({ start, end, matched }: Match): Match => ({ start, end, matched: !matched });

/** BERT's: white space away, each punctuation mark apart. */
export const bertPreTokenizer = kind("BertPreTokenizer", None, (): PreTokenizer => ({
  cuts: "at white space",
  split: (parts) => splitEach(splitEach(parts, WHITE_SPACE, "Removed"), PUNCTUATION, "Isolated"),
}));

export const whitespaceSplit = kind("WhitespaceSplit", None, (): PreTokenizer => ({
  cuts: "at white space",
  split: (parts) => splitEach(parts, WHITE_SPACE, "Removed"),
}));

/** Runs of letters, digits and connectors, and runs of anything else that is no white space. */
export const whitespace = kind("Whitespace", None, (): PreTokenizer => ({
  cuts: "at white space",
  split: (parts) => splitEach(parts, WORDS, "Removed", true),
}));
const WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";
const WORDS = new RegExp(`[${WORD}]+|[^${WORD}\\p{White_Space}]+`, "gu");

export const digits = kind(
  "Digits",
  z.looseObject({ individual_digits: z.boolean().default(false) }),
  ({ individual_digits }): PreTokenizer => ({
    cuts: "nowhere",
    split: (parts) => splitEach(parts, NUMERIC, individual_digits ? "Isolated" : "Contiguous"),
  }),
);

export const punctuation = kind(
  "Punctuation",
  z.looseObject({ behavior: Behavior.default("Isolated") }),
  ({ behavior }): PreTokenizer => ({
    cuts: "nowhere",
    split: (parts) => splitEach(parts, PUNCTUATION, behavior),
  }),
);

export const charDelimiterSplit = kind(
  "CharDelimiterSplit",
  z.looseObject({ delimiter: z.string() }),
  ({ delimiter }): PreTokenizer => {
    const pattern = patternOf({ String: delimiter });
    return { cuts: "nowhere", split: (parts) => splitEach(parts, pattern, "Removed") };
  },
);

/** Patterns in which a space between two letters always begins a match, so that texts can be cut there. */
const CUT_BEFORE_LETTERS = new Set([
  " ?[^(\\s|[.,!?…。，、।۔،])]+", // BLOOM
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", // GPT-2
]);

/** At a pattern. */
export const split = kind(
  "Split",
  z.looseObject({ pattern: Pattern, behavior: Behavior, invert: z.boolean().default(false) }),
  ({ pattern, behavior, invert }): PreTokenizer => {
    const regexp = patternOf(pattern);
    const known = behavior === "Isolated" && "Regex" in pattern && CUT_BEFORE_LETTERS.has(pattern.Regex);
    return {
      cuts: known ? "before letters" : "nowhere",
      split: (parts) => splitEach(parts, regexp, behavior, invert),
    };
  },
);
