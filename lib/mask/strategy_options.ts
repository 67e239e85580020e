/** Masking strategies from one line of text. @module */

import { checkOptions, type MaskOptions, strategyNamed } from "./options.ts";
import { type ClassName, classNamed } from "./strategies/word_classes.ts";

/**
 * The options that a strategy on one line stands for: a name, and behind a colon what it needs.
 * - `random`, `nouns`, `stopwords`, …, `rarest`, `authors`
 * - `nouns+verbs` or `classes:nouns,verbs`: any of several classes
 * - `hybrid:nouns=.5,stopwords=.3`: each class with its own share
 * - `spans:5`: mean length in words
 * - `away-from-entities:3`, `near-entities:3`: distance in words
 *
 * `entropy` asks a model and cannot be given by a line: a command takes it by its name.
 *
 * @throws {Error} when a name is unknown (with the nearest), what is behind the colon does not fit, or the ratio or seed is bad
 *
 * @example
 * ```ts
 * import { strategyOptions } from "./strategy_options.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * deepEqual(strategyOptions("hybrid:nouns=.5,stopwords=.3", { ratio: 1, seed: 42 }), {
 *   strategy: "hybrid",
 *   ratios: { nouns: 0.5, stopwords: 0.3 },
 *   seed: 42,
 * });
 * throws(() => strategyOptions("hybrid:noun=.5", { ratio: 1, seed: 42 }), /"noun"\. The nearest is nouns/);
 * ```
 */
export function strategyOptions(text: string, { ratio, seed }: { ratio: number; seed: number }): MaskOptions {
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  const rest = colon < 0 ? undefined : text.slice(colon + 1);
  const options = rest === undefined && name.includes("+")
    ? { strategy: "classes" as const, classes: classesOf(name, "+"), ratio, seed }
    : optionsOf(name, rest, ratio, seed);
  checkOptions(options);
  return options;
}

function optionsOf(name: string, rest: string | undefined, ratio: number, seed: number): MaskOptions {
  const strategy = strategyNamed(name);
  switch (strategy) {
    case "classes":
      return { strategy, classes: classesOf(rest ?? "", ","), ratio, seed };
    case "hybrid":
      return { strategy, ratios: sharesOf(rest ?? ""), seed };
    case "spans":
      return rest === undefined
        ? { strategy, ratio, seed }
        : { strategy, meanLength: number(rest, text(name, rest)), ratio, seed };
    case "away-from-entities":
    case "near-entities":
      return { strategy, distance: number(rest ?? "", text(name, rest ?? "")), ratio, seed };
    case "entropy":
      throw new Error(
        `strategy "entropy" asks a model for entropies: use it as mask(letters, { strategy: "entropy", … }).`,
      );
    default:
      if (rest !== undefined) {
        throw new Error(
          `strategy "${text(name, rest)}": ${name} takes nothing behind a colon. Leave it out.`,
        );
      }
      return { strategy, ratio, seed };
  }
}

function text(name: string, rest: string): string {
  return `${name}:${rest}`;
}

function classesOf(list: string, mark: string): ClassName[] {
  return list.split(mark).map((one) => one.trim()).filter((one) => one !== "").map(classNamed);
}

function sharesOf(list: string): Partial<Record<ClassName, number>> {
  const shares: Partial<Record<ClassName, number>> = {};
  for (const one of list.split(",").filter((part) => part.trim() !== "")) {
    const [name = "", share = ""] = one.split("=").map((part) => part.trim());
    const known = classNamed(name);
    if (known in shares) throw new Error(`strategy "hybrid": ${known} has two shares. Give it one.`);
    shares[known] = number(share, `hybrid:${list}`);
  }
  return shares;
}

function number(value: string, where: string): number {
  const found = Number(value);
  if (value.trim() !== "" && !Number.isNaN(found)) return found;
  throw new Error(
    `strategy "${where}": "${value}" is no number. Write as in hybrid:nouns=.5,verbs=.2 or spans:3.`,
  );
}
