/** How well a leaked original hides among stand-ins. @module */

import type { Letter } from "../../corpus/letter.ts";
import type { FoundLetter } from "../../phi/evaluate_letters.ts";
import { surrogateKey } from "../../phi/surrogate/key.ts";
import { type PlainSight, plainSight } from "../../phi/surrogate/plain_sight.ts";
import { replacer } from "../../phi/surrogate/replace.ts";
import type { ReplacedLetter } from "../../phi/surrogate/scores.ts";
import { curves } from "../../report/figures/curves.ts";
import { estimate, type Table } from "../../report/table.ts";
import type { Figure } from "../results.ts";

/** Letters with stand-ins for their gold spans, drawn by a key that is no secret: for looking at, not for release. */
export function replacedLetters(letters: readonly Letter[], seed = 42): ReplacedLetter[] {
  const replace = replacer(surrogateKey(`a key for looking, ${seed}`));
  return letters.map((before) => ({ before, after: replace(before) }));
}

/** The simulation at every miss rate, and with what a finder missed. */
export interface HidingResults {
  readonly byRate: readonly PlainSight[];
  readonly byFinder: readonly PlainSight[];
}

/**
 * Simulates readers of letters of which some mentions were missed: at given rates by chance, and where the finder missed them.
 *
 * @throws {Error} as `replacer()`
 *
 * @example
 * ```ts
 * import { hidingResults } from "./plain_sight.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 5, end: 17, label: "PHONE" }];
 * const found = ["a", "b"].map((id) => ({ letter: { id, text: "Call 617-253-1000.", spans, meta: {} }, found: [] }));
 * deepEqual(hidingResults(found, [0.5]).byFinder.map(({ reader, missRate }) => [reader, missRate]), [
 *   ["blind", 1], ["odd-one-out", 1], ["lists", 1],
 * ]);
 * ```
 */
export function hidingResults(
  found: readonly FoundLetter[],
  missRates: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2],
): HidingResults {
  const replaced = replacedLetters(found.map(({ letter }) => letter));
  const redacted = new Map(found.map(({ letter: { id, text }, found }) => {
    const places = new Uint8Array(text.length);
    for (const { start, end } of found) places.fill(1, start, end);
    return [id, { text, places }];
  }));
  return {
    byRate: plainSight(replaced, { missRates }),
    byFinder: plainSight(replaced, {
      missed: ({ letter, start, end }) => {
        const { text = "", places } = redacted.get(letter) ?? {};
        return Array.from(text.slice(start, end).matchAll(/[\p{L}\p{N}]/gu)).some(({ index }) =>
          places?.[start + index] === 0
        );
      },
    }),
  };
}

/** Both as a table: a row a reader and miss rate. */
export function hidingTable({ byRate, byFinder }: HidingResults): Table {
  const rows = [
    ...byRate.map((one) => ({ missed: "by chance", ...one })),
    ...byFinder.map((one) => ({ missed: "by the finder", ...one })),
  ];
  const rate = (share: number | null, ends: PlainSight["intervals"]["found"]) =>
    share === null ? null : estimate({ mean: share, low: ends?.low ?? share, high: ends?.high ?? share });
  return {
    caption:
      "Readers who look for originals among stand-ins: of the leaked ones they find so many, and are right in so many of those they " +
      "point at; 95% bootstrap intervals over letters.",
    columns: [
      { name: "missed", kind: "text" },
      { name: "reader", kind: "text" },
      { name: "miss_rate", title: "miss rate", kind: "number", digits: 3 },
      { name: "leaked", title: "leaked in 20 runs", kind: "integer" },
      { name: "found", kind: "interval", digits: 3 },
      { name: "right", kind: "interval", digits: 3 },
      { name: "advantage", kind: "number", digits: 3 },
    ],
    rows: rows.map(({ missed, reader, missRate, found, right, advantage, intervals }) => ({
      ...{ missed, reader, miss_rate: missRate, leaked: found.of, advantage },
      found: rate(found.rate, intervals.found),
      right: rate(right.rate, intervals.right),
    })),
  };
}

/**
 * How often each reader finds a leaked original, and is right, by the share that was missed.
 *
 * @throws {Error} when nothing leaked
 */
export function hidingFigure(results: HidingResults): Figure {
  const points = results.byRate.flatMap(({ reader, missRate, found, right, intervals }) =>
    ([["leaked originals found", found, intervals.found], [
      "pointed at and right",
      right,
      intervals.right,
    ]] as const)
      .flatMap(([metric, { rate }, ends]) =>
        rate === null ? [] : [{
          metric,
          series: reader,
          x: missRate,
          value: rate,
          low: ends?.low ?? rate,
          high: ends?.high ?? rate,
        }]
      )
  );
  const spec = curves(points, {
    title: "Hiding in plain sight",
    subtitle:
      "Simulated readers: who guesses; who looks for the odd name out; who has the lists that stand-ins are drawn from.",
    x: "share of mentions missed",
    columns: 2,
  });
  return { spec, data: hidingTable(results) };
}
