/** A cell's outputs, put together from the messages a kernel sends. @module */

import { z } from "zod";
import type { Message } from "./connection.ts";
import { uncaughtMime } from "./kernel_setup.ts";
import type { CodeCell, MimeBundle, Output } from "./notebook.ts";
import { progressMime, type ProgressReport, progressReport } from "../progress.ts";

/** What became of an error: its class, its message and the lines of its stack. */
export type CellError = Extract<Output, { output_type: "error" }>;

const stream = z.object({ name: z.enum(["stdout", "stderr"]), text: z.string() });
const display = z.object({
  data: z.record(z.string(), z.json()),
  metadata: z.record(z.string(), z.json()).default({}),
  transient: z.object({ display_id: z.string().optional() }).default({}),
});
const error = z.object({ ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) });
const clear = z.object({ wait: z.boolean().default(false) });

/** Puts outputs where they belong; one for a whole run, since a cell may update an earlier cell's display. */
export interface Outputs {
  /** From here on, outputs belong to this cell, whose old ones are removed; it was the `count`-th to run. */
  begin(cell: CodeCell, count: number): void;
  /** Takes in a message. Messages that are no outputs are passed over. */
  receive(message: Message): void;
  /** Adds an error to the cell's outputs, where the kernel sent none. */
  fail(error: CellError): void;
}

/**
 * Outputs of a run. Streams of one name are joined while nothing comes between them; a display with a known
 * `display_id` changes all displays of that id in place; `clear_output` empties the cell's outputs, with `wait` only
 * when the next output comes.
 *
 * @param events what is not an output: progress that code in the kernel reports, and errors that no cell awaited
 *
 * @example
 * ```ts
 * import { collectOutputs } from "./outputs.ts";
 * import { deepEqual } from "node:assert/strict";
 * const cell = { cell_type: "code" as const, id: "a", metadata: {}, source: "", execution_count: null, outputs: [] };
 * const outputs = collectOutputs({ onProgress() {}, onUncaught() {} });
 * outputs.begin(cell, 1);
 * for (const text of ["a", "b"]) outputs.receive({ type: "stream", parent: "1", content: { name: "stdout", text } });
 * deepEqual(cell.outputs, [{ output_type: "stream", name: "stdout", text: "ab" }]);
 * ```
 */
export function collectOutputs(events: {
  onProgress(report: ProgressReport): void;
  onUncaught(error: CellError): void;
}): Outputs {
  let cell: CodeCell | undefined;
  let clearOnNext = false;
  const displayed = new Map<string, { data: MimeBundle; metadata: MimeBundle }[]>();

  const add = (output: Output) => {
    if (!cell) return;
    if (clearOnNext) cell.outputs.length = 0;
    clearOnNext = false;
    const last = cell.outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text += output.text;
    } else cell.outputs.push(output);
  };
  const show = (
    content: Message["content"],
    make: (shown: { data: MimeBundle; metadata: MimeBundle }) => Output,
  ) => {
    const { data, metadata, transient: { display_id } } = display.parse(content);
    if (uncaughtMime in data) {
      return events.onUncaught({ output_type: "error", ...error.parse(data[uncaughtMime]) });
    }
    if (progressMime in data) return events.onProgress(progressReport.parse(data[progressMime]));
    const shown = make({ data, metadata });
    add(shown);
    if (display_id !== undefined && "data" in shown) {
      displayed.set(display_id, [...displayed.get(display_id) ?? [], shown]);
    }
  };

  const handlers: Record<string, (content: Message["content"]) => void> = {
    stream: (content) => add({ output_type: "stream", ...stream.parse(content) }),
    display_data: (content) => show(content, (shown) => ({ output_type: "display_data", ...shown })),
    execute_result: (content) =>
      show(
        content,
        (shown) => ({
          output_type: "execute_result",
          execution_count: cell?.execution_count ?? null,
          ...shown,
        }),
      ),
    error: (content) => add({ output_type: "error", ...error.parse(content) }),
    update_display_data(content) {
      const { data, metadata, transient: { display_id } } = display.parse(content);
      if (progressMime in data) return events.onProgress(progressReport.parse(data[progressMime]));
      for (const shown of displayed.get(display_id ?? "") ?? []) Object.assign(shown, { data, metadata });
    },
    clear_output(content) {
      clearOnNext = true;
      if (!clear.parse(content).wait && cell) {
        cell.outputs.length = 0;
        clearOnNext = false;
      }
    },
  };
  return {
    begin(next, count) {
      cell = next;
      clearOnNext = false;
      next.outputs.length = 0;
      next.execution_count = count;
    },
    receive: ({ type, content }) => handlers[type]?.(content),
    fail: add,
  };
}
