import { deepEqual, equal, match, throws } from "node:assert/strict";
import { toCsv } from "./csv.ts";
import { toLatex } from "./latex.ts";
import { toMarkdown } from "./markdown.ts";
import { checkTable, flatColumns, type Table } from "./table.ts";
import { tableHtml } from "./table_html.ts";

const table: Table = {
  columns: [
    { name: "model", kind: "text" },
    { name: "f1", kind: "interval", digits: 2, best: "highest" },
    { name: "loss", kind: "spread", digits: 1 },
  ],
  rows: [
    { model: "a", f1: { value: 0.81, low: 0.79, high: 0.83, mark: "*" }, loss: { value: 1.25, sd: 0.31 } },
    { model: "b", f1: { value: 0.7, low: 0.6, high: 0.8 }, loss: { value: 2, sd: 0, mark: "†" } },
  ],
  notes: ["* differs from b (p < 0.05, Holm).", "rougeL|stem:no"],
};

Deno.test("marks, deviations and notes are in every form of a table", () => {
  equal(
    toMarkdown(table),
    "| model | f1 | loss |\n|:--|--:|--:|\n" +
      "| a | **0.81**\\* [0.79, 0.83] | 1.3 ± 0.3 |\n| b | 0.70 [0.60, 0.80] | 2.0† ± 0.0 |\n" +
      "\n\\* differs from b (p \\< 0.05, Holm).\n\nrougeL\\|stem:no\n",
  );
  match(toLatex(table, "t"), /\$\\mathbf\{0\.81\}\^\{\*\}\\,\[0\.79,\\,0\.83\]\$ & \$1\.3 \\pm 0\.3\$ \\\\/);
  match(toLatex(table, "t"), /\$2\.0\^\{\\dagger\} \\pm 0\.0\$/);
  match(toLatex(table, "t"), /\\footnotesize rougeL\\textbar\{\}stem:no\}/);
  match(tableHtml(table), /<b>0\.81<\/b><sup>\*<\/sup> \[0\.79, 0\.83\].*<tfoot>.*differs from b/s);
  equal(
    toCsv(table),
    "model,f1,f1_low,f1_high,f1_mark,loss,loss_sd,loss_mark\r\n" +
      "a,0.81,0.79,0.83,*,1.25,0.31,\r\nb,0.7,0.6,0.8,,2,0,†\r\n",
  );
});

Deno.test("a column without marks has no column of marks, and a name that a mark would take is refused", () => {
  const plain = {
    columns: table.columns.slice(0, 2),
    rows: [{ model: "a", f1: { value: 1, low: 0, high: 2 } }],
  };
  deepEqual(flatColumns(plain).map(({ name }) => name), ["model", "f1", "f1_low", "f1_high"]);
  const clash = { ...table, columns: [...table.columns, { name: "f1_mark", kind: "text" as const }] };
  throws(() => checkTable(clash), /two columns are named "f1_mark"/);
  const negative = {
    columns: [{ name: "loss", kind: "spread" as const }],
    rows: [{ loss: { value: 1, sd: -1 } }],
  };
  throws(() => checkTable(negative), /loss is .*, not a mean with its deviation/);
});
