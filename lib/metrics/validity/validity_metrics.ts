/** What a synthetic letter says otherwise than its original, as metrics: a value a letter. @module */

import type { LetterValues, Metric, Pair } from "../metric.ts";
import { PhraseFinder, searchable } from "../privacy/phrase_finder.ts";
import { isBlank } from "../spans/source.ts";
import { phiKindOf } from "../../phi/labels.ts";
import { hunks } from "./align.ts";
import type { ChangeKind } from "./changes.ts";
import { contradictions } from "./contradictions.ts";
import { doses } from "./doses.ts";
import { negations } from "./negations.ts";
import { numbers } from "./numbers.ts";
import { sides } from "./sides.ts";
import { units } from "./units.ts";

/**
 * A kind of change as a metric: what changed, was lost or added, for one that the original has. A letter whose original has none has
 * no value; that of all letters together counts each one once.
 *
 * @example
 * ```ts
 * import { negations } from "./negations.ts";
 * import { changeMetric } from "./validity_metrics.ts";
 * import { deepEqual } from "node:assert/strict";
 * const pairs = ["Some fever, no rash", "no fever, no rash"].map((candidate, i) => (
 *   { id: `${i}`, reference: "No fever, no rash", candidate }
 * ));
 * const { values } = await changeMetric(negations).score(pairs, {});
 * deepEqual([...values], [0.5, 0]);
 * ```
 */
export function changeMetric(kind: ChangeKind): Metric {
  const signature = `${kind.signature}|over:the original's`;
  return {
    name: kind.name,
    title: `${kind.title.charAt(0).toUpperCase()}${kind.title.slice(1)}`,
    higherIsBetter: false,
    range: [0, Infinity],
    signature: () => signature,
    score(pairs): LetterValues {
      const values = new Float64Array(pairs.length).fill(NaN);
      const unscored = new Map<number, string>();
      let [changed, all] = [0, 0];
      for (const [i, pair] of pairs.entries()) {
        const [before, after] = [original(pair, kind.name), pair.candidate].map((text) =>
          letterOf(pair, text)
        );
        if (!before || !after) continue; // there are two
        const { items, changes } = kind.compare(before, after, hunks(before.text, after.text));
        changed += changes.length;
        all += items;
        if (items === 0) unscored.set(i, "the original has none");
        else values[i] = changes.length / items;
      }
      return {
        values,
        ...unscored.size > 0 && { unscored },
        ...all > 0 && { corpus: { value: changed / all, signature: `${signature}|corpus` } },
      };
    },
  };
}

/**
 * Clinical entities that a letter names and its original does not: phrases that some original's spans mark as clinical, of which a
 * longer one counts once, not for each within it. Things that nobody annotated anywhere are not seen: a lower bound.
 *
 * @example
 * ```ts
 * import { entitiesMadeUpMetric } from "./validity_metrics.ts";
 * import { deepEqual } from "node:assert/strict";
 * const of = (reference: string, candidate: string) => {
 *   const spans = [{ start: 0, end: reference.indexOf(" is"), label: "PROBLEM" }];
 *   return { id: reference, reference, candidate, spans };
 * };
 * const pairs = [of("Chest pain is bad.", "Cough is bad."), of("Pain is bad.", "Chest pain is bad."), of("Cough is bad.", "Cough.")];
 * deepEqual([...(await entitiesMadeUpMetric.score(pairs, {})).values], [1, 1, 0]);
 * ```
 */
export const entitiesMadeUpMetric: Metric = {
  name: "entities-made-up",
  title: "Entities made up, a letter",
  higherIsBetter: false,
  range: [0, Infinity],
  signature: () => "entities-made-up|of:clinical phrases of all originals|text:folded|borders:words|v1",
  score(pairs): LetterValues {
    const phrases = [...new Set(pairs.flatMap((pair) => phrasesOf(pair)))];
    const finder = new PhraseFinder(phrases);
    return {
      values: Float64Array.from(pairs, (pair) => {
        const known = finder.in(original(pair, "entities-made-up"));
        const added = [...finder.in(pair.candidate).difference(known)].map((i) => phrases[i] ?? "");
        return added.filter((phrase) => !added.some((other) => other !== phrase && other.includes(phrase)))
          .length;
      }),
    };
  },
};

/**
 * Statements within a letter that speak against each other, as `contradictions()` finds them.
 *
 * @example
 * ```ts
 * import { contradictionsMetric } from "./validity_metrics.ts";
 * import { equal } from "node:assert/strict";
 * const pair = { id: "1", reference: "", candidate: "No oedema. Marked oedema." };
 * equal((await contradictionsMetric.score([pair], {})).values[0], 1);
 * ```
 */
export const contradictionsMetric: Metric = {
  name: "contradictions",
  title: "Contradictions, a letter",
  higherIsBetter: false,
  range: [0, Infinity],
  signature: () => "contradictions|rules:en+es|v1",
  score: (pairs) => ({
    values: Float64Array.from(pairs, ({ candidate }) => contradictions(candidate).length),
  }),
};

/** All of them. */
export const VALIDITY_METRICS: readonly Metric[] = [
  entitiesMadeUpMetric,
  ...[negations, doses, units, sides, numbers].map(changeMetric),
  contradictionsMetric,
];

function phrasesOf(pair: Pair): string[] {
  const text = original(pair, "entities-made-up");
  if (pair.spans === undefined) {
    throw new Error(
      `entities-made-up: letter ${pair.id} comes without its spans. Give "spans", or drop the metric.`,
    );
  }
  return pair.spans.filter(({ label }) => phiKindOf(label) === undefined)
    .map(({ start, end }) => searchable(text.slice(start, end))).filter((phrase) => !isBlank(phrase));
}

function original({ id, reference }: Pair, metric: string): string {
  if (typeof reference === "string") return reference;
  throw new Error(`${metric}: letter ${id} has several references. Give the one that it was made from.`);
}

function letterOf({ id }: Pair, text: string) {
  return { id, text, spans: [], meta: {} };
}
