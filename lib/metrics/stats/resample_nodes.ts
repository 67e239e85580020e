/** What the resamples of a plan have in common. @module */

import type { ResamplePlan } from "./resample_plan.ts";

/**
 * Some letters of every resample. Many resamples hold the same few letters equally often: what those add is summed once, as a node
 * of a tree, whose root 0 is the empty sum.
 */
export interface NodePass {
  /** Nodes from 1 on: the node it goes on from, and the letter that is added so many times. */
  readonly nodes: readonly { readonly parent: number; readonly letter: number; readonly times: number }[];
  /** Two nodes a resample, which together are all it holds of these letters. */
  readonly index: Uint32Array;
}

/** More draws than that are not worth the memory that nodes take. */
const MOST_DRAWS = 2e7;

/**
 * The passes in which a plan's resamples are summed; `undefined` for a plan with so many draws that they are summed one by one.
 *
 * @example
 * ```ts
 * import { nodePasses } from "./resample_nodes.ts";
 * import { deepEqual } from "node:assert/strict";
 * const plan = { letters: 2, resamples: 2, seed: 1, indices: Uint32Array.of(1, 1, 0, 1) };
 * const [pass] = nodePasses(plan) ?? [];
 * deepEqual(pass?.nodes, [
 *   { parent: 0, letter: 0, times: 1 }, // of the second resample
 *   { parent: 0, letter: 1, times: 2 }, // the first
 *   { parent: 1, letter: 1, times: 1 },
 * ]);
 * deepEqual([...pass.index], [2, 0, 3, 0]);
 * ```
 */
export function nodePasses(plan: ResamplePlan): NodePass[] | undefined {
  const { letters, resamples } = plan;
  if (letters >= 2 ** 16 || letters * resamples > MOST_DRAWS) return undefined;
  const times = timesDrawn(plan);
  const width = lettersTogether(resamples);
  const passes: NodePass[] = [];
  for (let first = 0; first < letters; first += 2 * width) {
    const nodes: { parent: number; letter: number; times: number }[] = [];
    const index = new Uint32Array(2 * resamples);
    for (const half of [0, 1]) {
      const from = first + half * width;
      for (let letter = from; letter < Math.min(from + width, letters); letter++) {
        const column = times.subarray(letter * resamples, (letter + 1) * resamples);
        const side = column.reduce((most, count) => Math.max(most, count), 0);
        const known = new Uint32Array((nodes.length + 1) * side); // (node, times) → node; 0 where there is none yet
        for (let r = 0; r < resamples; r++) {
          const count = column[r]!; // r < resamples
          if (count === 0) continue;
          const parent = index[2 * r + half]!;
          let node = known[parent * side + count - 1]!;
          if (node === 0) {
            node = nodes.push({ parent, letter, times: count });
            known[parent * side + count - 1] = node;
          }
          index[2 * r + half] = node;
        }
      }
    }
    passes.push({ nodes, index });
  }
  return passes;
}

/** How often each letter is in each resample, letter by letter. */
function timesDrawn({ letters, resamples, indices }: ResamplePlan): Uint16Array {
  const times = new Uint16Array(letters * resamples);
  for (let r = 0, at = 0; r < resamples; r++) {
    for (const end = at + letters; at < end; at++) times[indices[at]! * resamples + r]!++; // at < indices.length
  }
  return times;
}

/** So many letters together come about in far fewer ways than there are resamples. */
function lettersTogether(resamples: number): number {
  return resamples >= 4000 ? 4 : resamples >= 1000 ? 3 : 2;
}
