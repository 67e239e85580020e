/** The figures of `deno task bench train`, as a file and as a table. @module */

import { z } from "zod";
import { Machine } from "./machine.ts";
import { type Measured, Measured as MeasuredSchema } from "./measure.ts";
import { type Form, FORMS, ROWS } from "./work.ts";

/** A row of the table with what it is asked to reach. */
const Result = MeasuredSchema.omit({ machine: true, versions: true }).extend({
  row: z.string(),
  title: z.string(),
  form: z.enum(FORMS),
  threads: z.int().positive(),
  rounds: z.int().positive(),
  least: z.number(),
  aim: z.number(),
  /** PyTorch's seconds by ours; left out where there is no PyTorch, as is the next. */
  ratio: z.number().optional(),
  /** Our peak memory by PyTorch's. */
  memory: z.number().optional(),
  /** The share of our step that is the optimiser and copies across the boundary. */
  outside: z.number(),
  /** What our step's matrix products reach of a bare one in the same runtime. */
  reach: z.number(),
});
export type Result = z.infer<typeof Result>;

export const Report = z.object({
  machine: Machine,
  versions: z.record(z.string(), z.string()),
  results: z.array(Result),
});
export type Report = z.infer<typeof Report>;

/** A measured row with its ratios. */
export function resultOf(
  { ours, pytorch }: Pick<Measured, "ours" | "pytorch">,
  at: { readonly row: string; readonly form: Form; readonly threads: number; readonly rounds: number },
): Result {
  const row = ROWS.get(at.row);
  if (!row) throw new Error(`no row is called ${at.row}`);
  const { title, least, aim } = row;
  const { optimizer, boundary, products } = ours.parts;
  return {
    ...at,
    ...{ title, least, aim, ours },
    ...(pytorch && { pytorch, ratio: pytorch.seconds / ours.seconds }),
    ...(pytorch?.peak && ours.peak && { memory: ours.peak / pytorch.peak }),
    outside: (optimizer + boundary) / ours.seconds,
    reach: products.rate / ours.product,
  };
}

/**
 * A report with new results in place of those of the same row, form and threads; where the machine or a version is
 * another, the new ones alone.
 */
export function merged(old: Report | undefined, fresh: Report): Report {
  const changed = (key: string) =>
    (old?.versions[key] ?? fresh.versions[key]) !== (fresh.versions[key] ?? old?.versions[key]);
  const versions = { ...old?.versions, ...fresh.versions };
  if (!old || JSON.stringify(old.machine) !== JSON.stringify(fresh.machine)) return fresh;
  if (Object.keys(versions).some(changed)) return fresh;
  const key = ({ row, form, threads }: Result) => JSON.stringify([row, form, threads]);
  const replaced = new Set(fresh.results.map(key));
  const results = [...old.results.filter((result) => !replaced.has(key(result))), ...fresh.results];
  const rows = [...ROWS.keys()];
  const place = ({ row, form, threads }: Result) => [-threads, rows.indexOf(row), FORMS.indexOf(form)];
  const before = (a: Result, b: Result) => {
    const [xs, ys] = [place(a), place(b)];
    return xs.map((x, i) => x - (ys[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
  };
  return { machine: fresh.machine, versions, results: results.toSorted(before) };
}

const COLUMNS: readonly (readonly [head: string, cell: (result: Result) => string])[] = [
  ["step", ({ title }) => title],
  ["PyTorch as", ({ form }) => form],
  ["threads", ({ threads }) => `${threads}`],
  ["ours, s", ({ ours }) => ours.seconds.toFixed(3)],
  ["PyTorch, s", ({ pytorch }) => pytorch?.seconds.toFixed(3) ?? "–"],
  ["ratio", ({ ratio }) => ratio?.toFixed(2) ?? "–"],
  ["least/aim", ({ least, aim }) => `${least}/${aim}`],
  ["outside", ({ outside }) => percent(outside)],
  ["ours, MB", ({ ours }) => megabytes(ours.peak)],
  ["PyTorch, MB", ({ pytorch }) => megabytes(pytorch?.peak ?? null)],
  ["memory", ({ memory }) => memory?.toFixed(2) ?? "–"],
  ["products, GFLOP/s", ({ ours }) => ours.parts.products.rate.toFixed(0)],
  ["bare", ({ ours }) => ours.product.toFixed(0)],
  ["PyTorch's bare", ({ pytorch }) => pytorch?.product.toFixed(0) ?? "–"],
];

/** Plain text, the columns aligned. */
export function table(results: readonly Result[]): string {
  const cells = [
    COLUMNS.map(([head]) => head),
    ...results.map((result) => COLUMNS.map(([, cell]) => cell(result))),
  ];
  const widths = COLUMNS.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  const pad = (cell: string, i: number) =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  return cells.map((line) => line.map(pad).join("  ")).join("\n");
}

/** Where the time of our steps goes, a line each. */
export function whereTimeGoes(results: readonly Result[]): string {
  return results.map(({ title, form, threads, ours: { seconds, parts } }) => {
    const { optimizer, boundary, batch, masks } = parts;
    const around = Object.entries({ optimizer, boundary, batch, masks })
      .map(([name, part]) => `${name} ${percent(part / seconds)}`);
    const inside = Object.entries(parts.operators).map(([name, share]) => `${name} ${percent(share)}`);
    return `${title} (${form}, ${threads}): ${around.join(", ")}; inside the graph ${inside.join(", ")}`;
  }).join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function megabytes(bytes: number | null): string {
  return bytes === null ? "–" : (bytes / 1e6).toFixed(0);
}
