/** What yardsticks come to, and how it is told. @module */

import { z } from "zod";

/** {@linkcode https://zod.dev | zod} schema of a {@linkcode Row}. */
export const Row = z.object({
  corpus: z.string(),
  seed: z.number(),
  side: z.string(),
  /** Micro span F1 on devel (seqeval-strict), by epoch. */
  f1: z.array(z.number()),
  /** Mean training loss, by epoch. */
  loss: z.array(z.number()),
  /** Of the steps' seconds. */
  median: z.number(),
  steps: z.number(),
});

/** What a side came to on a corpus with a seed. */
export type Row = z.infer<typeof Row>;

/** Rows as a table in Markdown. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ corpus, seed, side, f1, loss, median }) =>
    `| ${corpus} | ${seed} | ${side} | ${f1.map((x) => (100 * x).toFixed(1)).join(", ")} | ${
      loss.map((x) => x.toFixed(4)).join(", ")
    } | ${median.toFixed(3)} |`
  );
  return [
    "| corpus | seed | | span F1 (seqeval-strict) by epoch | loss by epoch | s a step |",
    "|:--|--:|:--|:--|:--|--:|",
    ...lines,
  ]
    .join("\n");
}

/**
 * A line a corpus: the last F1 of each side, mean ± deviation over seeds, in percent, and our time by PyTorch's.
 *
 * @example
 * ```ts
 * import { summary } from "./yardstick_rows.ts";
 * import { equal } from "node:assert/strict";
 * const row = { corpus: "bc5cdr", side: "here", loss: [], median: 1, steps: 9 };
 * equal(summary([{ ...row, seed: 1, f1: [0.7] }, { ...row, seed: 2, f1: [0.8] }]), "bc5cdr: span F1 here 75.0 ± 7.1");
 * ```
 */
export function summary(rows: readonly Row[]): string {
  const said: string[] = [];
  for (const [corpus, own] of Map.groupBy(rows, ({ corpus }) => corpus)) {
    const of = (side: string) => own.filter((row) => row.side === side);
    const spread = (side: string) => {
      const last = of(side).map(({ f1 }) => 100 * (f1.at(-1) ?? NaN));
      const mean = last.reduce((a, b) => a + b, 0) / last.length;
      const sd = Math.sqrt(last.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, last.length - 1));
      return `${side} ${mean.toFixed(1)} ± ${sd.toFixed(1)}`;
    };
    const sides = [...new Set(own.map(({ side }) => side))];
    const times = sides.map((side) => median(of(side).map((row) => row.median)));
    const ratio = times.length > 1
      ? `, ${((times[0] ?? NaN) / (times[1] ?? NaN)).toFixed(2)} of PyTorch's time`
      : "";
    said.push(`${corpus}: span F1 ${sides.map(spread).join(", ")}${ratio}`);
  }
  return said.join("\n");
}

/** The middle one of numbers, the upper of two; NaN of none. */
export function median(xs: readonly number[]): number {
  return xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN;
}
