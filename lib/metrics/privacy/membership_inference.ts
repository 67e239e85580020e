/** Whether a model's loss tells which letters it was trained on. @module */

import { random } from "../../random.ts";
import { quantile } from "../stats/quantile.ts";

/** Options of the attack. */
export interface MembershipOptions {
  /** The greatest share of letters never seen that may be taken for members; default 0.01. */
  readonly falsePositiveRate?: number;
  /** Of the interval; default 0.95. */
  readonly level?: number;
  /** Default 2,000. */
  readonly resamples?: number;
  /** Default 42. */
  readonly seed?: number | string;
}

/** A number with its interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How well the attack does. */
export interface MembershipInference {
  /** `membership|by:loss|fpr:0.01|interval:percentile 0.95 of 2000|seed:42|v1` */
  readonly signature: string;
  readonly members: number;
  readonly others: number;
  /** The chance that a member has less loss than a letter never seen, ties counting half: 0.5 tells nothing. */
  readonly auc: Estimate;
  /** The greatest share of members found while at most `falsePositiveRate` of the others are taken for members. */
  readonly truePositives: Estimate;
  /** How many of the others may be taken for members; at 1% none where they are fewer than a hundred. */
  readonly falsePositivesAllowed: number;
  /** Letters with at most this loss are called members; null where none may be. */
  readonly threshold: number | null;
}

/**
 * The loss attack: letters of small loss are called members. Gives the area under its ROC curve and its true positives at
 * 1% false positives, each with a percentile bootstrap interval in which members and others are drawn apart, letter by
 * letter. Give one loss a letter; its mean over chunks where it has several. Less the loss under a model
 * that was not trained on the letters, losses tell more: the same function takes the differences.
 *
 * Sources: S. Yeom et al., "Privacy Risk in Machine Learning", CSF 2018; N. Carlini et al., "Membership Inference Attacks From
 * First Principles", S&P 2022, for the true positives at few false ones.
 *
 * @param members the loss of each letter that the model was trained on
 * @param others the loss of each letter it was not trained on
 * @throws {Error} when a side has no loss or one that is not finite, or an option is out of range
 *
 * @example
 * ```ts
 * import { membershipInference } from "./membership_inference.ts";
 * import { equal } from "node:assert/strict";
 * const { auc, truePositives, falsePositivesAllowed } = membershipInference([1, 2, 4], [3, 5, 6, 7]);
 * equal(auc.value, 11 / 12);
 * equal(truePositives.value, 2 / 3);
 * equal(falsePositivesAllowed, 0);
 * ```
 */
export function membershipInference(
  members: ArrayLike<number>,
  others: ArrayLike<number>,
  options: MembershipOptions = {},
): MembershipInference {
  const { falsePositiveRate = 0.01, level = 0.95, resamples = 2000, seed = 42 } = options;
  for (const [name, value] of [["falsePositiveRate", falsePositiveRate], ["level", level]] as const) {
    if (!(value > 0 && value < 1)) {
      throw new Error(`membershipInference: ${name} is ${value}. Give one between 0 and 1.`);
    }
  }
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new Error(`membershipInference: resamples is ${resamples}. Give a positive whole number.`);
  }
  const losses = checked(members, others);
  // Sorted once: a resample is how often each loss is drawn.
  const order = losses.map((_, i) => i).sort((a, b) => losses[a]!.loss - losses[b]!.loss); // indices of losses
  const sorted = order.map((i) => losses[i]!);
  const allowed = Math.floor(falsePositiveRate * others.length + 1e-9); // 0.01 · 300 is a little less than 3
  const once = new Uint32Array(sorted.length).fill(1);
  const { auc, found, threshold } = attack(sorted, once, members.length, others.length, allowed);
  const rng = random(`${seed}/membership`);
  const places = { true: [] as number[], false: [] as number[] };
  sorted.forEach(({ member }, at) => places[`${member}`].push(at));
  const [aucs, rates] = [new Float64Array(resamples), new Float64Array(resamples)];
  for (let r = 0; r < resamples; r++) {
    const times = new Uint32Array(sorted.length);
    for (const side of [places.true, places.false]) {
      for (let i = 0; i < side.length; i++) times[side[rng.below(side.length)]!]!++; // below length
    }
    const drawn = attack(sorted, times, members.length, others.length, allowed);
    aucs[r] = drawn.auc;
    rates[r] = drawn.found;
  }
  const estimate = (value: number, replicates: Float64Array): Estimate => {
    replicates.sort();
    const tail = (1 - level) / 2;
    return { value, low: quantile(replicates, tail), high: quantile(replicates, 1 - tail) };
  };
  return {
    signature:
      `membership|by:loss|fpr:${falsePositiveRate}|interval:percentile ${level} of ${resamples}|seed:${seed}|v1`,
    members: members.length,
    others: others.length,
    auc: estimate(auc, aucs),
    truePositives: estimate(found, rates),
    falsePositivesAllowed: allowed,
    threshold,
  };
}

interface Loss {
  readonly loss: number;
  readonly member: boolean;
}

function checked(members: ArrayLike<number>, others: ArrayLike<number>): Loss[] {
  return ([["members", members], ["others", others]] as const).flatMap(([name, values]) => {
    if (values.length === 0) throw new Error(`membershipInference: no loss of ${name}. Give at least one.`);
    return Array.from(values, (loss, i): Loss => {
      if (Number.isFinite(loss)) return { loss, member: name === "members" };
      throw new Error(
        `membershipInference: loss ${i} of ${name} is ${loss}. Leave the letter out, or mend the loss.`,
      );
    });
  });
}

/** Goes up the losses, equal ones together. */
function attack(
  sorted: readonly Loss[],
  times: Uint32Array,
  members: number,
  others: number,
  allowed: number,
): { auc: number; found: number; threshold: number | null } {
  let [memberCount, otherCount, wins, found] = [0, 0, 0, 0];
  let threshold: number | null = null;
  for (let at = 0; at < sorted.length;) {
    const { loss } = sorted[at]!; // at < length
    let [membersHere, othersHere] = [0, 0];
    for (; sorted[at]?.loss === loss; at++) {
      if (sorted[at]!.member) membersHere += times[at]!; // at < length
      else othersHere += times[at]!;
    }
    wins += membersHere * (others - otherCount - othersHere / 2);
    memberCount += membersHere;
    otherCount += othersHere;
    if (otherCount > allowed || membersHere === 0) continue;
    found = memberCount;
    threshold = loss;
  }
  return { auc: wins / (members * others), found: found / members, threshold };
}
