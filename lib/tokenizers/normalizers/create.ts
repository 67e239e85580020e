/** All normalizers. @module */

import { z } from "zod";
import { kind, maker } from "../component.ts";
import { bertNormalizer } from "./bert.ts";
import { gptSw3 } from "./gpt_sw3.ts";
import type { Normalizer } from "./normalizer.ts";
import { precompiled } from "./precompiled.ts";
import { sentencePiece } from "./sentencepiece.ts";
import { byteLevel, forms, lowercase, nmt, prepend, replace, strip, stripAccents } from "./simple.ts";

const sequence = kind(
  "Sequence",
  z.looseObject({ normalizers: z.array(z.unknown()) }),
  ({ normalizers }, nested): Normalizer => {
    const steps = normalizers.map(nested);
    const reaches = steps.map(({ reach }) => reach);
    return {
      reach: reaches.includes("text") ? "text" : reaches.includes("neighbours") ? "neighbours" : "character",
      keepsSpaces: steps.every(({ keepsSpaces }) => keepsSpaces),
      normalize: (text, place) => steps.reduce((text, step) => step.normalize(text, place), text),
    };
  },
);

/** Makes a normalizer from its part of `tokenizer.json`. */
export const createNormalizer = maker<Normalizer>([
  bertNormalizer,
  sequence,
  precompiled,
  ...forms,
  lowercase,
  stripAccents,
  strip,
  prepend,
  replace,
  nmt,
  byteLevel,
  sentencePiece,
  gptSw3,
]);
