/** The claims of all experiments in one table. @module */

import { parquetReadObjects } from "hyparquet";
import { z } from "zod";
import { readFile } from "../read_file.ts";
import { toCsv } from "../report/csv.ts";
import { toLatex } from "../report/latex.ts";
import { toMarkdown } from "../report/markdown.ts";
import type { Table } from "../report/table.ts";
import { writeFiles } from "../write_file.ts";

const claimSchema = z.object({
  claim: z.string(),
  source: z.string().nullable(),
  metric: z.string(),
  difference: z.number(),
  difference_low: z.number(),
  difference_high: z.number(),
  test: z.string(),
  verdict: z.string(),
  letters: z.coerce.number(),
  letters_to_decide: z.coerce.number().nullable(),
  figure: z.string().nullable(),
});

/**
 * Gathers the claims that lie in a folder of results (`NAME/claims.parquet`) into `claims.csv`, `claims.md` and `claims.tex` there:
 * those of papers first, by paper and number, then the project's own. Every verdict in it was computed from runs.
 *
 * @param results the folder that the experiments' folders are in
 * @throws {Error} one line, when a file can't be read or written
 *
 * @example
 * ```ts
 * import { claimsTable } from "./tables.ts";
 * import { writeAllClaims } from "./all_claims.ts";
 * import { writeTable } from "../report/write_table.ts";
 * import { match } from "node:assert/strict";
 * const results = await Deno.makeTempDir();
 * const difference = { n: 9, mean: 0.1, low: 0.05, high: 0.2, level: 0.95, sd: 1, resamples: 10, method: "bca" as const };
 * const claim = { says: "b is better.", source: "Some paper 1", metric: "rougeL", of: "", over: "", test: "> 0", difference };
 * await writeTable(`${results}/small`, "claims", claimsTable([{ ...claim, verdict: "supported" }]));
 * await writeAllClaims(results);
 * match(await Deno.readTextFile(`${results}/claims.csv`), /Some paper 1.*supported.*,small,/);
 * ```
 */
export async function writeAllClaims(results: string): Promise<void> {
  const rows: (z.output<typeof claimSchema> & { experiment: string })[] = [];
  const folders = (await Array.fromAsync(Deno.readDir(results))).filter(({ isDirectory }) => isDirectory);
  for (const { name } of folders.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const claims = await claimsIn(`${results}/${name}/claims.parquet`);
    rows.push(...claims.map((claim) => ({ ...claim, experiment: name })));
  }
  if (rows.length === 0) return;
  rows.sort((a, b) => order(a.source).localeCompare(order(b.source), "en", { numeric: true })); // stable: else as they came
  const linked = tableOf(rows);
  await writeFiles({
    [`${results}/claims.csv`]: toCsv(linked),
    [`${results}/claims.md`]: withLinks(toMarkdown(linked)),
    [`${results}/claims.tex`]: toLatex(linked, "claims"),
  });
}

/** The project's own claims come last. */
function order(source: string | null): string {
  return source ?? "\uffff";
}

function tableOf(rows: readonly (z.output<typeof claimSchema> & { experiment: string })[]): Table {
  return {
    caption:
      "Claims of the papers, and of this project, with what decides them: the interval of the mean difference over letters. " +
      "All verdicts of one experiment hold at once with 95% confidence.",
    columns: [
      { name: "source", kind: "text" },
      { name: "claim", kind: "text" },
      { name: "metric", kind: "text" },
      { name: "difference", kind: "interval", digits: 4 },
      { name: "test", title: "claimed", kind: "text" },
      { name: "verdict", kind: "text" },
      { name: "letters", kind: "integer" },
      { name: "letters_to_decide", title: "letters that would decide", kind: "integer" },
      { name: "experiment", kind: "text" },
      { name: "figure", kind: "text" },
    ],
    rows: rows.map((
      { difference, difference_low, difference_high, figure, experiment, source, ...rest },
    ) => ({
      ...rest,
      source: source ?? "this project",
      experiment,
      difference: { value: difference, low: difference_low, high: difference_high },
      figure: figure === null ? null : `${experiment}/${figure}`,
    })),
  };
}

function withLinks(markdown: string): string {
  return markdown.replaceAll(/(?<=\| )([\w-]+\/figure-[\w-]+\.svg)(?= \|)/g, "[figure]($1)");
}

async function claimsIn(path: string): Promise<z.output<typeof claimSchema>[]> {
  let file: ArrayBuffer;
  try {
    file = (await readFile(path)).buffer;
  } catch (error) {
    if (error instanceof Error && error.cause instanceof Deno.errors.NotFound) return []; // an experiment without claims
    throw error;
  }
  const rows: unknown = await parquetReadObjects({ file });
  const parsed = z.array(claimSchema).safeParse(rows);
  if (parsed.success) return parsed.data;
  throw new Error(`${path}: not as this version writes claims. Run the experiment again.`);
}
