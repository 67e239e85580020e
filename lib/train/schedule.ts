/** Learning rates over a run. @module */

/**
 * The learning rate of a step: it rises linearly over the warm-up, then falls linearly to zero at the end.
 *
 * @param step the step about to be taken, from 0
 * @param warmUp the share of the steps that the rise takes, in [0, 1)
 *
 * @example
 * ```ts
 * import { linearSchedule } from "./schedule.ts";
 * import { equal } from "node:assert/strict";
 * equal(linearSchedule(0, 100, 1, 0.1), 0.1);
 * equal(linearSchedule(9, 100, 1, 0.1), 1);
 * equal(linearSchedule(55, 100, 1, 0.1), 0.5);
 * ```
 */
export function linearSchedule(step: number, steps: number, peak: number, warmUp: number): number {
  const rise = Math.round(steps * warmUp);
  return step < rise ? peak * (step + 1) / rise : peak * (steps - step) / (steps - rise);
}
