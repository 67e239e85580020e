/** Learning rates over a run. @module */

/** How the learning rate falls after the warm-up: in a line to zero, in half a cosine to zero, or not at all. */
export const SCHEDULES = ["linear", "cosine", "constant"] as const;

/** How the learning rate falls after the warm-up. */
export type Schedule = typeof SCHEDULES[number];

export interface ScheduleOptions {
  readonly steps: number;
  /** The learning rate at the end of the warm-up. */
  readonly peak: number;
  /** The share of the steps over which the rate rises in a line, in [0, 1). */
  readonly warmUp: number;
  readonly schedule: Schedule;
}

/**
 * The learning rate of a step: it rises linearly over the warm-up, then falls as the schedule says (the cosine is that of
 * Loshchilov & Hutter 2017, without restarts).
 *
 * @param step the step about to be taken, from 0
 *
 * @example
 * ```ts
 * import { learningRate } from "./schedule.ts";
 * import { deepEqual } from "node:assert/strict";
 * const options = { steps: 100, peak: 1, warmUp: 0.1, schedule: "linear" } as const;
 * deepEqual([0, 9, 55].map((step) => learningRate(step, options)), [0.1, 1, 0.5]);
 * ```
 */
export function learningRate(step: number, { steps, peak, warmUp, schedule }: ScheduleOptions): number {
  const rise = Math.round(steps * warmUp);
  if (step < rise) return peak * (step + 1) / rise;
  switch (schedule) {
    case "linear":
      return peak * (steps - step) / (steps - rise);
    case "cosine":
      return peak * (1 + Math.cos(Math.PI * (step - rise) / (steps - rise))) / 2;
    case "constant":
      return peak;
  }
}
