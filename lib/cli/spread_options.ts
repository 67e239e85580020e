/** Options of commands that run experiments: how cells are spread over cores or machines. @module */

import type { Command } from "commander";
import type { RunOptions } from "../experiment/run.ts";
import { wholeNumber } from "./number_options.ts";

/** What the user typed. */
export interface SpreadOptions {
  readonly workers?: number;
  readonly slurm: boolean;
  readonly partition?: string;
  readonly throttle?: number;
  readonly time?: string;
  readonly memory?: string;
  readonly minutes?: number;
}

/** Adds them to a command. */
export function addSpreadOptions(command: Command): Command {
  return command
    .option(
      "--workers <number>",
      "cells that run at once (default: as many as there are cores)",
      wholeNumber({ least: 1 }),
    )
    .option("--slurm", "run cells as array jobs of a Slurm cluster", false)
    .option("--partition <name>", "with --slurm: where")
    .option(
      "--throttle <number>",
      "with --slurm: jobs that run at once (default: 50)",
      wholeNumber({ least: 1 }),
    )
    .option("--time <time>", "with --slurm: the longest a job may take (default: 04:00:00)")
    .option("--memory <size>", "with --slurm: of a job (default: 4G)")
    .option(
      "--minutes <number>",
      "with --slurm: cells share a job until it takes so long (default: 10)",
      wholeNumber({ least: 1 }),
    );
}

/**
 * The same as options of a run.
 *
 * @example
 * ```ts
 * import { spreadOf } from "./spread_options.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(spreadOf({ slurm: true, throttle: 4, workers: 2 }), { workers: 2, slurm: { throttle: 4 } });
 * ```
 */
export function spreadOf(options: SpreadOptions): Pick<RunOptions, "workers" | "slurm"> {
  const { workers, slurm, partition, throttle, time, memory, minutes } = options;
  const given = {
    ...partition !== undefined && { partition },
    ...throttle !== undefined && { throttle },
    ...time !== undefined && { time },
    ...memory !== undefined && { memory },
    ...minutes !== undefined && { minutes },
  };
  return { ...workers !== undefined && { workers }, ...slurm && { slurm: given } };
}
