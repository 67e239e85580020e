/** SentencePiece's own normalizer. @module */

import { z } from "zod";
import type { Aligned } from "../aligned.ts";
import { kind } from "../component.ts";
import { Charsmap } from "./charsmap.ts";
import type { Normalizer, Place } from "./normalizer.ts";

const Config = z.looseObject({
  /** As base64. */
  precompiled_charsmap: z.string().nullable().default(null),
  add_dummy_prefix: z.boolean(),
  remove_extra_whitespaces: z.boolean(),
  escape_whitespaces: z.boolean(),
  /** Pieces that no rule touches. */
  user_defined: z.array(z.string()).default([]),
});

/** The most bytes that a rule's left side is looked for in. */
const LONGEST_RULE = 64;

/**
 * What SentencePiece does to a text before it cuts it (Kudo & Richardson 2018, section 3.3; `normalizer.cc`): the longest rule at each
 * place, white space unified and written `▁`. For models that Python runs with the library itself; `tokenizer.json` has no such type.
 */
export const sentencePiece = kind("SentencePiece", Config, (config): Normalizer => {
  const { precompiled_charsmap, user_defined } = config;
  const charsmap = precompiled_charsmap
    ? new Charsmap(Uint8Array.fromBase64(precompiled_charsmap))
    : undefined;
  const fixed = user_defined.toSorted((a, b) => b.length - a.length);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const bytes = new Uint8Array(LONGEST_RULE);

  /** What the text from an offset on begins with becomes, and how many units that is. */
  const step = (text: string, at: number): [replacement: string, length: number] => {
    const piece = fixed.find((piece) => text.startsWith(piece, at));
    if (piece !== undefined) return [piece, piece.length];
    const { written = 0 } = charsmap ? encoder.encodeInto(text.slice(at, at + LONGEST_RULE), bytes) : {};
    const longest = charsmap?.prefixes(bytes.subarray(0, written)).at(-1);
    if (!charsmap || !longest) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      return [character.isWellFormed() ? character : "\ufffd", character.length];
    }
    const length = decoder.decode(bytes.subarray(0, longest[0])).length;
    return [decoder.decode(charsmap.replacement(longest[1])), length];
  };

  return {
    reach: "neighbours",
    keepsSpaces: false,
    normalize: (text, place) => normalize(text, place, step, config),
  };
});

function normalize(
  source: Aligned,
  { head, tail }: Place,
  step: (text: string, at: number) => [string, number],
  config: z.output<typeof Config>,
): Aligned {
  const { add_dummy_prefix, remove_extra_whitespaces, escape_whitespaces } = config;
  const text = source.text;
  const space = escape_whitespaces ? "▁" : " ";
  let [result, at] = ["", 0];
  const units: number[] = [];
  const add = (added: string, unit: number) => {
    result += added;
    for (let i = 0; i < added.length; i++) units.push(unit);
  };
  for (; head && remove_extra_whitespaces && at < text.length;) {
    const [replacement, length] = step(text, at);
    if (replacement !== " ") break;
    at += length;
  }
  if (at === text.length) return source.picked("", []);
  if (head && add_dummy_prefix) add(space, at);
  let spaceBefore = head && remove_extra_whitespaces;
  while (at < text.length) {
    const [replacement, length] = step(text, at);
    const kept = spaceBefore ? replacement.replace(/^ +/, "") : replacement;
    add(escape_whitespaces ? kept.replaceAll(" ", "▁") : kept, at);
    if (kept !== "") spaceBefore = kept.endsWith(" ") && remove_extra_whitespaces;
    at += length;
  }
  while (tail && remove_extra_whitespaces && result.endsWith(space)) {
    result = result.slice(0, -1);
    units.pop();
  }
  return source.picked(result, units);
}
