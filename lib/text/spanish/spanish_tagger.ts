/** Spanish parts of speech, by a lexicon, endings and the words beside. @module */

import { abbreviations } from "../abbreviations.ts";
import type { PartOfSpeech, PartOfSpeechTagger } from "../part_of_speech.ts";
import type { Word } from "../words.ts";
import { clitics, closedClass, haber, ser } from "./closed_class.ts";
import { type Readings, readings } from "./lexicon.ts";
import { unknownWord } from "./unknown_word.ts";

/** What was found for a word, whatever stands beside it. */
type Entry = { readonly fixed: PartOfSpeech } | { readonly open: Readings; readonly guess: PartOfSpeech };

/** Entries of words met so far: letters repeat their words. Bounded, so that a stream of letters does not fill memory. */
const known = new Map<string, Entry>();
const REMEMBERED = 100_000;

/**
 * A tagger for Spanish letters. Closed classes are lists; of nouns, adjectives and verbs the lexicon says what a form may be, endings
 * decide for words that it does not know, and where several are left the word before decides. Its agreement with a trained tagger is
 * in this folder's README.
 */
export const spanishTagger: PartOfSpeechTagger = {
  name: "palimpsest-es-1",
  tag(text, words) {
    const tags: PartOfSpeech[] = [];
    for (const [index, word] of words.entries()) {
      tags.push(tagOne(text, words, tags, index, word));
    }
    return tags;
  },
};

function tagOne(
  text: string,
  words: readonly Word[],
  tags: readonly PartOfSpeech[],
  index: number,
  { text: word, start }: Word,
): PartOfSpeech {
  const lower = word.toLowerCase();
  const entry = entryOf(lower);
  const [before, after] = [words[index - 1], words[index + 1]];
  if ("fixed" in entry) {
    if (entry.fixed !== "DET" || !clitics.has(lower) || after === undefined) return entry.fixed;
    const next = entryOf(after.text.toLowerCase()); // "la ingresó", but "la lesión"
    const verb = "fixed" in next ? next.fixed === "VERB" || next.fixed === "AUX" : isVerbAlone(next.open);
    return verb ? "PRON" : "DET";
  }
  const abbreviated = before?.text === "." && abbreviations.has(words[index - 2]?.text.toLowerCase() ?? "");
  const first = !abbreviated &&
    (index === 0 || /[\n.:;?!•*-]\s*$/.test(text.slice(Math.max(0, start - 3), start)));
  if (/^\p{Lu}/u.test(word) && !first && !/^\p{Lu}+$/u.test(word)) return "PROPN";
  return choose(entry.open, entry.guess, tags[index - 1], before?.text.toLowerCase());
}

function isVerbAlone({ noun, adjective, verb }: Readings): boolean {
  return verb === "other" && !noun && !adjective;
}

function choose(
  { noun, adjective, verb }: Readings,
  guess: PartOfSpeech,
  before: PartOfSpeech | undefined,
  previous = "",
): PartOfSpeech {
  if (verb === "participle") {
    if (haber.has(previous) || ser.has(previous)) return "VERB";
    if (before === "DET" || before === "NUM") return noun ? "NOUN" : "ADJ";
    return "ADJ";
  }
  if (!noun && !adjective) return verb ? "VERB" : guess;
  const afterPronoun = before === "PRON" || before === "AUX" || previous === "no";
  if (verb && afterPronoun && previous !== "uno") return before === "AUX" && adjective ? "ADJ" : "VERB";
  const nominal = before === "DET" || before === "NUM" || before === "ADP" || before === "ADJ";
  if (noun && adjective) {
    return before === "NOUN" || before === "PROPN" || before === "AUX" || before === "ADV" ? "ADJ" : "NOUN";
  }
  if (adjective) return "ADJ";
  if (verb && !nominal && (before === "NOUN" || before === "PROPN" || before === "SCONJ")) return "VERB";
  return "NOUN";
}

function entryOf(lower: string): Entry {
  const met = known.get(lower);
  if (met !== undefined) return met;
  if (known.size >= REMEMBERED) known.clear();
  const entry = newEntry(lower);
  known.set(lower, entry);
  return entry;
}

function newEntry(lower: string): Entry {
  const closed = closedClass.get(lower);
  if (closed !== undefined) return { fixed: closed };
  if (/\p{N}/u.test(lower)) return { fixed: "NUM" };
  if (!/\p{L}/u.test(lower)) return { fixed: /[\p{P}]/u.test(lower) ? "PUNCT" : "SYM" };
  return { open: readings(lower), guess: unknownWord(lower) };
}
