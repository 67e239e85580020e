/** How much each tag counts in training. @module */

import { IGNORED } from "../train/cross_entropy.ts";
import type { LabelledPieces } from "../train/labelled_pieces.ts";

/**
 * A weight for each tag. Weights are given by label, `O` being one, and hold for all tags of the label; labels that are not named count 1.
 * Balanced: n / (k · n of the label), with n labelled words and k labels that they have (King & Zeng 2001).
 *
 * @param windows what is learnt from
 * @throws {Error} naming a label that there is none of, or a weight that is no number above 0
 *
 * @example
 * ```ts
 * import { tagWeights } from "./tag_weights.ts";
 * import { deepEqual } from "node:assert/strict";
 * const windows = [{ ids: [2, 7, 8, 9, 9, 3], labels: [-100, 0, 0, 0, 1, -100] }];
 * deepEqual(tagWeights(windows, ["O", "B-DRUG", "I-DRUG"], { DRUG: 5 }), [1, 5, 5]);
 * deepEqual(tagWeights(windows, ["O", "B-DRUG", "I-DRUG"], "balanced"), [4 / 6, 2, 2]);
 * ```
 */
export function tagWeights(
  windows: readonly LabelledPieces[],
  tags: readonly string[],
  weights: "balanced" | Readonly<Record<string, number>>,
): number[] {
  const labels = tags.map((tag) => tag === "O" ? tag : tag.slice(2));
  const given = weights === "balanced" ? balanced(windows, labels) : weights;
  for (const [label, weight] of Object.entries(given)) {
    if (!labels.includes(label)) {
      throw new Error(`classWeights: no label ${label}. There are ${[...new Set(labels)].join(", ")}.`);
    }
    if (!(weight > 0 && weight < Infinity)) {
      throw new Error(`classWeights: ${label} ${weight}: choose a number above 0.`);
    }
  }
  return labels.map((label) => given[label] ?? 1);
}

function balanced(windows: readonly LabelledPieces[], labels: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  let all = 0;
  for (const tag of windows.flatMap((window) => window.labels)) {
    const label = tag === IGNORED ? undefined : labels[tag];
    if (label === undefined) continue;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    all++;
  }
  return Object.fromEntries([...counts].map(([label, count]) => [label, all / (counts.size * count)]));
}
