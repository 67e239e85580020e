/** Should BERTScore come first? The test that decides it, written before any result. @module */

import { decideClaims, type DecidedClaim, type Verdict } from "../../experiment/claims.ts";
import type { Claim } from "../../experiment/experiment.ts";
import type { CellResult, Outcome } from "../../experiment/run.ts";
import type { Table } from "../../report/table.ts";
import { claimsTable } from "../tables.ts";
import { filled, harmlessEdit, sharpEdits } from "./metrics.ts";
import { meaningRates, orderRates } from "./win_rates.ts";

/** The kinds of change of which more is worse; case is left out, since it changes nothing that a letter tells. */
export const worsening = [filled, "masked", "deleted", "swapped", "negated"] as const;

/** So much less often in the right order still counts as no worse. */
const MARGIN = 0.02;

/**
 * What a measure is judged by. `order`: how often, of a letter changed at fewer and at more places, it puts the first higher.
 * `meaning`: how often, of a letter with a harmless word and one with a word that changes its meaning, it puts the first higher. Both
 * are shares of pairs, with ties as halves: .5 is chance, 1 is never wrong.
 */
const factors = {
  criterion: ["order", "meaning"],
  measure: ["bertscore", "rougeL", "meteor"],
} as const;

const source = "Synthetic4Health 5";
/** Claims are about a metric; this is the one that these are about. Their units are shares of pairs. */
const metric = "bertscore";
const primary = { measure: "bertscore" } as const;

/**
 * Who comes first must be good for everything that those behind it are good for, and for something that they are not. So four things
 * must hold together, letter by letter: BERTScore orders graded changes no worse than ROUGE-L and than METEOR, and
 * it tells changes of meaning from harmless ones of the same length better than each of the two. One of them refuted refutes the
 * claim (an intersection–union test: R. L. Berger, "Multiparameter hypothesis testing and acceptance sampling", 1982).
 */
export const primaryClaims: readonly Claim<typeof factors>[] = [
  {
    says: "BERTScore orders graded changes of a letter no worse than ROUGE-L does.",
    ...{ source, figure: "order", metric },
    of: { criterion: "order", ...primary },
    over: { criterion: "order", measure: "rougeL" },
    atLeast: -MARGIN,
  },
  {
    says: "BERTScore orders graded changes of a letter no worse than METEOR does.",
    ...{ source, figure: "order", metric },
    of: { criterion: "order", ...primary },
    over: { criterion: "order", measure: "meteor" },
    atLeast: -MARGIN,
  },
  {
    says: "BERTScore tells changes of meaning from harmless ones better than ROUGE-L does.",
    ...{ source, figure: "edits", metric },
    of: { criterion: "meaning", ...primary },
    over: { criterion: "meaning", measure: "rougeL" },
    atLeast: 0,
  },
  {
    says: "BERTScore tells changes of meaning from harmless ones better than METEOR does.",
    ...{ source, figure: "edits", metric },
    of: { criterion: "meaning", ...primary },
    over: { criterion: "meaning", measure: "meteor" },
    atLeast: 0,
  },
];

/**
 * The paper's claim, and what it comes to: the first is the claim itself, with the numbers of the part that decides it; the parts follow.
 *
 * @throws {Error} when one of the measures was not computed, or there are fewer than two letters
 *
 * @example
 * ```ts ignore
 * const [whole, ...parts] = decidePrimary(outcome);
 * ```
 */
export function decidePrimary({ cells }: Pick<Outcome, "cells">): [DecidedClaim, ...DecidedClaim[]] {
  const parts = decideClaims(criteria(cells), primaryClaims);
  return [wholeClaim(parts), ...parts];
}

/**
 * A claim that holds where all its parts do, with the numbers of the weakest part.
 *
 * @throws {Error} when it has no parts
 *
 * @example
 * ```ts
 * import { wholeClaim } from "./primary_claim.ts";
 * import { equal } from "node:assert/strict";
 * const difference = { n: 9, mean: 0, low: -1, high: 1, level: 0.95, sd: 1, resamples: 10, method: "bca" as const };
 * const part = { says: "", metric: "bertscore", of: "", over: "", test: "> 0", difference };
 * equal(wholeClaim([{ ...part, verdict: "supported" }, { ...part, verdict: "undecided" }]).verdict, "undecided");
 * ```
 */
export function wholeClaim(parts: readonly DecidedClaim[]): DecidedClaim {
  const worst: readonly Verdict[] = ["contradicted", "undecided", "supported"];
  const deciding =
    parts.toSorted((a, b) =>
      worst.indexOf(a.verdict) - worst.indexOf(b.verdict) || a.difference.mean - b.difference.mean
    )[0];
  if (!deciding) throw new Error("wholeClaim: a claim without parts. Give at least one.");
  return { ...deciding, says: "BERTScore should be the primary metric, the others supplementary." };
}

/**
 * Decided claims as a table: what is compared are shares of pairs, whatever the metric.
 *
 * @example
 * ```ts
 * import { primaryTable } from "./primary_claim.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(primaryTable([]).rows, []);
 * ```
 */
export function primaryTable(claims: readonly DecidedClaim[]): Table {
  const table = claimsTable(claims);
  return { ...table, rows: table.rows.map((row) => ({ ...row, metric: "pairs in the right order" })) };
}

/** Each measure's two shares, a letter each, as cells of their own. */
function criteria(cells: readonly CellResult[]): CellResult[] {
  const ids = cells[0]?.scores[0]?.ids ?? [];
  return factors.measure.flatMap((measure) => {
    const rates = {
      order: orderRates(cells, measure, worsening),
      meaning: meaningRates(cells, measure, sharpEdits, harmlessEdit),
    };
    return factors.criterion.map((criterion): CellResult => ({
      cell: { criterion, measure },
      scores: [{ metric, signature: `${criterion}|v1`, ids, values: rates[criterion] }],
    }));
  });
}
