import { deepEqual } from "node:assert/strict";
import oracle from "./python_random_oracle.json" with { type: "json" };
import { PythonRandom } from "./python_random.ts";

Deno.test("PythonRandom.sample() draws what Python draws, from short and long ranges, for seeds of every size and sign", () => {
  for (const { seed, n, k, sample } of oracle.cases) deepEqual(new PythonRandom(seed).sample(n, k), sample);
});
