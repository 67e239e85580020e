import type { Letter } from "../../corpus/letter.ts";
import { type Word, words as wordsOf } from "../../text/words.ts";
import { share, type Strategy } from "./strategy.ts";

/** A language model, as far as it can say how uncertain it is of words. */
export interface UncertaintyModel {
  readonly name: string;
  /** For each of the letter's words the entropy, in nats, of what the model expects in its place. */
  entropies(letter: Letter, words: readonly Word[]): Promise<readonly number[]> | readonly number[];
}

/** What a model found of letters' words. Plain data, so that it can be stored and compared. */
export interface WordEntropies {
  /** The model's name. */
  readonly name: string;
  /** By the letter's id, a value for each of its words. */
  readonly of: Readonly<Record<string, readonly number[]>>;
}

/**
 * Asks a model how uncertain it is of each word of letters: what {@linkcode entropy} masks by.
 *
 * @throws {Error} when the model gives another number of values than the letter has words, or one that is no number
 *
 * @example
 * ```ts
 * import { wordEntropies } from "./entropy.ts";
 * import { deepEqual } from "node:assert/strict";
 * const model = { name: "by length", entropies: (_letter: unknown, words: readonly { text: string }[]) => words.map(({ text }) => text.length) };
 * deepEqual(await wordEntropies([{ id: "a", text: "mild pain", spans: [], meta: {} }], model), {
 *   name: "by length",
 *   of: { a: [4, 4] },
 * });
 * ```
 */
export async function wordEntropies(
  letters: readonly Letter[],
  model: UncertaintyModel,
): Promise<WordEntropies> {
  const of: [string, readonly number[]][] = [];
  for (const letter of letters) {
    const words = wordsOf(letter.text);
    const values = await model.entropies(letter, words);
    if (values.length !== words.length || values.some((value) => !Number.isFinite(value))) {
      throw new Error(
        `letter ${letter.id}: ${model.name} gave ${values.length} entropies, not all of them numbers or not one for each of ` +
          `${words.length} words. Give one finite number a word.`,
      );
    }
    of.push([letter.id, values]);
  }
  return { name: model.name, of: Object.fromEntries(of) };
}

/** The words of which a model is least certain, those of equal entropy in random order. */
export const entropy = {
  name: "entropy",
  choose(context, { ratio, entropies }) {
    const { letter: { id }, words, maskable } = context;
    const values = Object.hasOwn(entropies.of, id) ? entropies.of[id] : undefined;
    if (values?.length !== words.length) {
      throw new Error(
        `letter ${id}: ${entropies.name} has ${
          values?.length ?? "no"
        } entropies for its ${words.length} words. ` +
          `Ask the model of these very letters with wordEntropies().`,
      );
    }
    const ordered = context.random().shuffle(maskable.map((index) => ({ index, of: values[index] ?? 0 })));
    return ordered.sort((a, b) => b.of - a.of).slice(0, share(ordered.length, ratio)).map(({ index }) =>
      index
    );
  },
} as const satisfies Strategy<{ readonly ratio: number; readonly entropies: WordEntropies }>;
