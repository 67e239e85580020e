/** What Slurm is given to run. @module */

import { checkWhole } from "../../check_whole.ts";

/** How an experiment's cells are spread over a cluster. */
export interface SlurmOptions {
  /** Left out: the cluster's own default. */
  readonly partition?: string;
  /** How many jobs of an array run at once. Default 50. */
  readonly throttle?: number;
  /** Longest time of a job, in Slurm's notation. Default `04:00:00`. */
  readonly time?: string;
  /** Memory of a job. Default `4G`. */
  readonly memory?: string;
  /** Cells that take less share a job until it takes about so many minutes. Default 10. */
  readonly minutes?: number;
}

/** An array job. */
export interface ArrayJob {
  /** The experiment's name. */
  readonly name: string;
  /** Folder that all nodes see, with `job.json` in it; logs go there. */
  readonly folder: string;
  /** How many elements the array has. */
  readonly elements: number;
  /** The command of an element, to which its number is added. */
  readonly command: readonly string[];
}

/**
 * The script of an array job, an element a chunk of cells.
 *
 * @throws {Error} when an option would be another line of the script
 *
 * @example
 * ```ts
 * import { slurmScript } from "./script.ts";
 * import { match } from "node:assert/strict";
 * const job = { name: "ratios", folder: "/shared/runs/slurm/1", elements: 8, command: ["deno", "run", "element.ts"] };
 * match(slurmScript(job, { throttle: 4, partition: "cpu" }), /#SBATCH --array=0-7%4\n(.*\n)*#SBATCH --partition=cpu\n/);
 * ```
 */
export function slurmScript(
  { name, folder, elements, command }: ArrayJob,
  options: SlurmOptions = {},
): string {
  const { partition, throttle = 50, time = "04:00:00", memory = "4G" } = options;
  for (const [option, value] of Object.entries({ partition: partition ?? "", time, memory })) {
    if (/[^\w.,:+-]/.test(value)) {
      throw new Error(`${option} "${value}": use letters, digits and .,:+- only.`);
    }
  }
  checkWhole("throttle", throttle);
  return [
    "#!/bin/sh",
    `#SBATCH --job-name=palimpsest-${name}`,
    `#SBATCH --array=0-${elements - 1}%${throttle}`,
    "#SBATCH --cpus-per-task=1",
    `#SBATCH --mem=${memory}`,
    `#SBATCH --time=${time}`,
    `#SBATCH --output=${folder}/log-%a.txt`,
    ...partition === undefined ? [] : [`#SBATCH --partition=${partition}`],
    `exec ${command.map(quoted).join(" ")} "$SLURM_ARRAY_TASK_ID"`,
    "",
  ].join("\n");
}

function quoted(word: string): string {
  return /^[\w./=:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * Cells in chunks that take about so many minutes each, by what they cost; cells whose cost nobody knows yet are taken for a
 * minute each.
 *
 * @example
 * ```ts
 * import { chunksOf } from "./script.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(chunksOf([1, 2, 3, 4], (n) => n === 3 ? 900 : 200, 10), [[1, 2], [3], [4]]);
 * ```
 */
export function chunksOf<C>(
  cells: readonly C[],
  cost: (cell: C) => number | undefined,
  minutes: number,
): C[][] {
  const chunks: C[][] = [];
  let seconds = Infinity;
  for (const cell of cells) {
    const own = cost(cell) ?? 60;
    const last = chunks.at(-1);
    if (last && seconds + own <= 60 * minutes) {
      last.push(cell);
      seconds += own;
    } else {
      chunks.push([cell]);
      seconds = own;
    }
  }
  return chunks;
}
