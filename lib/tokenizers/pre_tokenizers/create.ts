/** All pre-tokenizers. @module */

import { z } from "zod";
import { kind, maker } from "../component.ts";
import { byteLevel } from "./byte_level.ts";
import { metaspace } from "./metaspace.ts";
import { moses } from "./moses.ts";
import type { PreTokenizer } from "./pre_tokenizer.ts";
import {
  bertPreTokenizer,
  charDelimiterSplit,
  digits,
  punctuation,
  split,
  whitespace,
  whitespaceSplit,
} from "./splitting.ts";

const sequence = kind(
  "Sequence",
  z.looseObject({ pretokenizers: z.array(z.unknown()) }),
  ({ pretokenizers }, nested): PreTokenizer => {
    const steps = pretokenizers.map(nested);
    return {
      cuts: steps[0]?.cuts ?? "nowhere",
      split: (parts, place, whole) =>
        steps.reduce((parts, step, i) => step.split(parts, place, whole && i === 0), [...parts]),
    };
  },
);

/** Makes a pre-tokenizer from its part of `tokenizer.json`. */
export const createPreTokenizer = maker<PreTokenizer>([
  bertPreTokenizer,
  byteLevel,
  metaspace,
  sequence,
  split,
  whitespaceSplit,
  whitespace,
  digits,
  punctuation,
  charDelimiterSplit,
  moses,
]);
