import { deepEqual, equal, match } from "node:assert/strict";
import { median } from "./median.ts";
import { merged, type Report, resultOf, table } from "./report.ts";

const parts = {
  ...{ graph: 0.8, boundary: 0.04, optimizer: 0.06, batch: 0.02, masks: 0.01 },
  products: { rate: 90, share: 0.7 },
  operators: { Gemm: 0.7 },
};
const sides = {
  ours: { seconds: 1, peak: 6e8, product: 100, parts },
  pytorch: { seconds: 1.5, peak: 1e9, product: 80 },
};
const at = { row: "causal", form: "same", threads: 2, rounds: 5 } as const;
const machine = { processor: "P", architecture: "x86_64", cores: 2, instructions: ["avx2"] };

function report(seconds: number, threads: number, versions: Report["versions"] = { deno: "2" }): Report {
  const ours = { ...sides.ours, seconds };
  return { machine, versions, results: [resultOf({ ...sides, ours }, { ...at, threads })] };
}

Deno.test("resultOf() gives ratios by which more is better for speed and less for memory", () => {
  const { ratio, memory, outside, reach } = resultOf(sides, at);
  deepEqual([ratio, memory, outside, reach], [1.5, 0.6, 0.1, 0.9]);
});

Deno.test("resultOf() has no ratio where there is no PyTorch, and the table a dash", () => {
  const result = resultOf({ ours: sides.ours }, at);
  deepEqual([result.ratio, result.memory], [undefined, undefined]);
  match(table([result]), /1\.000 +– +– +1\.3\/2 +10\.0% +600 +– +–/);
});

Deno.test("merged() replaces a row of the same threads, keeps others, and puts more threads first", () => {
  const first = merged(merged(undefined, report(1, 1)), report(2, 2));
  const { results } = merged(first, report(3, 1));
  deepEqual(results.map(({ threads, ours }) => [threads, ours.seconds]), [[2, 2], [1, 3]]);
});

Deno.test("merged() drops what another version measured, and not for a version that is new", () => {
  equal(merged(report(1, 1), report(2, 2, { deno: "3" })).results.length, 1);
  const both = merged(report(1, 1), report(2, 2, { deno: "2", peft: "0" }));
  deepEqual([both.results.length, both.versions], [2, { deno: "2", peft: "0" }]);
});

Deno.test("median() is the middle, whatever the order, or the mean of two", () => {
  deepEqual([median([3, 1, 2]), median([4, 1, 2, 10])], [2, 3]);
});
