/** A letter as strategies see it. @module */

import type { Letter } from "../corpus/letter.ts";
import { random as streamOf } from "../random.ts";
import { type Language, languageOf, languages } from "../text/language.ts";
import type { PartOfSpeech } from "../text/part_of_speech.ts";
import { taggerOf } from "../text/taggers.ts";
import type { Word } from "../text/words.ts";
import type { MaskOptions } from "./options.ts";
import { type PieceMask, piecesOf } from "./pieces.ts";
import { type Context, share } from "./strategies/strategy.ts";

/** What a strategy may ask of a letter. Pieces that are drawn singly are added to `drawn`. */
export function contextOf(
  letter: Letter,
  words: readonly Word[],
  maskable: readonly number[],
  options: MaskOptions,
  drawn: PieceMask[],
): Context {
  const { seed } = options;
  const single = "unit" in options && options.unit === "piece" ? options.pieces : undefined;
  const random = (part?: string) => streamOf(`${seed}/${letter.id}${part === undefined ? "" : `/${part}`}`);
  let language: Language | undefined;
  let tags: readonly PartOfSpeech[] | undefined;
  return {
    letter,
    words,
    maskable,
    seed,
    random,
    get language() {
      return language ??= options.language ?? languages.find((one) => one === letter.meta["language"]) ??
        languageOf(letter.text);
    },
    partsOfSpeech() {
      return tags ??= taggerOf(this.language).tag(letter.text, words);
    },
    draw(candidates, ratio, part) {
      if (single === undefined) {
        return random(part).shuffle([...candidates]).slice(0, share(candidates.length, ratio));
      }
      const pieces = piecesOf(candidates, words, single);
      const chosen = random(part).shuffle(pieces).slice(0, share(pieces.length, ratio));
      drawn.push(...chosen);
      return [...new Set(chosen.map(({ word }) => word))];
    },
  };
}
