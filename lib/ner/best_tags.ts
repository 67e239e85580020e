/** The likeliest sequence of tags. @module */

import type { Crf } from "./crf.ts";
import { tagOrder } from "./tag_order.ts";

/**
 * The tags with the greatest sum of scores of all sequences that their scheme allows (Viterbi's algorithm): {@linkcode tagOrder}.
 *
 * @param scores of every tag at every word, row after row; any constant may be added to a row
 * @param crf scores of transitions beside those of tags; left out, none is likelier than another
 *
 * @example
 * ```ts
 * import { bestTags } from "./best_tags.ts";
 * import { deepEqual } from "node:assert/strict";
 * // Each row's highest score would read O, I-X.
 * deepEqual(bestTags(Float32Array.of(2, 1.5, 0, 0, 0, 3), ["O", "B-X", "I-X"]), ["B-X", "I-X"]);
 * ```
 */
export function bestTags(scores: Float32Array, tags: readonly string[], crf?: Crf): string[] {
  const count = tags.length;
  const length = scores.length / count;
  const { follows, first, last } = tagOrder(tags);
  const from = new Int32Array(scores.length); // the best tag before each tag
  let sums = new Float64Array(count).fill(-Infinity);
  for (const tag of first) sums[tag] = (scores[tag] ?? -Infinity) + (crf?.first[tag] ?? 0);
  for (let word = 1; word < length; word++) {
    const best = crf ? 0 : greatest(sums, last); // the same for all that follow whatever is closed
    const next = new Float64Array(count);
    for (const [tag, allowed] of follows.entries()) {
      const before = crf
        ? greatest(sums, allowed, (i) => crf.between[i * count + tag] ?? 0)
        : allowed === last
        ? best
        : greatest(sums, allowed);
      from[word * count + tag] = before;
      next[tag] = (sums[before] ?? -Infinity) + (crf?.between[before * count + tag] ?? 0) +
        (scores[word * count + tag] ?? -Infinity);
    }
    sums = next;
  }
  const found: string[] = [];
  for (
    let word = length - 1, tag = greatest(sums, last, crf && ((i) => crf.last[i] ?? 0));
    word >= 0;
    word--
  ) {
    found.push(tags[tag] ?? "O");
    tag = from[word * count + tag] ?? 0;
  }
  return found.reverse();
}

function greatest(
  values: Float64Array,
  among: readonly number[],
  more: (place: number) => number = () => 0,
): number {
  let best: number | undefined;
  let most = NaN;
  for (const i of among) {
    const value = (values[i] ?? NaN) + more(i);
    if (best === undefined || value > most) [best, most] = [i, value];
  }
  return best ?? 0;
}
