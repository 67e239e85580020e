/** English parts of speech, by winkNLP. @module */

import { createRequire } from "node:module";
import type { Model, WinkMethods } from "wink-nlp";
import { type PartOfSpeech, type PartOfSpeechTagger, partsOfSpeech } from "./part_of_speech.ts";
import type { Word } from "./words.ts";

const known: ReadonlyMap<string, PartOfSpeech> = new Map(partsOfSpeech.map((tag) => [tag, tag]));

/** Loaded when first asked for: it takes a tenth of a second, and most uses never ask. */
let loaded: WinkMethods | undefined;

function wink(): WinkMethods {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  const load: (model: Model, pipe: string[]) => WinkMethods = require("wink-nlp");
  return loaded = load(require("wink-eng-lite-web-model"), ["pos"]);
}

/**
 * The tagger of winkNLP 2.4.0 with its model `wink-eng-lite-web-model` 1.8.1 (both MIT), whose tags are Universal Dependencies'.
 * winkNLP cuts its own tokens (`ca`, `n't`); a word has the part of speech of the token in which it begins.
 */
export const englishTagger: PartOfSpeechTagger = {
  name: "wink-eng-lite-web-model@1.8.1",
  tag(text, words) {
    if (words.length === 0) return [];
    const { readDoc, its } = wink();
    const tokens = readDoc(text).tokens();
    return tagsOfWords(text, words, tokens.out(its.value), tokens.out(its.pos));
  },
};

/** Finds each token in the text behind the one before it: winkNLP gives no offsets, and leaves out nothing but blanks. */
function tagsOfWords(
  text: string,
  words: readonly Word[],
  tokens: readonly string[],
  tags: readonly string[],
): PartOfSpeech[] {
  const found: PartOfSpeech[] = [];
  let [token, start, end, searched] = [-1, 0, 0, 0];
  for (const word of words) {
    while (end <= word.start && token < tokens.length - 1) {
      token++;
      const value = tokens[token] ?? "";
      const at = text.indexOf(value, searched);
      if (at < 0) continue; // not as it stands in the text: its words fall to the token behind it
      [start, end, searched] = [at, at + value.length, at + value.length];
    }
    found.push(start < word.end && word.start < end ? known.get(tags[token] ?? "X") ?? "X" : "X");
  }
  return found;
}
