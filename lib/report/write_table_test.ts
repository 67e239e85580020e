import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { toCsv } from "./csv.ts";
import { toFrame } from "./frame.ts";
import { toLatex } from "./latex.ts";
import { toMarkdown } from "./markdown.ts";
import { toParquet } from "./parquet.ts";
import { checkTable, type Row, type Table } from "./table.ts";
import { tableHtml } from "./table_html.ts";
import { writeTable } from "./write_table.ts";

const table: Table = {
  columns: [
    { name: "model", title: "Model", kind: "text" },
    { name: "letters", kind: "integer" },
    { name: "f1", title: "F1", kind: "interval", best: "highest" },
    { name: "loss", kind: "number", digits: 1, best: "lowest" },
    { name: "done", kind: "boolean" },
  ],
  rows: [
    {
      model: 'a_b, "c" & 50%',
      letters: 100,
      f1: { value: 0.8149, low: 0.79, high: 0.83 },
      loss: 0.1 + 0.2,
      done: true,
    },
    {
      model: "|é<\n",
      letters: 9007199254740991,
      f1: { value: 0.8051, low: -0.001, high: 0.9 },
      loss: -1e-9,
      done: false,
    },
    { model: "", letters: null, f1: null, loss: 1e21 },
  ],
  caption: "F1 & loss",
};

Deno.test("toCsv() quotes what needs it and rounds nothing", () => {
  equal(
    toCsv(table),
    "model,letters,f1,f1_low,f1_high,loss,done\r\n" +
      '"a_b, ""c"" & 50%",100,0.8149,0.79,0.83,0.30000000000000004,true\r\n' +
      '"|é<\n",9007199254740991,0.8051,-0.001,0.9,-1e-9,false\r\n' +
      '"",,,,,1e+21,\r\n',
  );
});

Deno.test("toMarkdown() rounds, escapes, and sets all that read as the best in bold", () => {
  equal(
    toMarkdown(table),
    "F1 & loss\n\n" +
      "| Model | letters | F1 | loss | done |\n" +
      "|:--|--:|--:|--:|:--|\n" +
      '| a_b, "c" & 50% | 100 | **0.81** [0.79, 0.83] | 0.3 | yes |\n' +
      "| \\|é\\<  | 9007199254740991 | **0.81** [0.00, 0.90] | **0.0** | no |\n" +
      "|  |  |  | 1e+21 |  |\n",
  );
});

Deno.test("toLatex() escapes text and sets intervals in mathematics", () => {
  const tex = toLatex(table, "main table");
  const rows = tex.split("\\midrule\n")[1]?.split("\\bottomrule")[0];
  equal(
    rows,
    "a\\_b, \\textquotedbl{}c\\textquotedbl{} \\& 50\\% & $100$ & $\\mathbf{0.81}\\,[0.79,\\,0.83]$ & $0.3$ & yes \\\\\n" +
      "\\textbar{}é\\textless{}  & $9007199254740991$ & $\\mathbf{0.81}\\,[0.00,\\,0.90]$ & $\\mathbf{0.0}$ & no \\\\\n" +
      " &  &  & $1e+21$ &  \\\\\n",
  );
  equal(
    tex.includes("\\caption{F1 \\& loss}\n\\label{tab:main-table}\n\\begin{tabular}{lrrrl}\n\\toprule\n"),
    true,
  );
});

Deno.test("toParquet() is read back as it was, and is the same bytes again", async () => {
  const bytes = toParquet(table);
  deepEqual(toParquet(table), bytes);
  const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  deepEqual(rows, [
    {
      model: 'a_b, "c" & 50%',
      letters: 100n,
      f1: 0.8149,
      f1_low: 0.79,
      f1_high: 0.83,
      loss: 0.1 + 0.2,
      done: true,
    },
    {
      model: "|é<\n",
      letters: 9007199254740991n,
      f1: 0.8051,
      f1_low: -0.001,
      f1_high: 0.9,
      loss: -1e-9,
      done: false,
    },
    { model: "", letters: null, f1: null, f1_low: null, f1_high: null, loss: 1e21, done: null },
  ]);
});

Deno.test("toParquet() writes a table without rows", async () => {
  const bytes = toParquet({ ...table, rows: [] });
  deepEqual(await parquetReadObjects({ file: new Uint8Array(bytes).buffer }), []);
});

Deno.test("toFrame() holds the values and is shown as the table", async () => {
  const frame = await toFrame(table);
  deepEqual(frame.columns, ["model", "letters", "f1", "f1_low", "f1_high", "loss", "done"]);
  deepEqual(frame["loss"].values, [0.1 + 0.2, -1e-9, 1e21]);
});

Deno.test("tableHtml() escapes text and marks numbers", () => {
  const html = tableHtml(table);
  equal(html.includes("<td>|é&lt;\n</td>"), true);
  equal(html.includes('<td class="number"><b>0.81</b> [0.79, 0.83]</td>'), true);
});

Deno.test("writeTable() writes four files, the same bytes each time", async () => {
  const folder = await Deno.makeTempDir();
  await writeTable(`${folder}/new`, "table", table);
  const entries = await Array.fromAsync(Deno.readDir(`${folder}/new`));
  deepEqual(entries.map(({ name }) => name).sort(), ["table.csv", "table.md", "table.parquet", "table.tex"]);
  equal(await Deno.readTextFile(`${folder}/new/table.csv`), toCsv(table));
});

Deno.test("writeTable() leaves no half table when a file is in the way", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/results`, "");
  await rejects(
    writeTable(`${folder}/results`, "table", table),
    /results\/table\.csv: .*\. Remove it, or choose another folder\.$/,
  );
  deepEqual((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["results"]);
});

Deno.test("checkTable() names what is wrong, where", () => {
  const check = (row: Row) => () => checkTable({ columns: table.columns, rows: [{}, row] });
  throws(
    check({ f2: 1 }),
    /^Error: table row 2: no column "f2"\. There are: model, letters, f1, loss, done\.$/,
  );
  throws(check({ letters: 1.5 }), /table row 2: letters is 1\.5, not a whole number/);
  throws(check({ loss: NaN }), /loss is NaN, not finite/);
  throws(check({ f1: 0.8 }), /f1 is 0\.8, not an interval/);
  throws(check({ f1: { value: 1, low: 2, high: 3 } }), /not an interval around its value/);
  throws(check({ model: 3 }), /model is 3, not a text/);
  throws(
    () =>
      checkTable({ columns: [{ name: "a_low", kind: "text" }, { name: "a", kind: "interval" }], rows: [] }),
    /two columns are named "a_low"/,
  );
});
