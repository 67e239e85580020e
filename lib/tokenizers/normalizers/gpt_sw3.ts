/** What GPT-SW3 does to a text before SentencePiece. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import { normalized } from "../unicode/forms.ts";
import { classOf } from "../unicode/ranges.ts";
import type { Normalizer } from "./normalizer.ts";

/** Control characters, soft hyphens and no-break spaces away, some spaces to plain ones, NFC. `tokenizer.json` has no such type. */
export const gptSw3 = kind("GPTSw3", z.looseObject({}), (): Normalizer => ({
  reach: "neighbours",
  keepsSpaces: false,
  normalize: (text) =>
    normalized(
      text.filtered((c) => !REMOVED.test(c)).mapped((c) => SPACES.test(c) ? " " : c),
      "NFC",
    ),
}));

const REMOVED = new RegExp(`[${classOf("0-8 b-1f 7f-a0 ad 200b")}]`, "v");
const SPACES = new RegExp(`[${classOf("2002-2003 2005 2008-200a 202f 3000 fffc")}]`, "v");
