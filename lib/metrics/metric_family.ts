/** Metrics with options, as a command line names them. @module */

import { nearestName } from "../nearest_name.ts";
import type { Metric } from "./metric.ts";

/** One option of a family, as users write it behind the family's name. */
export interface OptionWord<O extends object> {
  readonly word: string;
  /** What it does, in a few words. */
  readonly about: string;
  /** What the word alone sets; absent where it wants a number. */
  readonly sets?: O;
  /** What `word=NUMBER` sets; absent where it takes none. */
  readonly number?: (value: number) => O;
}

/** A kind of metric in all its variants. */
export interface MetricFamily {
  readonly name: string;
  /** The options that can be written behind its name. */
  readonly options: readonly Omit<OptionWord<object>, "sets">[];
  /** The metric without options, and with each single one that wants no number. */
  readonly usual: readonly Metric[];
  /**
   * The metric of a full name; undefined for a name of another family.
   *
   * @throws {Error} for an option that it does not have, or that goes against another one, and for a bad number
   */
  named(name: string): Metric | undefined;
}

/**
 * A family of metrics that are named `NAME-OPTION-OPTION=NUMBER`.
 *
 * @param make makes the metric of the options, and checks them
 *
 * @example
 * ```ts
 * import { metricFamily } from "./metric_family.ts";
 * import { mattrMetric } from "./lexical/lexical.ts";
 * import { equal, throws } from "node:assert/strict";
 * const family = metricFamily("mattr", [{
 *   word: "window",
 *   about: "words",
 *   number: (window: number) => ({ window }),
 * }], mattrMetric);
 * equal(family.named("mattr-window=10")?.title, "MATTR (window 10)");
 * equal(family.named("mtld"), undefined);
 * throws(() => family.named("mattr-windows=10"), /mattr-windows=10: no option "windows"\. The nearest is window/);
 * ```
 */
export function metricFamily<O extends object>(
  name: string,
  words: readonly OptionWord<O>[],
  make: (options: Partial<O>) => Metric,
): MetricFamily {
  const single = words.flatMap(({ sets }) => sets === undefined ? [] : [make(sets)]);
  const usual = [make({}), ...single].filter((one, i, all) =>
    all.findIndex((b) => b.name === one.name) === i
  );
  return {
    name,
    options: words,
    usual,
    named(full) {
      if (full === name) return make({});
      if (!full.startsWith(`${name}-`)) return undefined;
      let options: Partial<O> = {};
      let rest = full.slice(name.length);
      while (rest !== "") {
        const [set, length] = setBy(rest.slice(1), words, full);
        const twice = Object.keys(set).find((key) => key in options);
        if (twice !== undefined) {
          throw new Error(`${full}: two options decide the ${twice}. Write one of them.`);
        }
        options = { ...options, ...set };
        rest = rest.slice(1 + length);
      }
      return make(options);
    },
  };
}

/** What the first option of a text sets, and how long it is. */
function setBy<O extends object>(
  text: string,
  words: readonly OptionWord<O>[],
  full: string,
): [set: O, length: number] {
  const begins = ({ word }: OptionWord<O>) =>
    new RegExp(`^${word.replaceAll(".", "\\.")}(?=[-=]|$)`).test(text);
  const found = words.find(begins);
  if (found === undefined) {
    const [given = ""] = text.split(/[-=]/);
    if (words.length === 0) throw new Error(`${full}: "${given}" is no option: there are none. Drop it.`);
    const known = words.map(({ word }) => word);
    throw new Error(
      `${full}: no option "${given}". The nearest is ${nearestName(given, known)}. Known: ${
        known.join(", ")
      }.`,
    );
  }
  const { word, sets, number } = found;
  if (text.charAt(word.length) !== "=") {
    if (sets !== undefined) return [sets, word.length];
    throw new Error(`${full}: ${word} wants a number. Write ${word}=NUMBER.`);
  }
  const [given = ""] = text.slice(word.length + 1).split("-");
  if (number === undefined) throw new Error(`${full}: ${word} takes no number. Write ${word} alone.`);
  if (given === "" || !Number.isFinite(Number(given))) {
    throw new Error(`${full}: ${word} is "${given}", no number. Write ${word}=NUMBER.`);
  }
  return [number(Number(given)), word.length + 1 + given.length];
}
