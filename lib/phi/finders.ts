/** Finders of identifying data by rules, by a trained tagger, or by both. @module */

import type { Letter } from "../corpus/letter.ts";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { PhiFinder, PhiSpan } from "./finder.ts";
import { operatingPoint } from "./operating_point.ts";
import { phiFinder } from "./rules.ts";
import { isOver89 } from "./rules/ages.ts";
import { type Calibration, type FinderSort, PhiTagger } from "./tagger.ts";
import { candidatesOf, spansAt, withRules, type WordProbabilities } from "./word_probabilities.ts";

/** How identifying data is found. */
export interface FinderOptions extends ModelOptions {
  /** Default `both`. */
  readonly finder?: FinderSort;
  /** The tagger's folder, by name or path. Default `phi-english`. */
  readonly model?: string;
  /**
   * The share of identifying letters and digits that shall be found: words are taken from the probability on at which so many were found on the letters that
   * the model was calibrated on. Left out: the likeliest reading of the text.
   */
  readonly recall?: number;
  /** Ages over 89 (left out), or all. */
  readonly ages?: "over-89" | "all";
}

/** Finds identifying data in many letters at once. It holds memory until it is closed. */
export interface LettersFinder extends AsyncDisposable {
  /** What results name it by. */
  readonly name: string;
  /** For each letter what {@linkcode PhiFinder.find} gives. */
  findAll(letters: readonly Letter[]): Promise<PhiSpan[][]>;
  /** For each letter every word that may identify, with its probability, whatever recall is asked for; rules alone give what they find. */
  candidates(letters: readonly Letter[]): Promise<PhiSpan[][]>;
  /** A finder that knows these letters, by their texts, for what asks one letter at a time. @throws {Error} it does, for another text */
  over(letters: readonly Letter[]): Promise<PhiFinder>;
}

const MODEL = "phi-english";

/**
 * Opens a finder. Rules and tagger each see a letter once; together, a word is harmless where both are wrong, a rule being wrong as often as it
 * was on the letters that the model was calibrated on.
 *
 * @throws {Error} where there is no such model, a recall is asked of one that was not calibrated, or more than was found
 *
 * @example
 * ```ts
 * import { openPhiFinder } from "./finders.ts";
 * import { deepEqual } from "node:assert/strict";
 * await using finder = await openPhiFinder({ finder: "rules" });
 * const [found] = await finder.findAll([{ id: "a", text: "Seen by Dr Osei.", spans: [], meta: {} }]);
 * deepEqual(found?.map(({ start, end, label }) => [start, end, label]), [[11, 15, "CLINICIAN"]]);
 * ```
 */
export async function openPhiFinder(options: FinderOptions = {}): Promise<LettersFinder> {
  const { finder = "both", model = MODEL, recall, ages = "over-89" } = options;
  const rules = phiFinder({ ages });
  if (finder === "rules" && recall === undefined) {
    const all = (letters: readonly Letter[]) => Promise.resolve(letters.map((letter) => rules.find(letter)));
    return lettersFinder(rules.name, { findAll: all, candidates: all }, () => Promise.resolve());
  }
  const tagger = await PhiTagger.open(model, options);
  try {
    const { kinds, calibration } = tagger;
    const threshold = recall === undefined ? undefined : thresholdOf(tagger, finder, recall);
    const trust = new Map(Object.entries(calibration?.rules ?? {}));
    const trusted = (letter: Letter) =>
      rules.find(letter).map((span) => ({ ...span, probability: trust.get(span.by) ?? 1 }));
    const counts = (text: string) => (span: PhiSpan) =>
      ages === "all" || span.label !== "AGE" || isHigh(text, span);
    /** What is made of each letter's words. */
    const ofWords = async (
      letters: readonly Letter[],
      make: (text: string, read: WordProbabilities) => PhiSpan[],
    ) => {
      const read = await tagger.read(letters.map(({ text }) => text));
      return letters.map((letter, i) => {
        const alone = read[i] ?? { words: [], rows: new Float32Array() };
        const both = finder === "both" ? withRules(alone, rules.find(letter), trust, kinds) : alone;
        return make(letter.text, both).filter(counts(letter.text));
      });
    };
    const finding = finder === "rules"
      ? {
        findAll: (letters: readonly Letter[]) =>
          Promise.resolve(letters.map((letter) =>
            trusted(letter).filter(({ probability }) => probability >= (threshold ?? 0))
          )),
        candidates: (letters: readonly Letter[]) =>
          Promise.resolve(letters.map(trusted)),
      }
      : {
        findAll: (letters: readonly Letter[]) =>
          ofWords(letters, (text, read) => spansAt(text, read, kinds, tagger.name, threshold)),
        candidates: (letters: readonly Letter[]) =>
          ofWords(letters, (_, read) => candidatesOf(read, kinds, tagger.name)),
      };
    const who = finder === "rules"
      ? rules.name
      : finder === "both"
      ? `${rules.name} + ${tagger.name}`
      : `${tagger.name}${ages === "all" ? ", all ages" : ""}`;
    const name = recall === undefined ? who : `${who}, recall ${recall}`;
    return lettersFinder(name, finding, () => tagger.close());
  } catch (error) {
    await tagger.close();
    throw error;
  }
}

function isHigh(text: string, { start, end }: PhiSpan): boolean {
  return isOver89(text.slice(start, end), text.slice(end, end + 12));
}

function thresholdOf({ name, calibration }: PhiTagger, finder: FinderSort, recall: number): number {
  if (calibration) {
    return operatingPoint(calibration.curves[finder satisfies keyof Calibration["curves"]], recall).threshold;
  }
  throw new Error(
    `${name}: has no calibration.json, so a recall cannot be asked for. Run lib/phi/calibrate.ts, or leave it out.`,
  );
}

function lettersFinder(
  name: string,
  finding: Pick<LettersFinder, "findAll" | "candidates">,
  close: () => Promise<void>,
): LettersFinder {
  return {
    name,
    ...finding,
    async over(letters) {
      const found = await finding.findAll(letters);
      const known = new Map(letters.map(({ text }, i) => [text, found[i] ?? []]));
      return {
        name,
        find({ id, text }) {
          const spans = known.get(text);
          if (spans) return spans;
          throw new Error(
            `letter ${id}: it is not among those that ${name} has read. Give it to over() with them.`,
          );
        },
      };
    },
    [Symbol.asyncDispose]: close,
  };
}
