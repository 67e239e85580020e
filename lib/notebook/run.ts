/** Running a notebook headless, on Deno's own kernel. @module */

import { dirname, resolve } from "node:path";
import type { Message } from "./connection.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import { type CodeCell, type Notebook, readNotebook, writeNotebook } from "./notebook.ts";
import { type CellError, collectOutputs } from "./outputs.ts";
import { injectParameters, type Parameters } from "./parameters.ts";
import { findFault } from "./source_line.ts";
import type { ProgressReport } from "../progress.ts";

/** How a notebook is run. */
export interface RunOptions {
  /** Where the notebook is written with its outputs. */
  readonly output: string;
  /** Values for the parameters that the notebook declares; see {@linkcode injectParameters}. */
  readonly parameters?: Parameters;
  /** Called before the first cell, after each cell, and whenever a cell reports how far it is itself. */
  readonly onProgress?: (progress: RunProgress) => void;
  /** Ends the run when aborted: the kernel is killed and what is there is saved. */
  readonly signal?: AbortSignal;
}

/** How far a run is. */
export interface RunProgress {
  /** Code cells that are done, and how many there are. */
  readonly done: number;
  readonly total: number;
  /** What the running cell said of itself, with `progress()` of lib/progress.ts. */
  readonly inner: ProgressReport | undefined;
}

/**
 * Runs all code cells of a notebook in a fresh kernel, in the notebook's folder, and writes the notebook with every
 * output to `options.output`. The same notebook with the same outputs is the same file: it holds no times.
 *
 * A run that fails or is stopped leaves `options.output` alone and saves what it has as `NAME.partial.ipynb` beside
 * it; the next run that succeeds removes that.
 *
 * Permissions: see {@linkcode startKernel}; and to read the notebook and write the output.
 *
 * @returns the notebook as written
 * @throws {Error} one line, when the notebook can't be read, a parameter is unknown, a cell fails (naming the cell, its
 * line, and the error), the kernel dies, or the run is stopped
 *
 * @example
 * ```ts
 * import { runNotebook } from "./run.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const cell = { cell_type: "code", id: "a", metadata: { tags: ["parameters"] }, source: "let n = 1;\nconsole.log(n)" };
 * const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
 * await Deno.writeTextFile(`${folder}/in.ipynb`, JSON.stringify(notebook));
 * const { cells } = await runNotebook(`${folder}/in.ipynb`, { output: `${folder}/out.ipynb` });
 * deepEqual(cells[0]?.cell_type === "code" && cells[0].outputs, [{ output_type: "stream", name: "stdout", text: "1\n" }]);
 * ```
 */
export async function runNotebook(path: string, options: RunOptions): Promise<Notebook> {
  const source = await readNotebook(path);
  const language = source.metadata.kernelspec?.name ?? "deno";
  if (language !== "deno") {
    throw new Error(`${path}: made for the kernel "${language}". Only "deno" is run here.`);
  }
  const notebook = injectParameters(source, options.parameters ?? {}, path);
  const partial = `${options.output.replace(/\.ipynb$/, "")}.partial.ipynb`;
  try {
    await runCells(notebook, path, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const saved = await writeNotebook(partial, notebook).then(
      () => `The outputs so far are in ${partial}.`,
      (why) => `The outputs so far could not be saved: ${why instanceof Error ? why.message : why}`,
    );
    throw new Error(`${path}: ${reason} ${saved}`, { cause: error });
  }
  await writeNotebook(options.output, notebook);
  await removeIfThere(partial);
  return notebook;
}

async function runCells(notebook: Notebook, path: string, { onProgress, signal }: RunOptions): Promise<void> {
  const cells = notebook.cells.filter((cell) => cell.cell_type === "code");
  for (const cell of cells) reset(cell);
  const toRun = cells.filter((cell) => cell.source.trim() !== "");
  const tell = (done: number, inner?: ProgressReport) => onProgress?.({ done, total: toRun.length, inner });
  tell(0);
  const stop = Promise.withResolvers<never>();
  stop.promise.catch(() => {}); // reported by the cell that waits on it
  const uncaught = Promise.withResolvers<CellError>();
  const onAbort = () => stop.reject(new Error("stopped"));
  signal?.addEventListener("abort", onAbort);
  const kernel = await startKernel(dirname(resolve(path)));
  let healthy = false;
  try {
    let done = 0;
    const outputs = collectOutputs({
      onProgress: (report) => tell(done, report),
      onUncaught: uncaught.resolve,
    });
    for (const cell of toRun) {
      if (signal?.aborted) onAbort();
      outputs.begin(cell, done + 1);
      const where = cellName(cell, cells);
      const failure = await Promise.race([
        execute(kernel, cell, outputs.receive),
        uncaught.promise,
        stop.promise,
      ]).catch((error) => {
        if (signal?.aborted) {
          throw new Error(
            `stopped in ${where} of ${toRun.length}. Run it again to go on: stored results are not computed twice.`,
          );
        }
        throw new Error(`${where}: ${error instanceof Error ? error.message : error}.`, { cause: error });
      });
      if (failure) {
        if (!cell.outputs.some((output) => output.output_type === "error")) outputs.fail(failure);
        throw new Error(await describe(where, cell, failure));
      }
      // An assignment's value is no result that a reader asked for.
      if (isInjected(cell)) {
        cell.outputs = cell.outputs.filter(({ output_type }) => output_type !== "execute_result");
      }
      tell(++done);
    }
    healthy = true;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await kernel.stop(!healthy);
  }
}

/** Runs a cell; what it failed with, if it failed. */
async function execute(
  kernel: Kernel,
  cell: CodeCell,
  onMessage: (message: Message) => void,
): Promise<CellError | undefined> {
  const reply = await kernel.execute(cell.source, onMessage);
  if (reply.status === "ok") return undefined;
  const shown = cell.outputs.find((output) => output.output_type === "error");
  return shown ??
    { output_type: "error", ename: String(reply.ename), evalue: String(reply.evalue), traceback: [] };
}

function reset(cell: CodeCell): void {
  cell.outputs = [];
  cell.execution_count = null;
  delete cell.metadata["execution"]; // the times of an earlier run, which some editors record
}

function isInjected(cell: CodeCell): boolean {
  return cell.metadata.tags?.includes("injected-parameters") ?? false;
}

/** What to call a cell: its number among the code cells of the file, as a reader counts them. */
function cellName(cell: CodeCell, cells: readonly CodeCell[]): string {
  if (isInjected(cell)) return "the injected parameters";
  return `code cell ${cells.filter((other) => !isInjected(other)).indexOf(cell) + 1}`;
}

async function describe(where: string, cell: CodeCell, failure: CellError): Promise<string> {
  const { line, message } = await findFault(cell.source, failure);
  const text = line === undefined ? undefined : cell.source.split("\n")[line - 1]?.trim();
  return `${where}${text === undefined ? "" : `, line ${line} (${text})`}: ${message}${
    /[.!?]$/.test(message) ? "" : "."
  }`;
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
