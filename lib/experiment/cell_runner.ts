/** Running cells, one after another, in this process. @module */

import { fileURLToPath } from "node:url";
import type { Letter } from "../corpus/letter.ts";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import { project } from "../project.ts";
import { sha256 } from "../sha256.ts";
import { type CellRecord, cellRecords } from "./cell_records.ts";
import { codeVersion } from "./code_version.ts";
import type { Cell, Experiment, Factors } from "./experiment.ts";
import { openSteps } from "./steps.ts";
import { openStore, type StoreCounts } from "./store.ts";
import { changesBetween } from "./trace.ts";

/** What a store holds of a cell. */
export type CellState =
  | { readonly kind: "stored"; readonly record: CellRecord }
  /** It was run with something that is another now; `why` says what. */
  | { readonly kind: "stale"; readonly why: readonly string[]; readonly record: CellRecord }
  | { readonly kind: "damaged" }
  | { readonly kind: "missing" };

/** Runs an experiment's cells on some letters. */
export interface CellRunner<F extends Factors> {
  /** Of the steps of the cells that were run here. */
  readonly counts: Readonly<StoreCounts>;
  /** The file of a cell's record. */
  pathOf(cell: Cell<F>): string;
  /** What the store holds of a cell. */
  stateOf(cell: Cell<F>): Promise<CellState>;
  /** Runs it, steps that are stored excepted, and records it. */
  run(cell: Cell<F>): Promise<CellRecord>;
  close(): Promise<void>;
}

/** What cells are run with. */
export interface CellRunnerOptions extends ModelOptions {
  readonly corpus: readonly Letter[];
  /** Folder of the store. */
  readonly runs: string;
  /** Computes nothing: a step that is not stored throws `NotStored`. */
  readonly dry?: boolean;
  /** Told the path of each file that is used: a step's result, or part of an adapted model. */
  readonly onFound?: (path: string) => void;
}

/**
 * Opens a runner. Cells of an experiment that names its module are recorded as a whole; those of another one are put together
 * from their stored steps each time, because nobody can tell whether its code has changed.
 *
 * @throws {Error} from `run()`: what the experiment's steps throw
 *
 * @example
 * ```ts
 * import { cellRunner } from "./cell_runner.ts";
 * import { experiment } from "./experiment.ts";
 * import { deepEqual } from "node:assert/strict";
 * const ratios = experiment({
 *   ...{ name: "ratios", question: "How much can be masked?", compare: "ratio", claims: [] },
 *   factors: { ratio: [0.3, 0.7] },
 *   quick: { letters: 1, factors: {} },
 *   run: ({ corpus, ratio }, { mask, score, unfilled }) =>
 *     score(corpus, unfilled(mask(corpus, { strategy: "random", ratio, seed: 1 })), ["rougeL"]),
 * });
 * const corpus = [{ id: "a", text: "He was well on the ward.", spans: [], meta: {} }];
 * const runner = cellRunner(ratios, { corpus, runs: await Deno.makeTempDir() });
 * deepEqual((await runner.run({ ratio: 0.3 })).scores.map(({ metric }) => metric), ["rougeL"]);
 * await runner.close();
 * ```
 */
export function cellRunner<F extends Factors>(
  experiment: Experiment<F>,
  { corpus, runs, onFound, dry = false, ...options }: CellRunnerOptions,
): CellRunner<F> {
  const store = openStore(runs, { dry, ...onFound && { onFound } });
  const kept = { encodings: `${runs}/encodings`, adapted: `${runs}/adapted`, ...onFound && { onFound } };
  const steps = openSteps(store, { ...options, ...kept });
  const records = cellRecords(runs, experiment.name, sha256(JSON.stringify(corpus)));
  const { module } = experiment;
  let version: Promise<string> | undefined;
  const ownVersion = (path: string) => version ??= codeVersion([fileURLToPath(path)], project.root);

  return {
    counts: store.counts,
    pathOf: records.pathOf,
    async stateOf(cell) {
      if (module === undefined) return { kind: "missing" };
      const record = records.read(cell);
      if (record === undefined) return { kind: "missing" };
      if (record === "damaged") return { kind: "damaged" };
      const { [experiment.name]: _, ...code } = record.trace.code;
      const now = await steps.now({ ...record.trace, code }).catch(() => undefined); // a model that is gone
      if (!now) return { kind: "stale", why: ["a model is no longer there"], record };
      const whole = { ...now, code: { ...now.code, [experiment.name]: await ownVersion(module) } };
      const why = changesBetween(record.trace, whole);
      return why.length > 0 ? { kind: "stale", why, record } : { kind: "stored", record };
    },
    async run(cell) {
      const started = performance.now();
      steps.begin();
      const scores = await experiment.run({ ...cell, corpus }, steps);
      const trace = await steps.trace();
      const notes = steps.notes();
      const own = module === undefined ? {} : { [experiment.name]: await ownVersion(module) };
      const record: CellRecord = {
        scores,
        ...notes.length > 0 && { notes },
        trace: { ...trace, code: { ...trace.code, ...own } },
        seconds: (performance.now() - started) / 1000,
        megabytes: Deno.memoryUsage().rss / 1e6,
      };
      if (module !== undefined && !dry) await records.write(cell, record);
      return record;
    },
    close: () => steps.close(),
  };
}
