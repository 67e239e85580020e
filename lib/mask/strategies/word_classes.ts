/** Classes of words: by a list, or by part of speech. @module */

import { nearestName } from "../../nearest_name.ts";
import type { PartOfSpeech } from "../../text/part_of_speech.ts";
import { stopwords as stopwordsOf } from "../../text/stopwords.ts";
import type { Context } from "./strategy.ts";

/** Tells whether a word of the letter, by its index, is of the class. */
type Member = (index: number) => boolean;

/** Modal verbs of English, which Penn's tagset, and so the paper, does not count as verbs. */
const modals = new Set("can could may might must shall should will would ca wo ll cannot".split(" "));

const longest = new Map<ReadonlySet<string>, number>();
const stopwords = ({ words, language }: Context): Member => {
  const list = stopwordsOf(language);
  const most = longest.get(list) ?? Math.max(...[...list].map(({ length }) => length));
  longest.set(list, most);
  return (index) => {
    const text = words[index]?.text ?? "";
    return text.length <= most && list.has(text.toLowerCase());
  };
};
const tagged = (...tags: readonly PartOfSpeech[]) => (context: Context): Member => {
  const found = context.partsOfSpeech();
  return (index) => tags.includes(found[index] ?? "X");
};
const modal = (context: Context): Member => {
  const auxiliary = tagged("AUX", "VERB")(context);
  return (index) =>
    context.language === "en" && auxiliary(index) &&
    modals.has(context.words[index]?.text.toLowerCase() ?? "");
};
const both =
  (one: (context: Context) => Member, other: (context: Context) => Member, holds: boolean) =>
  (context: Context) => {
    const [first, second] = [one(context), other(context)];
    return (index: number) => first(index) && second(index) === holds;
  };

/**
 * Every class, in the order in which a word that is of several is counted. Nouns and verbs are those of Synthetic4Health: names and
 * forms of "be", "have" and "do" included, modal verbs not; `others` are words of no other part of speech than these, adjectives and
 * adverbs.
 */
const classes = {
  stopwords,
  nouns: tagged("NOUN", "PROPN"),
  verbs: both(tagged("VERB", "AUX"), modal, false),
  adjectives: tagged("ADJ"),
  adverbs: tagged("ADV"),
  pronouns: tagged("PRON"),
  determiners: tagged("DET"),
  prepositions: tagged("ADP"),
  conjunctions: tagged("CCONJ", "SCONJ"),
  particles: tagged("PART"),
  interjections: tagged("INTJ"),
  "proper-nouns": tagged("PROPN"),
  modals: modal,
  "content-words": tagged("NOUN", "PROPN", "VERB", "ADJ", "ADV"),
  others: tagged("PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "INTJ", "NUM", "PUNCT", "SYM", "X"),
} as const satisfies Readonly<Record<string, (context: Context) => Member>>;

/** The name of a class of words. */
export type ClassName = keyof typeof classes;

/** The names of all classes, in the order in which a word that is of several is counted. */
export const classNames: readonly ClassName[] = Object.keys(classes).filter((name): name is ClassName =>
  name in classes
);

/** What tells whether a word of the letter is of a class. */
export function memberOf(name: ClassName, context: Context): Member {
  return classes[name](context);
}

/**
 * A class by its name.
 *
 * @throws {Error} with the nearest name and all there are, when there is none of that name
 *
 * @example
 * ```ts
 * import { classNamed } from "./word_classes.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => classNamed("noun"), /unknown class of words "noun"\. The nearest is nouns/);
 * ```
 */
export function classNamed(name: string): ClassName {
  const found = classNames.find((one) => one === name);
  if (found !== undefined) return found;
  throw new Error(
    `unknown class of words "${name}". The nearest is ${nearestName(name, classNames)}. Known: ${
      classNames.join(", ")
    }.`,
  );
}
