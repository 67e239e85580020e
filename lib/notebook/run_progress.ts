/** A notebook run's progress on stderr. @module */

import { type Progress, progress, type ProgressOptions } from "../progress.ts";
import type { RunProgress } from "./run.ts";

/**
 * Shows how far a run is: one bar of cells, and behind it what the running cell says of itself.
 *
 * @param name the notebook's name, which stands before the bar
 * @returns `update` to be given to `runNotebook` as `onProgress`, and `done` to be called at the end
 *
 * @example
 * ```ts
 * import { showRunProgress } from "./run_progress.ts";
 * import { equal } from "node:assert/strict";
 * let shown = "";
 * const bar = showRunProgress("masking", { clock: () => 0, write: (text) => shown += text, columns: undefined });
 * bar.update({ done: 2, total: 2, inner: undefined });
 * await bar.done();
 * equal(shown, "masking  2/2 cells\n");
 * ```
 */
export function showRunProgress(
  name: string,
  options: ProgressOptions = {},
): { update(run: RunProgress): void; done(): Promise<void> } {
  let cells: Progress | undefined;
  let inner: Progress | undefined;
  return {
    update({ done, total, inner: report }) {
      cells ??= progress(name, total, { ...options, unit: "cells" });
      if (!report) return cells.update(done);
      // A cell's loop reports 0 first: another loop has begun.
      if (!inner || report.done === 0) {
        inner = progress(`${name} · ${report.label}`, report.total, { ...options, unit: report.unit });
      }
      inner.update(report.done, report.note, { left: report.left });
    },
    async done() {
      await cells?.done();
    },
  };
}
