/** The results of the downstream experiment. @module */

import { decideClaims } from "../../experiment/claims.ts";
import type { LevelComparison } from "../../experiment/comparisons.ts";
import { letterValues, paired } from "../../experiment/letter_values.ts";
import { means } from "../../experiment/means.ts";
import type { Outcome } from "../../experiment/run.ts";
import { pairedTests } from "../../metrics/stats/paired_tests.ts";
import { estimate, type Interval, type Row, type Table } from "../../report/table.ts";
import type { Results } from "../results.ts";
import { claimsTable, comparisonsTable, meansTable } from "../tables.ts";
import { type MicroF1, microF1 } from "./micro_f1.ts";
import { onGold, onOwn } from "./downstream_ner.ts";
import { originals, type Training, TRAININGS } from "./trainings.ts";

/** A training with what came of it. */
export interface TrainingResult {
  readonly training: Training;
  /** On real letters with gold spans. */
  readonly gold: MicroF1;
  /** On letters of its own kind with an annotator's. */
  readonly own: MicroF1 | undefined;
  /** Its letters' span F1 less that of originals, tested on real letters; left out for originals themselves. */
  readonly against: LevelComparison | undefined;
}

/** Results, training by training. */
export interface DownstreamResults extends Results {
  readonly trainings: readonly TrainingResult[];
}

/**
 * As `resultsOf()`, but that trainings are compared by their tests on real letters alone, each with the training on originals: one family
 * of paired permutation tests, adjusted by Holm.
 *
 * @throws {Error} when there are fewer than two letters, or a claim is about something that was not run
 *
 * @example
 * ```ts ignore
 * const results = downstreamResults(await runExperiment(downstreamNer, { corpus }));
 * ```
 */
export function downstreamResults(outcome: Outcome): DownstreamResults {
  const { cells } = outcome;
  const onReal = { ...outcome, cells: cells.filter(({ cell }) => cell.tested === onGold) };
  const inCells = means(outcome);
  const overall = means(onReal, [outcome.experiment.compare]);
  const comparisons = againstOriginals(onReal);
  const claims = decideClaims(cells, outcome.experiment.claims);
  const trainings = TRAININGS.flatMap((training): TrainingResult[] => {
    const gold = microF1(cells, { tested: onGold, training: training.name });
    const against = comparisons.find(({ a, metric }) => a === training.name && metric === "span-f1");
    const own = microF1(cells, { tested: onOwn, training: training.name });
    return gold ? [{ training, gold, own, against }] : [];
  });
  return {
    ...{ outcome, means: inCells, overall, comparisons, claims, trainings },
    tables: {
      means: meansTable(inCells),
      overall: meansTable(overall),
      comparisons: comparisonsTable(comparisons),
      claims: claimsTable(claims),
    },
  };
}

function againstOriginals({ cells, factors }: Pick<Outcome, "cells" | "factors">): LevelComparison[] {
  const others = (factors["training"] ?? []).filter((level) => level !== originals);
  const family = ["span-f1", "token-f1"].flatMap((metric) => {
    const base = letterValues(cells, metric, { training: originals });
    return others.flatMap((training) => {
      const own = letterValues(cells, metric, { training });
      if (!base || !own) return [];
      const [a, b] = paired(own.values, base.values);
      return [{ metric, training, a, b, name: `${metric}, ${training} against ${originals}` }];
    });
  });
  return pairedTests(family).map((result, i) => {
    const { metric, training } = family[i]!; // one result a comparison, in their order
    return { ...result, metric, a: training, b: originals };
  });
}

/**
 * A row a training: micro F1 of spans in real letters with gold labels, as the paper tests beside it, and what differs from originals.
 *
 * @example
 * ```ts ignore
 * await toFrame(downstreamTable(results));
 * ```
 */
export function downstreamTable({ outcome, trainings }: DownstreamResults): Table {
  const notes = [...new Set(outcome.cells.flatMap(({ notes = [] }) => notes))];
  return {
    caption:
      `F1 of clinical entities, start, end and label exact (seqeval-strict, micro over ${outcome.corpus.length} ` +
      "letters), with 95% bootstrap intervals over letters. Every training takes as many steps.",
    columns: [
      { name: "group", kind: "text" },
      { name: "training", title: "learns from", kind: "text" },
      { name: "f1", title: "F1, real letters, gold labels", kind: "interval", digits: 3, best: "highest" },
      { name: "precision", kind: "number" },
      { name: "recall", kind: "number" },
      { name: "difference", title: "letter by letter, less original letters", kind: "interval", digits: 3 },
      { name: "own", title: "F1, own kind, silver labels", kind: "interval", digits: 3 },
    ],
    rows: trainings.map(({ training: { group, name }, gold, own, against }): Row => ({
      ...{ group, training: name, f1: gold.f1, precision: gold.precision, recall: gold.recall },
      difference: against ? differenceOf(against) : null,
      own: own?.f1 ?? null,
    })),
    notes: [
      `* differs from ${originals}: paired permutation test over letters, p < 0.05 after Holm's adjustment over all trainings ` +
      "and span and token F1.",
      ...notes,
    ],
  };
}

function differenceOf({ difference, adjustedP }: LevelComparison): Interval {
  return { ...estimate(difference), ...adjustedP < 0.05 && { mark: "*" } };
}
