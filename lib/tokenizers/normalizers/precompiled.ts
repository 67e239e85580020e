/** SentencePiece's rules as Hugging Face's tokenizers apply them. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import { classOf } from "../unicode/ranges.ts";
import { Charsmap } from "./charsmap.ts";
import type { Normalizer } from "./normalizer.ts";

const Config = z.looseObject({ precompiled_charsmap: z.string().nullable().default(null) });

/**
 * The rules of a SentencePiece model, such as its NFKC with white space unified. A grapheme of fewer than six bytes that begins with
 * something that has a rule becomes, as a whole, what the shortest such beginning becomes; other characters are looked up one by one.
 * (SentencePiece itself takes the longest match wherever it is. The models' published numbers come from either.)
 */
export const precompiled = kind(
  "Precompiled",
  Config,
  ({ precompiled_charsmap }): Normalizer => precompiledNormalizer(precompiled_charsmap),
);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function precompiledNormalizer(base64: string | null): Normalizer {
  if (!base64) return { reach: "character", keepsSpaces: true, normalize: (text) => text };
  const charsmap = new Charsmap(Uint8Array.fromBase64(base64));
  const known = new Map<string, string | undefined>();
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder("utf-8", { ignoreBOM: true })];
  const rule = (part: string): string | undefined => {
    if (known.has(part)) return known.get(part);
    const [shortest] = charsmap.prefixes(encoder.encode(part));
    const replacement = shortest && decoder.decode(charsmap.replacement(shortest[1]));
    known.set(part, replacement);
    return replacement;
  };
  return {
    reach: "neighbours",
    keepsSpaces: [" ", "\t", "\n", "\r"].every((space) => /^\p{White_Space}+$/u.test(rule(space) ?? space)),
    normalize(text) {
      const [characters, changes]: [string[], number[]] = [[], []];
      let [modified, skipped] = [false, 0];
      const look = (part: string): boolean => {
        const replacement = rule(part);
        if (replacement === undefined) return false;
        modified = true;
        // Python forgets what is dropped before the first character, and its offsets are too small from there on.
        if (replacement === "" && characters.length === 0) skipped += [...part].length;
        else replaceWith(part, replacement, characters, changes);
        return true;
      };
      for (const grapheme of graphemesOf(text.text)) {
        if (grapheme.length < 6 && utf8Length(grapheme) < 6 && look(grapheme)) continue;
        for (const character of grapheme) {
          if (look(character)) continue;
          characters.push(character);
          changes.push(0);
        }
      }
      return modified ? text.edited(characters, changes, skipped) : text;
    },
  };
}

function replaceWith(part: string, replacement: string, characters: string[], changes: number[]): void {
  const [before, after] = [[...part].length, [...replacement].length];
  let i = 0;
  for (const character of replacement) {
    characters.push(character);
    changes.push(i++ < before ? 0 : 1);
  }
  const last = changes.length - 1;
  if (after < before && last >= 0) changes[last] = (changes[last] ?? 0) + after - before;
}

/** ASCII without carriage returns: each character is a grapheme. */
const SINGLE = new RegExp(`^[${classOf("0-c e-7f")}]*$`, "v");

function graphemesOf(text: string): Iterable<string> {
  if (SINGLE.test(text)) return text;
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
