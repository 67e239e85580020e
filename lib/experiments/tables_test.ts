import { deepEqual, equal } from "node:assert/strict";
import { checkTable } from "../report/table.ts";
import { meansTable, runsTable } from "./tables.ts";

const mean = (model: string, ratio: number, metric: string, mean: number) => (
  { condition: { model, ratio }, metric, n: 9, mean, sd: 0.1, low: mean - 0.1, high: mean + 0.1 }
);

Deno.test("meansTable() marks the best only among rows that compete, by each metric's direction", () => {
  const best = (ratios: number[]) =>
    meansTable(
      ratios.flatMap((ratio) => ["rougeL", "copy-rate"].map((metric) => mean("a", ratio, metric, 0.5))),
    )
      .columns.map(({ best }) => best);
  deepEqual(best([0.5]), [undefined, undefined, undefined, "highest", "lowest"]);
  deepEqual(best([0.3, 0.5]), [undefined, undefined, undefined, undefined, undefined]);
});

Deno.test("meansTable() holds a mean that its skewed interval does not", () => {
  const skewed = { ...mean("a", 0.5, "rougeL", 0.5), low: 0.51 };
  deepEqual(checkTable(meansTable([skewed])).rows[0]?.rougeL, { value: 0.5, low: 0.5, high: 0.6 });
});

Deno.test("runsTable() has a row a letter a cell, empty where a metric was not computed", () => {
  const corpus = ["x", "y"].map((id) => ({ id, text: "", spans: [], meta: { specialty: "urology" } }));
  const scores = (metric: string) => ({
    metric,
    signature: "",
    ids: ["y", "x"],
    values: Float64Array.of(0.2, 0.1),
  });
  const table = checkTable(runsTable({
    corpus,
    cells: [
      { cell: { model: "a", seed: 1 }, scores: [scores("rougeL"), scores("copy-rate")] },
      { cell: { model: "none", seed: 1 }, scores: [scores("rougeL")] },
    ],
  }));
  deepEqual(table.rows.map((row) => Object.values(row)), [
    ["a", 1, "x", "urology", 0.1, 0.1],
    ["a", 1, "y", "urology", 0.2, 0.2],
    ["none", 1, "x", "urology", 0.1],
    ["none", 1, "y", "urology", 0.2],
  ]);
  equal(table.columns.find(({ name }) => name === "seed")?.kind, "integer");
});
