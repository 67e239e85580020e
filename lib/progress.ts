/// <reference lib="deno.unstable" />
/** How far a long job is: a bar on a terminal, plain lines in a log, a report to the runner in a notebook. @module */

import { z } from "zod";
import { escapeHtml } from "./escape_html.ts";

/** Mime type under which code in a notebook tells the runner how far it is; never kept in the notebook. */
export const progressMime = "application/x-palimpsest-progress+json";

/** What is told under {@linkcode progressMime}. */
export const progressReport = z.object({
  label: z.string(),
  done: z.number(),
  total: z.number(),
  unit: z.string(),
  note: z.string(),
  /** Milliseconds left, where that is known better than by the pace so far. */
  left: z.number().optional(),
});

/** How far a job is. */
export type ProgressReport = z.output<typeof progressReport>;

/** What a job knows beside how much is done. */
export interface ProgressDetail {
  /** Milliseconds left, where the job knows better than by the pace so far. */
  readonly left?: number | undefined;
  /** For a notebook's page, below the line. */
  readonly html?: (() => string) | undefined;
}

/** A job's progress. */
export interface Progress {
  /** `done` of the total is done now; `note` is shown behind it until the next one. */
  update(done: number, note?: string, detail?: ProgressDetail): void;
  /** The job is over: the bar's line ends. Resolves when the last report is out. */
  done(): Promise<void>;
}

/** Where progress goes; all of it has a default. */
export interface ProgressOptions {
  /** Milliseconds since any fixed time. */
  readonly clock?: () => number;
  /** Takes text for stderr. */
  readonly write?: (text: string) => void;
  /** What is counted, in the plural: `"cells"`. */
  readonly unit?: string;
  /** A terminal's width in columns, or `undefined` where there is no terminal. */
  readonly columns?: number | undefined;
  /** How much was done before this began, which took none of its time. Default 0. */
  readonly from?: number;
}

const redrawEvery = 100; // milliseconds
const lineEvery = 0.1; // of the total
const barWidth = 15; // columns

/**
 * Shows how far a job is, on stderr: on a terminal as one bar that is redrawn, elsewhere as a line whenever another
 * tenth is done. In a notebook it is a display that updates in place; a headless run turns that into its own bar.
 *
 * @param total how much there is to do; 0 counts as done
 *
 * @example
 * ```ts
 * import { progress } from "./progress.ts";
 * import { equal } from "node:assert/strict";
 * let shown = "";
 * const bar = progress("letters", 2, { clock: () => 0, write: (text) => shown += text, columns: undefined });
 * bar.update(1);
 * bar.update(2, "1 cached");
 * await bar.done();
 * equal(shown, "letters  1/2\nletters  2/2 · 1 cached\n");
 * ```
 */
export function progress(label: string, total: number, options: ProgressOptions = {}): Progress {
  const job = { label, total, unit: options.unit ?? "", from: options.from ?? 0 };
  const kernel = options.write ? undefined : kernelDisplay();
  if (kernel) return inKernel(job, kernel);
  const {
    clock = () => performance.now(),
    write = (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
    columns = Deno.stderr.isTerminal() ? terminalColumns() : undefined,
  } = options;
  return columns === undefined ? inLog(job, clock, write) : onTerminal(job, clock, write, columns);
}

/**
 * One line that says how far a job is and how long the rest will take at the pace so far.
 *
 * @param elapsed milliseconds since the job began
 *
 * @example
 * ```ts
 * import { progressLine } from "./progress.ts";
 * import { equal } from "node:assert/strict";
 * equal(progressLine({ label: "run", done: 1, total: 4, unit: "cells", note: "" }, 60_000), "run  1/4 cells · 3:00 left");
 * ```
 */
export function progressLine(
  { label, done, total, unit, note, left }: ProgressReport,
  elapsed: number,
  bar = "",
): string {
  const rest = left ?? (done > 0 && elapsed > 0 ? elapsed / done * (total - done) : undefined);
  const time = rest !== undefined && done < total ? `${duration(rest)} left` : "";
  return `${label}  ${bar}${[`${done}/${total} ${unit}`.trim(), note, time].filter(Boolean).join(" · ")}`;
}

interface Job extends Omit<ProgressReport, "done" | "note" | "left"> {
  readonly from: number;
}

/** The time that all that is done would have taken at the pace of what was done here. */
function wholeTime(elapsed: number, done: number, { from }: Job): number {
  return done > from ? elapsed * done / (done - from) : 0;
}

function onTerminal(job: Job, clock: () => number, write: (text: string) => void, columns: number): Progress {
  const start = clock();
  let drawn = -Infinity;
  const draw = (done: number, note: string, left?: number) => {
    drawn = clock();
    const full = Math.round(barWidth * (job.total > 0 ? Math.min(1, done / job.total) : 1));
    const bar = `${"█".repeat(full)}${"░".repeat(barWidth - full)}  `;
    const line = progressLine({ ...job, done, note, left }, wholeTime(drawn - start, done, job), bar);
    write(`\r\x1b[K${[...line].slice(0, columns - 1).join("")}`); // a full line would wrap and stay
  };
  draw(job.from, "");
  return {
    update(done, note = "", { left } = {}) {
      if (done >= job.total || clock() - drawn >= redrawEvery) draw(done, note, left);
    },
    done: () => Promise.resolve(write("\n")),
  };
}

function inLog(job: Job, clock: () => number, write: (text: string) => void): Progress {
  const start = clock();
  let written = job.from;
  return {
    update(done, note = "", { left } = {}) {
      const due = done >= job.total ? written < job.total : done - written >= lineEvery * job.total;
      if (!due) return;
      written = done;
      write(`${progressLine({ ...job, done, note, left }, wholeTime(clock() - start, done, job))}\n`);
    },
    done: () => Promise.resolve(),
  };
}

type Display = (update: boolean, id: string, data: Record<string, unknown>) => Promise<void>;

function inKernel(job: Job, display: Display): Progress {
  const id = crypto.randomUUID();
  const start = performance.now();
  let shown = -Infinity;
  let sent = Promise.resolve();
  const send = (done: number, note: string, { left, html }: ProgressDetail = {}) => {
    const update = shown > -Infinity;
    shown = performance.now();
    const { label, total, unit } = job;
    const report: ProgressReport = { label, total, unit, done, note, ...left !== undefined && { left } };
    // The text is for people in a notebook editor, which does not know the mime type.
    const text = progressLine(report, wholeTime(shown - start, done, job));
    const page = html ? { "text/html": `<div>${escapeHtml(text)}</div>${html()}` } : {};
    sent = sent.then(() => display(update, id, { [progressMime]: report, "text/plain": text, ...page }));
  };
  send(job.from, "");
  return {
    update(done, note = "", detail) {
      if (done >= job.total || performance.now() - shown >= redrawEvery) send(done, note, detail);
    },
    done: () => sent,
  };
}

/** How to show something in the notebook this runs in, or `undefined` outside of notebooks. */
function kernelDisplay(): Display | undefined {
  try {
    const { broadcast } = Deno.jupyter;
    return (update, id, data) =>
      broadcast(update ? "update_display_data" : "display_data", {
        data,
        metadata: {},
        transient: { display_id: id },
      });
  } catch {
    return undefined; // Deno.jupyter throws outside of a kernel: that is how to tell
  }
}

function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80; // stderr is a terminal whose size nobody knows
  }
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
