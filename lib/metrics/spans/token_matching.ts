/** Token-level scoring: every token that carries a label is one thing to find. @module */

import { CORRECT, CountTable, MISSED, SPURIOUS } from "./match_counts.ts";

/** The class of each token in gold and prediction, 0 where it lies in no span, letter after letter. */
export interface TokenTables {
  /** `classes[n - 1]` is the name of class n. */
  readonly classes: readonly string[];
  /** The tokens of letter i stand at `[offsets[i], offsets[i + 1])`. */
  readonly offsets: Int32Array;
  readonly gold: Int32Array;
  readonly predicted: Int32Array;
}

/**
 * Counts tokens by class: correct where gold and prediction name the same class, else missed for the gold class and
 * spurious for the predicted one. Equal to scikit-learn's `precision_recall_fscore_support` over all classes but `O`.
 *
 * @example
 * ```ts
 * import { matchTokens } from "./token_matching.ts";
 * import { equal } from "node:assert/strict";
 * const [gold, predicted] = [Int32Array.of(1, 1, 0), Int32Array.of(1, 0, 0)];
 * equal(matchTokens({ classes: ["A"], offsets: Int32Array.of(0, 3), gold, predicted }).micro().recall, 0.5);
 * ```
 */
export function matchTokens({ classes, offsets, gold, predicted }: TokenTables): CountTable {
  const counts = new CountTable(offsets.length - 1, classes);
  for (let letter = 0; letter < counts.letters; letter++) {
    const [from, to] = [offsets[letter]!, offsets[letter + 1]!]; // letter < letters
    for (let at = from; at < to; at++) {
      const [g, p] = [gold[at]!, predicted[at]!]; // at < tokens
      if (g === p) {
        if (g > 0) counts.add(letter, g - 1, CORRECT);
        continue;
      }
      if (g > 0) counts.add(letter, g - 1, MISSED);
      if (p > 0) counts.add(letter, p - 1, SPURIOUS);
    }
  }
  return counts;
}
