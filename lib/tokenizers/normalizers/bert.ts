/** BERT's normalizer. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import { IDEOGRAPH, isNonspacing, isOther } from "../unicode/characters.ts";
import { normalized } from "../unicode/forms.ts";
import type { Normalizer } from "./normalizer.ts";

const Config = z.looseObject({
  clean_text: z.boolean().default(true),
  handle_chinese_chars: z.boolean().default(true),
  strip_accents: z.boolean().nullable().default(null),
  lowercase: z.boolean().default(true),
});

/** Cleaning, ideographs apart, accents away, lower case (Devlin et al. 2019, `tokenization.py`). */
export const bertNormalizer = kind("BertNormalizer", Config, (config): Normalizer => {
  const { clean_text, handle_chinese_chars, lowercase, strip_accents } = config;
  return {
    reach: "character",
    keepsSpaces: true,
    normalize(text) {
      if (PRINTABLE.test(text.text)) return lowercase ? text.renamed(text.text.toLowerCase()) : text;
      let result = text;
      if (clean_text) result = result.filtered(isKept).mapped((c) => WHITE.test(c) ? " " : c);
      if (handle_chinese_chars) result = result.mapped((c) => IDEOGRAPH.test(c) ? ` ${c} ` : c);
      if (strip_accents ?? lowercase) {
        result = normalized(result, "NFD").filtered((c) => c < "\u0300" || !isNonspacing(c));
      }
      return lowercase ? result.mapped((c) => c.toLowerCase()) : result;
    },
  };
});

const PRINTABLE = /^[ -~]*$/;
const WHITE = /\p{White_Space}/u;

function isKept(character: string): boolean {
  if (character >= " " && character <= "~") return true;
  if (character === "\t" || character === "\n" || character === "\r") return true;
  return character !== "\ufffd" && !isOther(character);
}
