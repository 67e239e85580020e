import { deepEqual, equal } from "node:assert/strict";
import type { CodeCell } from "./notebook.ts";
import { collectOutputs } from "./outputs.ts";
import { progressMime } from "../progress.ts";

const newCell = (id: string): CodeCell => ({
  cell_type: "code",
  id,
  metadata: {},
  source: "",
  execution_count: null,
  outputs: [],
});
const stream = (text: string, name = "stdout") => ({ type: "stream", parent: "1", content: { name, text } });
const display = (type: string, text: string, display_id?: string) => ({
  type,
  parent: "1",
  content: { data: { "text/plain": text }, metadata: {}, transient: display_id ? { display_id } : {} },
});
const collector = () => collectOutputs({ onProgress() {}, onUncaught() {} });
const shown = (text: string) => ({ output_type: "display_data", data: { "text/plain": text }, metadata: {} });

Deno.test("collectOutputs() keeps streams apart by name and by what comes between", () => {
  const cell = newCell("a");
  const outputs = collector();
  outputs.begin(cell, 1);
  for (const message of [stream("a"), stream("b"), stream("c", "stderr"), stream("d")]) {
    outputs.receive(message);
  }
  deepEqual(cell.outputs.map((output) => output.output_type === "stream" && [output.name, output.text]), [
    ["stdout", "ab"],
    ["stderr", "c"],
    ["stdout", "d"],
  ]);
});

Deno.test("collectOutputs() updates a display in place, in an earlier cell too", () => {
  const [first, second] = [newCell("a"), newCell("b")];
  const outputs = collector();
  outputs.begin(first, 1);
  outputs.receive(display("display_data", "old", "x"));
  outputs.receive(display("display_data", "other"));
  outputs.begin(second, 2);
  outputs.receive(display("update_display_data", "new", "x"));
  deepEqual(first.outputs, [shown("new"), shown("other")]);
  deepEqual(second.outputs, []);
});

Deno.test("collectOutputs() clears at once, or with wait when the next output comes", () => {
  const cell = newCell("a");
  const outputs = collector();
  outputs.begin(cell, 1);
  const clear = (wait: boolean) => ({ type: "clear_output", parent: "1", content: { wait } });
  outputs.receive(stream("1"));
  outputs.receive(clear(true));
  equal(cell.outputs.length, 1, "wait keeps what is shown");
  outputs.receive(stream("2"));
  deepEqual(cell.outputs, [{ output_type: "stream", name: "stdout", text: "2" }]);
  outputs.receive(clear(false));
  deepEqual(cell.outputs, []);
});

Deno.test("collectOutputs() numbers a cell's value by the cell", () => {
  const cell = newCell("a");
  const outputs = collector();
  outputs.begin(cell, 7);
  outputs.receive(display("execute_result", "42"));
  deepEqual(cell.outputs, [{ ...shown("42"), output_type: "execute_result", execution_count: 7 }]);
});

Deno.test("collectOutputs() hands progress on and keeps none of it", () => {
  const cell = newCell("a");
  const reports: unknown[] = [];
  const outputs = collectOutputs({ onProgress: (report) => reports.push(report), onUncaught() {} });
  outputs.begin(cell, 1);
  const report = { label: "letters", done: 1, total: 3, unit: "", note: "" };
  const content = {
    data: { [progressMime]: report, "text/plain": "1/3" },
    metadata: {},
    transient: { display_id: "p" },
  };
  outputs.receive({ type: "display_data", parent: "1", content });
  outputs.receive({ type: "update_display_data", parent: "1", content });
  deepEqual(reports, [report, report]);
  deepEqual(cell.outputs, []);
});
