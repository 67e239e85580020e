import { deepEqual, equal, ok } from "node:assert/strict";
import { learningRate, SCHEDULES } from "./schedule.ts";

const options = { steps: 200, peak: 3, warmUp: 0.1 } as const;

Deno.test("learningRate() rises to its peak over the warm-up, whatever comes after", () => {
  for (const schedule of SCHEDULES) {
    const rates = Array.from({ length: 20 }, (_, step) => learningRate(step, { ...options, schedule }));
    deepEqual(rates, Array.from({ length: 20 }, (_, step) => 3 * (step + 1) / 20));
    equal(learningRate(20, { ...options, schedule }), 3);
  }
});

Deno.test("learningRate() falls in a line, in half a cosine, or not at all", () => {
  const at = (step: number) => SCHEDULES.map((schedule) => learningRate(step, { ...options, schedule }));
  const [line, cosine, constant] = at(110);
  equal(line, 1.5);
  ok(Math.abs((cosine ?? 0) - 1.5) < 1e-12, "halfway the cosine crosses the line");
  equal(constant, 3);
  ok((at(65)[1] ?? 0) > (at(65)[0] ?? 0), "the cosine is above the line before");
  ok((at(155)[1] ?? 9) < (at(155)[0] ?? 0), "and below it behind");
  ok((at(199)[1] ?? 9) < 0.001);
});
