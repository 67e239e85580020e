/**
 * Bootstrap means of several lists of values through the same resamples, by vector instructions (WebAssembly). Every mean is summed in
 * an order that the plan alone decides: the same numbers come out on every machine, and whichever lists are summed together.
 *
 * @module
 */

import { normalQuantile } from "./normal_distribution.ts";
import { orderStatistic } from "./order_statistic.ts";
import { quantile } from "./quantile.ts";
import { type NodePass, nodePasses } from "./resample_nodes.ts";
import type { ResamplePlan } from "./resample_plan.ts";
import { addNodes, memory, sumNodes, tails, toMeans } from "./resampled_means.wasm";

/** Values of as many letters as the plan has, with their mean and standard deviation. */
export interface Resampled {
  readonly values: ArrayLike<number>;
  readonly mean: number;
  readonly sd: number;
}

/** The means of a list's resamples; to be used before the next ones are computed. */
export interface Replicates {
  /** The share of them below the list's own mean; ties, which are agreement to 12 digits, count half. */
  readonly below: number;
  /** Two of their quantiles. */
  quantiles(low: number, high: number): [number, number];
  /** All of them, in the order of the plan. */
  means(): Float64Array;
}

/** Lists side by side: two vectors of two float64. */
const LANES = 4;
/** Bytes of a number, of one in each lane, and of a node. */
const [NUMBER, ROW, NODE] = [8, 32, 16];
/** What the kernel is told about the lists, and answers, at the beginning of its memory. */
const ABOUT = 0;
const COUNTS = ABOUT + 3 * ROW;
const VALUES = COUNTS + ROW;
const PAGE = 2 ** 16;

/**
 * Resamples lists by one plan, and gives what `use` makes of each.
 *
 * @throws {Error} what `use` throws
 *
 * @example
 * ```ts
 * import { resample } from "./resample_kernel.ts";
 * import { deepEqual } from "node:assert/strict";
 * const plan = { letters: 2, resamples: 3, seed: 1, indices: Uint32Array.of(0, 0, 0, 1, 1, 1) };
 * const list = { values: [1, 3], mean: 2, sd: Math.SQRT2 };
 * deepEqual(resample(plan, [list], ({ below, means }) => [below, ...means()]), [[0.5, 1, 2, 3]]);
 * ```
 */
export function resample<L extends Resampled, T>(
  plan: ResamplePlan,
  lists: readonly L[],
  use: (replicates: Replicates, list: L) => T,
): T[] {
  const places = load(plan);
  if (!places) return lists.map((list) => use(oneByOne(plan, list), list));
  const made: T[] = [];
  for (let first = 0; first < lists.length; first += LANES) {
    const together = lists.slice(first, first + LANES);
    const twiceBelow = run(plan, places, together);
    together.forEach((list, lane) => {
      const below = Number(twiceBelow[lane]) / 2 / plan.resamples;
      made.push(use(replicates(plan, places, list, lane, below), list));
    });
  }
  return made;
}

/** Where a plan's things lie in the kernel's memory. */
interface Places {
  readonly sums: number;
  readonly means: number;
  readonly lows: number;
  readonly highs: number;
  readonly passes: readonly { readonly nodes: number; readonly nodesEnd: number; readonly index: number }[];
}

/** Of each plan that is in use; `undefined` where its draws are summed one by one. */
const passesOf = new WeakMap<ResamplePlan, NodePass[] | "none">();
let loaded: { readonly plan: ResamplePlan; readonly places: Places } | undefined;

function load(plan: ResamplePlan): Places | undefined {
  if (loaded?.plan === plan) return loaded.places;
  const passes = passesOf.get(plan) ?? nodePasses(plan) ?? "none";
  passesOf.set(plan, passes);
  if (passes === "none") return undefined;
  let end = VALUES;
  const place = (bytes: number) => (end += bytes) - bytes;
  place(plan.letters * ROW);
  const most = passes.reduce((most, { nodes }) => Math.max(most, nodes.length), 0);
  const places = {
    sums: place((most + 1) * ROW),
    means: place(plan.resamples * ROW),
    lows: place((plan.resamples + 1) * NUMBER),
    highs: place((plan.resamples + 1) * NUMBER),
    passes: passes.map(({ nodes, index }) => {
      const at = place(nodes.length * NODE);
      return { nodes: at, nodesEnd: at + nodes.length * NODE, index: place(index.length * 4) };
    }),
  };
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  const [words, numbers] = [new Uint32Array(memory.buffer), new Float64Array(memory.buffer)];
  passes.forEach(({ nodes, index }, i) => {
    const at = places.passes[i]!; // one a pass
    nodes.forEach(({ parent, letter, times }, n) => {
      const node = at.nodes + n * NODE;
      words[node / 4] = places.sums + parent * ROW;
      words[node / 4 + 1] = VALUES + letter * ROW;
      numbers[node / NUMBER + 1] = times;
    });
    words.set(index.map((node) => places.sums + node * ROW), at.index / 4);
  });
  loaded = { plan, places };
  return places;
}

/** Leaves the means in memory; gives twice the number of them below each list's mean. */
function run(
  { letters, resamples }: ResamplePlan,
  places: Places,
  lists: readonly Resampled[],
): BigInt64Array {
  const numbers = new Float64Array(memory.buffer);
  numbers.fill(0, ABOUT / NUMBER, (VALUES + letters * ROW) / NUMBER);
  lists.forEach(({ values, mean, sd }, lane) => {
    numbers[ABOUT / NUMBER + lane] = mean;
    numbers[ABOUT / NUMBER + LANES + lane] = tieOf(mean, sd);
    for (let i = 0, at = VALUES / NUMBER + lane; i < letters; i++, at += LANES) numbers[at] = values[i]!;
  });
  const end = places.means + resamples * ROW;
  numbers.fill(0, places.means / NUMBER, end / NUMBER);
  numbers.fill(0, places.sums / NUMBER, places.sums / NUMBER + LANES); // the root's
  for (const { nodes, nodesEnd, index } of places.passes) {
    sumNodes(nodes, nodesEnd, places.sums + ROW);
    addNodes(index, index + resamples * 8, places.means);
  }
  toMeans(places.means, end, letters, ABOUT);
  return new BigInt64Array(memory.buffer, ABOUT + 2 * ROW, LANES).slice();
}

function replicates(
  { letters, resamples }: ResamplePlan,
  places: Places,
  { mean, sd }: Resampled,
  lane: number,
  below: number,
): Replicates {
  const [from, end] = [places.means + lane * NUMBER, places.means + resamples * ROW];
  const means = () => {
    const numbers = new Float64Array(memory.buffer, places.means);
    return Float64Array.from({ length: resamples }, (_, r) => numbers[r * LANES + lane]!); // r < resamples
  };
  const error = sd * Math.sqrt(letters - 1) / letters; // of the mean of a resample
  return {
    below,
    means,
    quantiles(low, high) {
      // Only the means beyond a guess of each quantile are looked at, the guess being moved where they are too few.
      const least = Math.ceil(low * (resamples - 1)) + 1;
      const most = resamples - Math.floor(high * (resamples - 1));
      for (const margin of [0.15, 0.6]) {
        const [under, over] = [
          mean + error * (normalQuantile(low) + margin),
          mean + error * (normalQuantile(high) - margin),
        ];
        tails(from, end, under, over, places.lows, places.highs, COUNTS);
        const ends = new Uint32Array(memory.buffer, COUNTS, 2);
        const [lows, highs] = [
          (ends[0]! - places.lows) / NUMBER, // two numbers
          (ends[1]! - places.highs) / NUMBER,
        ];
        if (lows < least || highs < most) continue;
        return [
          partQuantile(new Float64Array(memory.buffer, places.lows, lows), 0, low * (resamples - 1)),
          partQuantile(
            new Float64Array(memory.buffer, places.highs, highs),
            resamples - highs,
            high * (resamples - 1),
          ),
        ];
      }
      const sorted = means().sort();
      return [quantile(sorted, low), quantile(sorted, high)];
    },
  };
}

/** What `quantile()` gives, of a list of which only a part is here, in any order: what comes before it are so many values. */
function partQuantile(part: Float64Array, before: number, at: number): number {
  const place = Math.floor(at) - before;
  const low = orderStatistic(part, place);
  if (Math.ceil(at) === Math.floor(at)) return low;
  let high = Infinity;
  for (let i = place + 1; i < part.length; i++) high = Math.min(high, part[i]!);
  return low + (high - low) * (at - Math.floor(at));
}

function oneByOne(plan: ResamplePlan, { values, mean, sd }: Resampled): Replicates {
  const { letters, resamples, indices } = plan;
  const held = Float64Array.from(values);
  const means = new Float64Array(resamples);
  const tie = tieOf(mean, sd);
  let below = 0;
  for (let r = 0, at = 0; r < resamples; r++) {
    let sum = 0;
    // at < letters · resamples = indices.length, and every index is below letters.
    for (const end = at + letters; at < end; at++) sum += held[indices[at]!]!;
    const gap = (means[r] = sum / letters) - mean;
    below += Math.abs(gap) <= tie ? 0.5 : gap < 0 ? 1 : 0;
  }
  return {
    below: below / resamples,
    means: () => means.slice(),
    quantiles(low, high) {
      const sorted = means.slice().sort();
      return [quantile(sorted, low), quantile(sorted, high)];
    },
  };
}

/** The same letters summed in another order may differ from their mean in the last digits, and yet be a tie. */
export function tieOf(mean: number, sd: number): number {
  return 1e-12 * (Math.abs(mean) + sd);
}
