/** What to mask: the options of masking, as types and as checks. @module */

import { nearestName } from "../nearest_name.ts";
import type { PhiFinder } from "../phi/finder.ts";
import { type Language, languageNamed } from "../text/language.ts";
import type { PieceCutter } from "./pieces.ts";
import type { ProtectOptions } from "./protect/protect.ts";
import type { WordEntropies } from "./strategies/entropy.ts";
import type { WordFrequencies } from "./strategies/rarest.ts";
import { type ClassName, classNamed, classNames } from "./strategies/word_classes.ts";

/** What every strategy reads. */
interface Common extends ProtectOptions {
  /** A whole number; with the letter's id it decides all that is random. */
  readonly seed: number;
  /** The letters' language; left out: what each letter's words say, unless its `meta.language` does. */
  readonly language?: Language;
  /**
   * Identifying data are masked whatever the ratio and the protection rules say: those that the letter's gold spans mark (`"gold"`), that
   * rules find (`"rules"`), both (`"all"`), or that a finder of the user's own finds; where a gold span says that it is clinical, what is
   * found otherwise stays. Left out: identifying data are words like others.
   */
  readonly phi?: "gold" | "rules" | "all" | PhiFinder;
  /** Whether a word gets one mask (`"word"`, as in the paper, and where left out) or one for each of its pieces. */
  readonly count?: "word" | "piece";
  /** Cuts words into a model's pieces; needed where pieces are counted or masked. */
  readonly pieces?: PieceCutter;
}

interface Ratio {
  /** Share of the strategy's candidates in a letter that are masked, from 0 to 1. */
  readonly ratio: number;
}

interface Unit {
  /** What is drawn: whole words (where left out) or their pieces singly. */
  readonly unit?: "word" | "piece";
}

/** Any word, words of a class, or any word as the paper's authors draw. */
interface ByName extends Common, Ratio, Unit {
  readonly strategy: "random" | ClassName;
}

interface AsAuthors extends Common, Ratio {
  readonly strategy: "authors";
}

interface ByClasses extends Common, Ratio, Unit {
  readonly strategy: "classes";
  readonly classes: readonly ClassName[];
}

interface Hybrid extends Common, Unit {
  readonly strategy: "hybrid";
  /** For each class its own share. */
  readonly ratios: Readonly<Partial<Record<ClassName, number>>>;
}

interface Spans extends Common, Ratio {
  readonly strategy: "spans";
  /** Mean length of a span in words; left out: 3, as T5. */
  readonly meanLength?: number;
}

interface Rarest extends Common, Ratio {
  readonly strategy: "rarest";
  /** How often words occur; left out: in the letters that are masked. */
  readonly frequencies?: WordFrequencies;
}

interface Entropy extends Common, Ratio {
  readonly strategy: "entropy";
  /** From `wordEntropies()`. */
  readonly entropies: WordEntropies;
}

interface ByDistance extends Common, Ratio, Unit {
  readonly strategy: "away-from-entities" | "near-entities";
  /** In words. */
  readonly distance: number;
}

/** What to mask. The strategy decides which further options there are. */
export type MaskOptions = ByName | AsAuthors | ByClasses | Hybrid | Spans | Rarest | Entropy | ByDistance;

/** The name of a masking strategy. */
export type StrategyName = MaskOptions["strategy"];

/** The names of all masking strategies. */
export const strategyNames: readonly StrategyName[] = [
  "random",
  ...classNames,
  "classes",
  "hybrid",
  "spans",
  "rarest",
  "entropy",
  "away-from-entities",
  "near-entities",
  "authors",
];

/**
 * A masking strategy by its name.
 *
 * @throws {Error} with the nearest name and all there are, when there is none of that name
 *
 * @example
 * ```ts
 * import { strategyNamed } from "./options.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => strategyNamed("nuons"), /unknown masking strategy "nuons"\. The nearest is nouns\. Known: random, /);
 * ```
 */
export function strategyNamed(name: string): StrategyName {
  const found = strategyNames.find((one) => one === name);
  if (found !== undefined) return found;
  throw new Error(
    `unknown masking strategy "${name}". The nearest is ${nearestName(name, strategyNames)}. ` +
      `Known: ${strategyNames.join(", ")}.`,
  );
}

/**
 * Checks options that may come from anywhere.
 *
 * @throws {Error} when a name is unknown, a ratio is not within [0, 1], a number is none that it can be, or options are missing
 */
export function checkOptions(options: MaskOptions): void {
  strategyNamed(options.strategy);
  if (!Number.isInteger(options.seed)) {
    throw new Error(`seed ${options.seed} is no whole number. Choose one.`);
  }
  if (options.language !== undefined) languageNamed(options.language);
  if (options.strategy === "hybrid") checkHybrid(options.ratios);
  else checkRatio(options.ratio);
  if (options.strategy === "classes") {
    options.classes?.forEach(classNamed);
    if (!(options.classes?.length > 0)) {
      throw new Error(`strategy "classes" without classes. Name at least one.`);
    }
  }
  if (options.strategy === "spans") checkWhole("meanLength", options.meanLength ?? 3, 1);
  if (options.strategy === "entropy" && options.entropies === undefined) {
    throw new Error(`strategy "entropy" without entropies. Ask a model for them with wordEntropies().`);
  }
  if (options.strategy === "away-from-entities" || options.strategy === "near-entities") {
    checkWhole("distance", options.distance, 0);
  }
  checkOneOf("count", options.count, ["word", "piece"]);
  if (typeof options.phi !== "object") checkOneOf("phi", options.phi, ["gold", "rules", "all"]);
  const unit = "unit" in options ? options.unit : undefined;
  checkOneOf("unit", unit, ["word", "piece"]);
  if ((options.count === "piece" || unit === "piece") && options.pieces === undefined) {
    throw new Error(
      "masking by pieces needs to know them. Give pieces: what cuts a word as the model's tokenizer does.",
    );
  }
}

function checkHybrid(ratios: Readonly<Partial<Record<ClassName, number>>> | undefined): void {
  const named = Object.entries(ratios ?? {});
  if (named.length === 0) {
    throw new Error(`strategy "hybrid" without ratios. Name classes, each with its share.`);
  }
  for (const [name, ratio] of named) {
    classNamed(name);
    checkRatio(ratio, ` of ${name}`);
  }
}

function checkRatio(ratio: number, of = ""): void {
  if (typeof ratio === "number" && ratio >= 0 && ratio <= 1) return;
  throw new Error(`ratio ${ratio}${of} is not within [0, 1]. Choose the share of words to mask.`);
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new Error(`${name} ${value} is no whole number of ${least} or more. Choose one.`);
}

function checkOneOf(name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw new Error(
    `unknown ${name} "${value}". The nearest is ${nearestName(value, known)}. Known: ${known.join(", ")}.`,
  );
}
