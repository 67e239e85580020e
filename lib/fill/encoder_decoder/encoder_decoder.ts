/** Filling blanks with an encoder-decoder. @module */

import type { MaskedLetter } from "../../mask/mask.ts";
import type { Fill, Filler } from "../filler.ts";
import { AnsweredLetter } from "./answered_letter.ts";
import type { InfillingModel } from "./infilling_model.ts";
import { type InfillingOptions, type InfillingSettings, infillingSettings } from "./options.ts";
import { readAnswer } from "./read_answer.ts";
import { type SentinelWindow, sentinelWindows } from "./sentinel_windows.ts";

/** How well a model kept to the sentinels it was given. */
export interface SentinelCounts {
  /** That it was asked for, each as often as it was. */
  readonly asked: number;
  /** That it passed over, or wrote nothing behind. */
  readonly missing: number;
  /** That it wrote though they were not asked for, or wrote again. */
  readonly surplus: number;
}

/** A filler that counts. */
export interface InfillingFiller extends Filler {
  /** Of all letters filled so far. */
  readonly sentinels: SentinelCounts;
}

/** Letters whose windows are searched for together. */
const LETTERS_AT_ONCE = 16;

/**
 * Fills with an encoder-decoder of T5's kind. Without options as Synthetic4Health does (arXiv 2409.09501): a sentinel a word, the paper's
 * prompt before each window, five beams, no bigram twice, of what is behind a sentinel the first word, and blanks that the model passes
 * over stay blank; with `rounds: 2` it is asked once more for these, and with `minLines: 3` windows are the paper's.
 *
 * A fill's `raw` is all that the best text has behind the sentinel; `candidates` are what the other beams have there, each with its
 * probability given what is before it. Masks of pieces (`MaskedLetter.masks`) count as one a word: a sentinel stands for any number.
 *
 * Windows that are the same are searched for once.
 *
 * @throws Error when an option is not what it can be, or words that touch are longer than the model's input
 *
 * @example
 * ```ts
 * import { mask } from "../../mask/mask.ts";
 * import { encoderDecoder } from "./encoder_decoder.ts";
 * import { openInfillingModel } from "./infilling_model.ts";
 * import { tinyT5 } from "./tiny_t5.ts";
 * import { equal } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyT5(folder);
 * const model = await openInfillingModel(folder);
 * const filler = encoderDecoder(model, { beams: 2 });
 * const letter = { id: "a", text: "She felt well today.", spans: [], meta: {} };
 * const [fills] = await filler.fill(mask([letter], { strategy: "random", ratio: 0.5, seed: 42 }));
 * equal(fills?.length, 2);
 * equal(filler.sentinels.asked, 2);
 * await model.close();
 * ```
 */
export function encoderDecoder(model: InfillingModel, options: InfillingOptions = {}): InfillingFiller {
  const how = infillingSettings(options);
  const counts = { asked: 0, missing: 0, surplus: 0 };
  return {
    name: model.name,
    get sentinels() {
      return { ...counts };
    },
    async fill(letters, progress = () => {}) {
      const fills: Fill[][] = [];
      for (let first = 0; first < letters.length; first += LETTERS_AT_ONCE) {
        const group = letters.slice(first, first + LETTERS_AT_ONCE);
        fills.push(...await fillTogether(group, model, how, counts));
        progress(fills.length, letters.length);
      }
      return fills;
    },
  };
}

/** A window of a letter. */
interface Asked extends SentinelWindow {
  readonly answered: AnsweredLetter;
  /** Of its stream of chance. */
  readonly name: string;
}

async function fillTogether(
  letters: readonly MaskedLetter[],
  model: InfillingModel,
  how: InfillingSettings,
  counts: { asked: number; missing: number; surplus: number },
): Promise<Fill[][]> {
  const pages = letters.map((masked) => new AnsweredLetter(masked, model, how));
  for (let round = 0; round < how.rounds; round++) {
    const asked = pages.flatMap((answered): Asked[] => {
      const { masked, written } = answered;
      if (written.size === masked.masked.length) return [];
      return sentinelWindows(masked, model, how, written).map((window, i) => {
        return { ...window, answered, name: `${masked.letter.id}/${round}/${i}` };
      });
    });
    await ask(asked, model, how, counts);
  }
  return pages.map((page) => page.fills());
}

async function ask(
  asked: readonly Asked[],
  model: InfillingModel,
  how: InfillingSettings,
  counts: { asked: number; missing: number; surplus: number },
): Promise<void> {
  const { sampling } = how.search;
  // The same windows are written the same, unless by chance.
  const keyOf = ({ ids, name }: Asked) => sampling ? name : `${ids}`;
  const distinct = [...new Map(asked.map((window) => [keyOf(window), window])).values()];
  const found = distinct.length === 0 ? [] : await model.search(distinct.map(({ ids }) => ids), {
    ...how.search,
    maxPieces: distinct.map(({ words }) => words.length * (how.pieces + 1) + 1),
    names: distinct.map(({ name }) => name),
  });
  const texts = new Map(distinct.map((window, i) => [keyOf(window), found[i] ?? []]));
  for (const window of asked) {
    const answers = (texts.get(keyOf(window)) ?? []).map((text) =>
      readAnswer(text, model.sentinels, window.words.length)
    );
    window.words.forEach((word, number) => {
      window.answered.settle(word, answers.map(({ parts }) => parts[number]));
    });
    counts.asked += window.words.length;
    counts.surplus += answers[0]?.surplus ?? 0;
    counts.missing += answers[0]?.parts.filter((part) => part === undefined).length ?? window.words.length;
  }
}
