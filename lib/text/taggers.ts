/** The taggers there are, one a language. @module */

import { englishTagger } from "./english_tagger.ts";
import type { Language } from "./language.ts";
import type { PartOfSpeechTagger } from "./part_of_speech.ts";
import { spanishTagger } from "./spanish/spanish_tagger.ts";

/**
 * The tagger of a language; it is loaded when it first tags.
 *
 * @example
 * ```ts
 * import { taggerOf } from "./taggers.ts";
 * import { words } from "./words.ts";
 * import { deepEqual } from "node:assert/strict";
 * const tags = (text: string, language: "en" | "es") => taggerOf(language).tag(text, words(text));
 * deepEqual(tags("She takes strong tablets.", "en"), ["PRON", "VERB", "ADJ", "NOUN", "PUNCT"]);
 * deepEqual(tags("Toma pastillas fuertes.", "es"), ["VERB", "NOUN", "ADJ", "PUNCT"]);
 * ```
 */
export function taggerOf(language: Language): PartOfSpeechTagger {
  return language === "en" ? englishTagger : spanishTagger;
}
