/** Normalizers of a line or two. @module */

import { z } from "zod";
import { type Aligned, matchesOf } from "../aligned.ts";
import { kind } from "../component.ts";
import { Pattern, patternOf } from "../pattern.ts";
import { byteCharacters } from "../pre_tokenizers/bytes.ts";
import { isCombining } from "../unicode/characters.ts";
import { type Form, normalized } from "../unicode/forms.ts";
import { classOf } from "../unicode/ranges.ts";
import type { Normalizer } from "./normalizer.ts";

const None = z.looseObject({});

/** Unicode's forms (Unicode Standard Annex 15). */
export const forms = (["NFC", "NFD", "NFKC", "NFKD"] as const).map((form: Form) =>
  kind(form, None, (): Normalizer => ({
    reach: "neighbours",
    keepsSpaces: true,
    normalize: (text) => normalized(text, form),
  }))
);

/** Lower case, character by character: a final sigma is no exception. */
export const lowercase = kind("Lowercase", None, (): Normalizer => ({
  reach: "character",
  keepsSpaces: true,
  normalize: (text) => text.mapped((c) => c.toLowerCase()),
}));

/** Marks away. */
export const stripAccents = kind("StripAccents", None, (): Normalizer => ({
  reach: "character",
  keepsSpaces: true,
  normalize: (text) => text.filtered((c) => !isCombining(c)),
}));

/** White space at the ends of a section away. */
export const strip = kind(
  "Strip",
  z.looseObject({ strip_left: z.boolean().default(true), strip_right: z.boolean().default(true) }),
  ({ strip_left, strip_right }): Normalizer => ({
    reach: "neighbours",
    keepsSpaces: true,
    normalize(text, { head, tail }) {
      const start = strip_left && head ? /^\p{White_Space}*/u.exec(text.text)?.[0].length ?? 0 : 0;
      const length = text.text.length;
      const end = strip_right && tail ? length - (TRAILING.exec(text.text)?.[0].length ?? 0) : length;
      return inside(text, start, Math.max(start, end));
    },
  }),
);
const TRAILING = /(?<!\p{White_Space})\p{White_Space}*$/u;

/** A part that is still the whole to what comes after: its source begins where the whole begins. */
function inside(text: Aligned, start: number, end: number): Aligned {
  if (start === 0 && end === text.text.length) return text;
  let at = 0;
  return text.filtered((character) => {
    const kept = at >= start && at < end;
    at += character.length;
    return kept;
  });
}

/** Something before every section. */
export const prepend = kind("Prepend", z.looseObject({ prepend: z.string() }), (config): Normalizer => ({
  reach: "neighbours",
  keepsSpaces: false,
  normalize: (text, { head }) => head ? text.prepended(config.prepend) : text,
}));

/** What a pattern matches replaced. */
export const replace = kind(
  "Replace",
  z.looseObject({ pattern: Pattern, content: z.string() }),
  ({ pattern, content }): Normalizer => {
    const regexp = patternOf(pattern);
    const space = "String" in pattern && pattern.String === " " && !/\p{White_Space}/u.test(content);
    const spaces = "Regex" in pattern && pattern.Regex === " {2,}";
    return {
      reach: space ? "character" : spaces ? "neighbours" : "text",
      keepsSpaces: false,
      normalize: (text) => text.replaced(matchesOf(regexp, text.text), content),
    };
  },
);

/** Control characters away, other white space to spaces, as machine translation has it. */
export const nmt = kind("Nmt", None, (): Normalizer => ({
  reach: "neighbours",
  keepsSpaces: true,
  normalize: (text) => text.filtered((c) => !CONTROL.test(c)).mapped((c) => SPACE.test(c) ? " " : c),
}));

const CONTROL = new RegExp(`[${classOf("1-8 b e-1f 7f 8f 9f")}]`, "v");
const SPACE = new RegExp(`[${classOf("9-a c d 1680 200b-200f 2028-2029 2581 feff fffd")}]`, "v");

/** The bytes of UTF-8 as letters (Radford et al. 2019). */
export const byteLevel = kind("ByteLevel", None, (): Normalizer => ({
  reach: "text",
  keepsSpaces: false,
  normalize: byteCharacters,
}));
