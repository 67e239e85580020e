import { deepEqual, equal } from "node:assert/strict";
import { graphRuns, productOperations } from "./operator_profile.ts";

const product = (inputs: number[][], output: number[]) => ({
  operator: "MatMul",
  seconds: 1,
  inputs,
  outputs: [output],
});

Deno.test("productOperations() counts stacked matrices each, and rows of one product together", () => {
  equal(
    productOperations(product([[16, 12, 128, 32], [16, 12, 32, 100]], [16, 12, 128, 100])),
    2 * 16 * 12 * 128 * 32 * 100,
  );
  equal(productOperations(product([[16, 128, 384], [384, 100]], [16, 128, 100])), 2 * 16 * 128 * 384 * 100);
});

Deno.test("productOperations() is the same whichever side is transposed", () => {
  for (const [a, b] of [[[5, 7], [7, 3]], [[7, 5], [7, 3]], [[5, 7], [3, 7]], [[7, 5], [3, 7]]]) {
    equal(productOperations(product([a ?? [], b ?? []], [5, 3])), 2 * 5 * 7 * 3);
  }
});

Deno.test("productOperations() knows weights that are laid out anew by their absence", () => {
  equal(productOperations(product([[5, 7], [3]], [5, 3])), 2 * 5 * 7 * 3); // a bias stands where the weight stood
  equal(productOperations(product([[5, 7]], [5, 3])), 2 * 5 * 7 * 3);
  equal(productOperations(product([[5, 7], [5, 3]], [5, 3])), 2 * 5 * 7 * 3); // a sum
});

Deno.test("graphRuns() gives each run its own operators, in microseconds no more", () => {
  const kernel = (ts: number, operator: string) => ({
    name: `${operator}_kernel_time`,
    ts,
    dur: 4,
    args: { op_name: operator, input_type_shape: [], output_type_shape: [] },
  });
  const events = [
    { name: "session_initialization", ts: 0, dur: 9 },
    kernel(11, "Gemm"),
    { name: "model_run", ts: 10, dur: 10 },
    kernel(31, "Add"),
    kernel(36, "Gemm"),
    { name: "model_run", ts: 30, dur: 20 },
  ];
  const runs = graphRuns(JSON.stringify(events));
  deepEqual(runs.map(({ seconds }) => seconds), [10e-6, 20e-6]);
  deepEqual(runs.map(({ operators }) => operators.map(({ operator }) => operator)), [["Gemm"], [
    "Add",
    "Gemm",
  ]]);
});
