/** How far a grid is, as people see it. @module */

import { progress } from "../progress.ts";
import { escapeHtml } from "../escape_html.ts";
import { inWords } from "./condition.ts";
import type { CellCost } from "./costs.ts";
import type { Level } from "./experiment.ts";

/** What became of a cell in this run. */
export type CellProgress = "waiting" | "running" | "cached" | "done" | "failed";

/** A grid's progress. */
export interface GridProgress<C> {
  /** A cell's state is another; what it took is shown with it. */
  update(cell: C, state: CellProgress, took?: CellCost): void;
  /** How many cells are in one of these states. */
  count(...states: CellProgress[]): number;
  /** Stored results turned out damaged. */
  damaged(count: number): void;
  /** What the cells will cost in seconds, where it is known, and how many run at once. */
  expect(cost: (cell: C) => number | undefined, workers: number): void;
  done(): Promise<void>;
}

const colours: Readonly<Record<CellProgress, string>> = {
  waiting: "#e6e8ea",
  running: "#E69F00",
  cached: "#56B4E9",
  done: "#009E73",
  failed: "#D55E00",
};

/** Milliseconds for which the time left is known well enough. */
const LEFT_EVERY = 500;

/** A page with more squares than these is no longer looked at one by one. */
const MOST_SQUARES = 3000;

/**
 * Shows a grid's progress: cells that are done, cached and failed, what the last one took, and the time left; in a notebook
 * also a square a cell, in place.
 *
 * @example
 * ```ts
 * import { showGrid } from "./show_grid.ts";
 * const cells = [{ seed: 1 }, { seed: 2 }];
 * const shown = showGrid("ratios", cells);
 * shown.update({ seed: 1 }, "done", { seconds: 1, megabytes: 200 });
 * await shown.done();
 * ```
 */
export function showGrid<C extends Readonly<Record<string, Level>>>(
  name: string,
  grid: readonly C[],
): GridProgress<C> {
  const states = new Map<C, CellProgress>();
  const took = new Map<C, string>();
  let damaged = 0;
  let last = "";
  let costOf: (cell: C) => number | undefined = () => undefined;
  let workers = 1;
  let bar: ReturnType<typeof progress> | undefined;

  const counts: Record<CellProgress, number> = { waiting: 0, running: 0, cached: 0, done: 0, failed: 0 };
  const count = (...kinds: CellProgress[]) => kinds.reduce((sum, kind) => sum + counts[kind], 0);
  let [known, knownAt]: [number | undefined, number] = [undefined, -Infinity];
  /** Goes through all cells, and not for each that is done. */
  const left = () => {
    if (performance.now() - knownAt < LEFT_EVERY) return known;
    [known, knownAt] = [timeLeft(), performance.now()];
    return known;
  };
  const timeLeft = () => {
    let sum = 0;
    for (const cell of grid) {
      const state = states.get(cell) ?? "waiting";
      if (state !== "waiting" && state !== "running") continue;
      const cost = costOf(cell);
      if (cost === undefined) return undefined;
      sum += state === "running" ? cost / 2 : cost;
    }
    return 1000 * sum / workers;
  };
  const square = (cell: C) => {
    const state = states.get(cell) ?? "waiting";
    const title = [inWords(cell), state, took.get(cell)].filter(Boolean).join(" · ");
    return `<span title="${escapeHtml(title)}" style="display:inline-block;width:9px;height:9px;margin:1px;` +
      `background:${colours[state]}"></span>`;
  };
  const html = () =>
    grid.length > MOST_SQUARES
      ? ""
      : `<div style="line-height:11px;max-width:44em">${grid.map(square).join("")}</div><div>${
        Object.entries(colours).map(([state, colour]) => `<span style="color:${colour}">■</span> ${state}`)
          .join(" ")
      }</div>`;
  const draw = () => {
    const failed = count("failed");
    const note = [
      `${count("cached")} cached`,
      ...failed > 0 ? [`${failed} failed`] : [],
      ...damaged > 0 ? [`${damaged} damaged, computed anew`] : [],
      ...last === "" ? [] : [`last ${last}`],
    ].join(" · ");
    bar?.update(count("cached", "done", "failed"), note, { left: left(), html });
  };
  return {
    count,
    update(cell, state, cost) {
      const before = states.get(cell);
      if (before !== undefined) counts[before]--;
      counts[state]++;
      states.set(cell, state);
      if (cost) {
        const spent = `${cost.seconds.toFixed(1)} s, ${Math.round(cost.megabytes)} MB`;
        took.set(cell, spent);
        if (state === "done") last = spent;
      }
      if (bar) draw();
    },
    damaged(more) {
      damaged += more;
      if (more > 0) draw();
    },
    expect(cost, side) {
      [costOf, workers] = [cost, side];
      const cached = count("cached");
      const from = cached < grid.length ? cached : 0; // where nothing is left to do, that is news too
      bar = progress(name, grid.length, { unit: "cells", from });
      draw();
    },
    async done() {
      await bar?.done();
    },
  };
}
