/** Text of the real letters that stands in synthetic ones. @module */

import { CopiedText } from "../metrics/privacy/copied_text.ts";
import { longestCopiedRuns } from "../metrics/privacy/longest_copied_run.ts";
import { nearDuplicates } from "../metrics/privacy/near_duplicates.ts";
import { letterNgramPrecision, NGRAM_SIGNATURE } from "../metrics/privacy/ngram_overlap.ts";
import type { Measure } from "./card.ts";
import { meanReading, OVER_LETTERS } from "./estimates.ts";
import type { Candidate, Material } from "./material.ts";
import { measured, type MeasureHead } from "./measures.ts";

/** Letters as similar as this count as near-duplicates. */
const SIMILAR = 0.5;

/**
 * The longest runs of words, n-grams and whole letters that each corpus copies from the real reference.
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { copyMeasures } from "./copy_measures.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["Ann", "Bob", "Cyd", "Dee"].map((name) => ({ id: name, text: `Mrs ${name} rang on Monday.`, spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const [longest] = await copyMeasures(material);
 * equal(longest?.synthetic[0]?.value, 5); // all words of each letter
 * ```
 */
export async function copyMeasures(material: Material): Promise<Measure[]> {
  const train = material.reference;
  const found = new Map([material.holdout, ...material.synthetic].map(({ name, exposed }) => {
    const copied = new CopiedText(train.map(({ text }) => text), exposed.map(({ text }) => text));
    const near = nearDuplicates(train, exposed, { threshold: SIMILAR });
    const twins = new Set(near.pairs.map(({ b }) => b));
    return [name, {
      runs: longestCopiedRuns(copied, train, exposed).map(({ words }) => words),
      five: letterNgramPrecision(copied, 5),
      ten: letterNgramPrecision(copied, 10),
      near: exposed.map(({ id }): number => twins.has(id) ? 1 : 0),
    }] as const;
  }));
  const of = (what: "runs" | "five" | "ten" | "near") => ({ name }: Candidate) =>
    meanReading(name, found.get(name)?.[what] ?? []);
  const head = (name: string, title: string, signature: string, drawn = false): MeasureHead => ({
    name,
    title,
    better: "lower",
    signature: `${signature}|${OVER_LETTERS}`,
    ...drawn && { drawn },
  });
  return [
    await measured(
      material,
      head(
        "longest-copied-run",
        "longest copied run, words a letter",
        "longest-copied-run|words:folded|within:letter|v1",
        true,
      ),
      of("runs"),
    ),
    await measured(
      material,
      head("copied-5-grams", "5-grams that are copied", `${NGRAM_SIGNATURE}|n:5`),
      of("five"),
    ),
    await measured(
      material,
      head("copied-10-grams", "10-grams that are copied", `${NGRAM_SIGNATURE}|n:10`),
      of("ten"),
    ),
    await measured(
      material,
      head(
        "near-duplicates",
        "letters that nearly are real ones",
        `near-duplicates|jaccard>=${SIMILAR}|words:5|minhash:128|v1`,
      ),
      of("near"),
    ),
  ];
}
