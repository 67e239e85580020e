/** How long a model took. @module */

import type { Metric } from "./metric.ts";

/**
 * The seconds that a model took to write each letter's blanks, as who ran it has measured them (`timed` of `fill()`, which
 * fills each letter by itself): from the masked letter to the synthetic one, without loading the model. Of metrics, this one
 * alone is not the same in every run.
 *
 * @example
 * ```ts
 * import { inferenceTimeMetric } from "./inference_time.ts";
 * import { equal } from "node:assert/strict";
 * const pairs = [{ id: "1", reference: "mild pain", candidate: "severe pain", seconds: 0.25 }];
 * equal((await inferenceTimeMetric.score(pairs, {})).values[0], 0.25);
 * ```
 */
export const inferenceTimeMetric: Metric = {
  name: "inference-time",
  title: "Inference time, s",
  higherIsBetter: false,
  range: [0, Infinity],
  signature: () => "inference-time|unit:s|v1",
  score: (pairs) => ({
    values: Float64Array.from(pairs, ({ id, seconds }) => {
      if (seconds !== undefined && seconds >= 0 && Number.isFinite(seconds)) return seconds;
      throw new Error(
        `inference-time: letter ${id} has ${
          seconds ?? "no time"
        } for its seconds. Give "seconds", or drop the metric.`,
      );
    }),
  }),
};
