/** Running an experiment. @module */

import { resolve } from "node:path";
import { checkWhole } from "../check_whole.ts";
import type { Letter } from "../corpus/letter.ts";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { Scores } from "../metrics/metric.ts";
import { project } from "../project.ts";
import type { CellRecord } from "./cell_records.ts";
import { type CellRunner, cellRunner } from "./cell_runner.ts";
import { asOption, type Condition, inWords } from "./condition.ts";
import { corpusOf, factorsOf, gridOf } from "./cells.ts";
import { type CellCost, costs } from "./costs.ts";
import {
  type Cell,
  type Experiment,
  type Factors,
  type Level,
  type Profile,
  profiles,
} from "./experiment.ts";
import { type GridProgress, showGrid } from "./show_grid.ts";
import type { StoreCounts } from "./store.ts";
import { readyStore } from "./store_version.ts";
import { type Trace, unionOf } from "./trace.ts";
import { runOnSlurm } from "./slurm/run_on_slurm.ts";
import type { SlurmOptions } from "./slurm/script.ts";
import { type PoolEvents, runInWorkers } from "./worker_pool.ts";

/** What came out of a cell. */
export interface CellResult {
  readonly cell: Readonly<Record<string, Level>>;
  readonly scores: readonly Scores[];
  /** What its steps found worth saying; left out: nothing. */
  readonly notes?: readonly string[];
}

/** What came out of an experiment. */
export interface Outcome<F extends Factors = Factors> {
  readonly experiment: Pick<Experiment<F>, "name" | "question" | "compare" | "claims">;
  readonly profile: Profile;
  readonly factors: F;
  /** The letters it was run on. */
  readonly corpus: readonly Letter[];
  /** In the order of the grid. */
  readonly cells: readonly CellResult[];
  readonly provenance: Trace;
  readonly counts: Readonly<StoreCounts>;
  readonly started: Date;
}

/** How an experiment is run. */
export interface RunOptions extends ModelOptions {
  readonly corpus: readonly Letter[];
  /** Left out: `full`. */
  readonly profile?: Profile;
  /** Folder where results of steps are kept; left out: the project's `.cache/runs`. */
  readonly runs?: string;
  /**
   * How many cells run at once, each in a process of its own; left out: as many as there are cores. With 1, and for an
   * experiment that does not name its module, cells run here.
   */
  readonly workers?: number;
  /** Runs cells as jobs of a Slurm cluster instead. */
  readonly slurm?: SlurmOptions;
  /** Runs the cells with these levels alone. */
  readonly only?: Condition;
  /** Ends the run: what is finished is kept. */
  readonly signal?: AbortSignal;
}

/** A cell that failed, and why. */
export interface CellFailure {
  readonly cell: Readonly<Record<string, Level>>;
  readonly message: string;
}

/** Some cells failed; all the others are stored. */
export class CellsFailed extends Error {
  override readonly name = "CellsFailed";
  readonly failures: readonly CellFailure[];

  constructor(experiment: string, failures: readonly CellFailure[], total: number) {
    super(failureLine(experiment, failures, total), { cause: failures[0]?.message });
    this.failures = failures;
  }
}

/**
 * Runs every cell of an experiment, as many at once as there are workers, showing a progress bar. What a cell's steps gave is
 * stored as soon as it is there: a run that was stopped, or failed, goes on where it was, and two runs can share a store.
 * Stored results that turn out damaged are computed anew, which the bar says. The results do not depend on the number of
 * workers.
 *
 * @throws {Error} saying how many cells are stored, when the signal stops it
 * @throws {CellsFailed} at the end, naming each cell that failed, with its error and how to run it alone
 * @throws {Error} before anything is run, when an option can't be or the store can't be written
 *
 * @example
 * ```ts
 * import { experiment } from "./experiment.ts";
 * import { runExperiment } from "./run.ts";
 * import { equal } from "node:assert/strict";
 * const ratios = experiment({
 *   name: "ratios",
 *   question: "How much can be masked?",
 *   factors: { ratio: [0.3, 0.7] },
 *   quick: { letters: 1, factors: {} },
 *   compare: "ratio",
 *   run: ({ corpus, ratio }, { mask, score, unfilled }) =>
 *     score(corpus, unfilled(mask(corpus, { strategy: "random", ratio, seed: 1 })), ["rougeL"]),
 *   claims: [],
 * });
 * const corpus = [{ id: "a", text: "He was well on the ward.", spans: [], meta: {} }];
 * const { cells } = await runExperiment(ratios, { corpus, runs: await Deno.makeTempDir() });
 * equal(cells.length, 2);
 * ```
 */
export async function runExperiment<F extends Factors>(
  experiment: Experiment<F>,
  options: RunOptions,
): Promise<Outcome<F>> {
  const { profile = "full", workers = navigator.hardwareConcurrency, signal } = options;
  const runs = resolve(options.runs ?? project.runs);
  if (!profiles.includes(profile)) {
    throw new Error(`unknown profile "${profile}". Known: ${profiles.join(", ")}.`);
  }
  checkWhole("workers", workers);
  const started = new Date();
  const corpus = corpusOf(experiment, options.corpus, profile);
  const grid = chosen(gridOf(experiment, profile), options.only ?? {}, experiment.name);
  await readyStore(runs);

  const { models, threads } = options;
  const engine = { ...models !== undefined && { models }, ...threads !== undefined && { threads } };
  const runner = cellRunner(experiment, { corpus, runs, ...engine });
  const shown = showGrid(experiment.name, grid);
  const counts = { found: 0, computed: 0, damaged: 0 };
  try {
    const records = await stored(grid, runner, shown);
    const pending = grid.filter((cell) => !records.has(cell));
    const measured = new Map<Cell<F>, CellCost>(records);
    const cost = costs(grid, measured);
    shown.expect(cost, workers);
    const { module, name: named } = experiment;
    if (options.slurm && module === undefined) {
      throw new Error(
        `experiment ${named}: names no module, so that no other machine can run it. Give it one.`,
      );
    }
    const job = module === undefined
      ? undefined
      : { module, name: named, letters: [...corpus], runs, ...engine };
    const spread: Spread<Cell<F>> | undefined = job === undefined || (workers === 1 && !options.slurm)
      ? undefined
      : options.slurm
      ? (cells, events) => runOnSlurm(job, cells, { ...options.slurm, cost, signal }, events)
      : (cells, events) => runInWorkers(job, cells, workers, events, signal);
    const failures = spread === undefined
      ? await runHere(pending, { runner, records, measured, shown, signal })
      : await runThere(pending, spread, { runner, records, measured, shown, counts });
    for (const name of ["found", "computed", "damaged"] as const) counts[name] += runner.counts[name];
    if (failures.length > 0) throw new CellsFailed(experiment.name, failures, grid.length);
    const cells = grid.flatMap((cell): (CellResult & { trace: Trace })[] => {
      const record = records.get(cell);
      if (!record) return [];
      const { scores, notes, trace } = record;
      return [{ cell, scores, ...notes && { notes }, trace }];
    });
    const { name, question, compare, claims } = experiment;
    return {
      experiment: { name, question, compare, claims },
      ...{ profile, factors: factorsOf(experiment, profile), corpus, counts, started },
      cells: cells.map(({ trace: _, ...result }) => result),
      provenance: unionOf(cells.map(({ trace }) => trace)),
    };
  } catch (error) {
    if (!signal?.aborted) throw error;
    const finished = shown.count("cached", "done");
    throw new Error(
      `${experiment.name}: stopped with ${finished} of ${grid.length} cells stored. Run it again to go on.`,
      { cause: error },
    );
  } finally {
    await shown.done();
    await runner.close();
  }
}

function chosen<F extends Factors>(grid: readonly Cell<F>[], only: Condition, name: string): Cell<F>[] {
  let cells = [...grid];
  for (const [factor, level] of Object.entries(only)) {
    const levels = [...new Set(cells.map((cell) => cell[factor]))];
    cells = cells.filter((cell) => cell[factor] === level);
    if (cells.length > 0) continue;
    const factors = Object.keys(grid[0] ?? {});
    throw new Error(
      factors.includes(factor)
        ? `experiment ${name}: no cell with ${factor} ${level}. There are ${levels.join(", ")}.`
        : `experiment ${name}: no factor ${factor}. There are ${factors.join(", ")}.`,
    );
  }
  return cells;
}

/** The records of the cells that need not be run. */
async function stored<F extends Factors>(
  grid: readonly Cell<F>[],
  runner: CellRunner<F>,
  shown: GridProgress<Cell<F>>,
): Promise<Map<Cell<F>, CellRecord>> {
  const records = new Map<Cell<F>, CellRecord>();
  for (const cell of grid) {
    const state = await runner.stateOf(cell);
    if (state.kind === "stored") {
      records.set(cell, state.record);
      shown.update(cell, "cached");
    } else if (state.kind === "damaged") shown.damaged(1);
  }
  return records;
}

/** What running cells fills and tells. */
interface Running<F extends Factors> {
  readonly runner: CellRunner<F>;
  readonly records: Map<Cell<F>, CellRecord>;
  /** What cells took, from which the time left is guessed. */
  readonly measured: Map<Cell<F>, CellCost>;
  readonly shown: GridProgress<Cell<F>>;
}

async function runHere<F extends Factors>(
  pending: readonly Cell<F>[],
  { runner, records, measured, shown, signal }: Running<F> & { readonly signal: AbortSignal | undefined },
): Promise<CellFailure[]> {
  const failures: CellFailure[] = [];
  for (const cell of pending) {
    signal?.throwIfAborted();
    const { computed, damaged } = runner.counts;
    shown.update(cell, "running");
    try {
      const record = await runner.run(cell);
      records.set(cell, record);
      measured.set(cell, record);
      shown.update(cell, runner.counts.computed === computed ? "cached" : "done", record);
    } catch (error) {
      failures.push({ cell, message: error instanceof Error ? error.message : String(error) });
      shown.update(cell, "failed");
    }
    shown.damaged(runner.counts.damaged - damaged);
  }
  return failures;
}

/** Runs cells elsewhere, telling of each. */
type Spread<C> = (cells: readonly C[], events: PoolEvents<C>) => Promise<void>;

async function runThere<F extends Factors>(
  pending: readonly Cell<F>[],
  spread: Spread<Cell<F>>,
  { runner, records, measured, shown, counts }: Running<F> & { readonly counts: StoreCounts },
): Promise<CellFailure[]> {
  const failures: CellFailure[] = [];
  const done: Cell<F>[] = [];
  await spread(pending, {
    onStart: (cell) => shown.update(cell, "running"),
    onAnswer(cell, answer) {
      if ("failed" in answer) {
        failures.push({ cell, message: answer.failed });
        shown.update(cell, "failed");
        return;
      }
      counts.computed += answer.computed;
      shown.damaged(answer.damaged);
      counts.damaged += answer.damaged;
      done.push(cell);
      if (answer.computed > 0) measured.set(cell, answer);
      shown.update(cell, answer.computed === 0 ? "cached" : "done", answer);
    },
  });
  for (const cell of done) {
    const state = await runner.stateOf(cell);
    // Damaged since, or run with what has changed since: put together from the steps, which are tested one by one.
    records.set(cell, state.kind === "stored" ? state.record : await runner.run(cell));
  }
  return failures;
}

/** So many failures are told one by one. */
const MOST_TOLD = 5;

function failureLine(name: string, failures: readonly CellFailure[], total: number): string {
  const told = failures.slice(0, MOST_TOLD).map(({ cell, message }) => `${inWords(cell)}: ${ended(message)}`);
  const more = failures.length > told.length ? ` And ${failures.length - told.length} more.` : "";
  const alone = failures.slice(0, 1).map(({ cell }) => asOption(cell)).join();
  return `${name}: ${failures.length} of ${total} cells failed, the others are stored. ${
    told.join(" ")
  }${more} ` +
    `To run one alone: deno task palimpsest experiment run ${name} --cell ${alone}`;
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
