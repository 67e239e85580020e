/** Deciding an experiment's claims. @module */

import { bootstrapInterval, type Interval } from "../metrics/stats/bootstrap_interval.ts";
import type { Claim, Factors } from "./experiment.ts";
import { type Condition, inWords } from "./condition.ts";
import { letterValues, paired } from "./letter_values.ts";
import type { Outcome } from "./run.ts";

/** What the data say of a claim. */
export type Verdict = "supported" | "contradicted" | "undecided";

/** A claim with what decides it. */
export interface DecidedClaim {
  readonly says: string;
  readonly metric: string;
  readonly of: string;
  readonly over: string;
  /** What the difference must be: `"> 0"`, `"within ±0.01"`. */
  readonly test: string;
  /** The mean difference over letters with its interval. */
  readonly difference: Interval;
  readonly verdict: Verdict;
  /**
   * Of an undecided claim: how many letters would decide it, were the mean difference what it is here and the interval to shrink as
   * the root of their number grows. `undefined` where the difference is just where the claim turns.
   */
  readonly lettersToDecide?: number;
  readonly source?: string;
  readonly figure?: string;
}

/**
 * Decides claims by the interval of the mean difference, letter by letter. "At least d" is supported when the whole
 * interval is above d, and contradicted when it is below. "Within ±d" is supported when the whole interval is between −d and d,
 * and contradicted when it is outside (equivalence by inclusion of the interval: D. J. Schuirmann, "A comparison of the two
 * one-sided tests procedure and the power approach", 1987). Anything else is undecided.
 *
 * Of k claims each interval has confidence 1 − 0.05 / k (Bonferroni), so that with 95% confidence all verdicts hold at once.
 *
 * @throws {Error} when a claim is about a condition or a metric that was not run
 *
 * @example
 * ```ts
 * import { decideClaims } from "./claims.ts";
 * import { equal } from "node:assert/strict";
 * const cells = ["a", "b"].map((model, i) => ({
 *   cell: { model },
 *   scores: [{ metric: "rougeL", signature: "", ids: ["x", "y", "z"], values: Float64Array.of(i, 2 * i, 3 * i) }],
 * }));
 * const claim = { says: "b is better.", metric: "rougeL", of: { model: "b" }, over: { model: "a" }, atLeast: 0 };
 * const [decided] = decideClaims(cells, [claim]);
 * equal(decided?.verdict, "supported");
 * ```
 */
export function decideClaims<F extends Factors>(
  cells: Outcome["cells"],
  claims: readonly Claim<F>[],
): DecidedClaim[] {
  const level = 1 - 0.05 / claims.length;
  return claims.map((claim) => {
    const [of, over] = paired(
      values(cells, claim.metric, claim.of, claim.says),
      values(cells, claim.metric, claim.over, claim.says),
    );
    const difference = bootstrapInterval(of.map((value, i) => value - (over[i] ?? NaN)), { level });
    const { says, metric, source, figure } = claim;
    const verdict = "atLeast" in claim ? above(difference, claim.atLeast) : within(difference, claim.within);
    const turns = "atLeast" in claim ? [claim.atLeast] : [-claim.within, claim.within];
    const letters = verdict === "undecided" ? lettersToDecide(difference, turns) : undefined;
    return {
      ...{ says, metric, of: inWords(claim.of), over: inWords(claim.over) },
      test: "atLeast" in claim ? `> ${claim.atLeast}` : `within ±${claim.within}`,
      ...{ difference, verdict },
      ...letters !== undefined && { lettersToDecide: letters },
      ...source !== undefined && { source },
      ...figure !== undefined && { figure },
    };
  });
}

/** So many that the interval no longer reaches the nearest point at which the verdict turns. */
function lettersToDecide({ n, mean, low, high }: Interval, turns: readonly number[]): number | undefined {
  const needed = Math.max(...turns.map((turn) => {
    const [reach, distance] = turn > mean ? [high - mean, turn - mean] : [mean - low, mean - turn];
    return distance > 0 ? n * (reach / distance) ** 2 : Infinity;
  }));
  return Number.isFinite(needed) ? Math.max(n + 1, Math.ceil(needed)) : undefined;
}

function values(cells: Outcome["cells"], metric: string, condition: Condition, says: string): Float64Array {
  const letters = letterValues(cells, metric, condition);
  if (letters) return letters.values;
  throw new Error(
    `claim "${says}": ${metric} was not computed for ${inWords(condition)}. Run and score that.`,
  );
}

function above({ low, high }: Interval, least: number): Verdict {
  return low > least ? "supported" : high < least ? "contradicted" : "undecided";
}

function within({ low, high }: Interval, margin: number): Verdict {
  if (-margin < low && high < margin) return "supported";
  return low >= margin || high <= -margin ? "contradicted" : "undecided";
}
