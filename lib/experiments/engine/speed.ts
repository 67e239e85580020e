/** What `deno task bench train --write` measured, as a table. @module */

import { Report } from "../../train/bench/report.ts";
import type { Table } from "../../report/table.ts";

/** How a page says that nothing was measured yet. */
export const NO_SPEED = "No speed is measured here: " +
  "`deno task bench train --write results/engine/speed.json` does it, beside PyTorch where that is installed.";

/**
 * The results of a benchmark's file; undefined where there is no such file.
 *
 * @param path of the file
 * @throws {Error} naming the file, where it is of another shape
 *
 * @example
 * ```ts
 * import { readSpeed } from "./speed.ts";
 * import { equal } from "node:assert/strict";
 * equal(await readSpeed(`${await Deno.makeTempDir()}/speed.json`), undefined);
 * ```
 */
export async function readSpeed(path: string): Promise<Report | undefined> {
  try {
    return Report.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new Error(`${path}: no results of deno task bench train. Measure again, with --write.`, {
      cause: error,
    });
  }
}

/**
 * A row a measured step: seconds here and in PyTorch, their ratio beside what it is to reach, memory, and what is lost
 * outside of the graph.
 *
 * @example
 * ```ts
 * import { speedTable } from "./speed.ts";
 * import { match } from "node:assert/strict";
 * const machine = { processor: "a processor", architecture: "x86_64", cores: 2, instructions: ["avx2"] };
 * match(speedTable({ machine, versions: { deno: "2.9.6" }, results: [] }).caption ?? "", /2 cores \(avx2\); deno 2\.9\.6/);
 * ```
 */
export function speedTable({ machine, versions, results }: Report): Table {
  const { processor, cores, instructions } = machine;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ");
  return {
    caption:
      `Seconds a training step, medians, the two sides taking turns in one run. “trainer”: PyTorch as ` +
      `Hugging Face's trainer runs it; “same”: the same arithmetic on both sides. Ratio: PyTorch's seconds over ours. ` +
      `Outside: optimiser and copies, of our step. Products: our matrix products, of a bare one's rate. ` +
      `${processor}, ${cores} cores (${instructions.join(" ")}); ${programs}.`,
    columns: [
      { name: "step", kind: "text" },
      { name: "form", title: "PyTorch as", kind: "text" },
      { name: "threads", kind: "integer" },
      { name: "seconds", title: "here, s", kind: "number" },
      { name: "pytorch_seconds", title: "PyTorch, s", kind: "number" },
      { name: "ratio", kind: "number", digits: 2 },
      { name: "least", kind: "number", digits: 1 },
      { name: "aim", kind: "number", digits: 1 },
      { name: "memory", title: "memory, of PyTorch's", kind: "number", digits: 2 },
      { name: "outside", kind: "number", digits: 3 },
      { name: "products", kind: "number", digits: 2 },
    ],
    rows: results.map((
      { title, form, threads, ours, pytorch, ratio, least, aim, memory, outside, reach },
    ) => ({
      ...{ step: title, form, threads, seconds: ours.seconds, pytorch_seconds: pytorch?.seconds ?? null },
      ...{ ratio: ratio ?? null, least, aim, memory: memory ?? null, outside, products: reach },
    })),
  };
}
