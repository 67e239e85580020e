/**
 * Runs one notebook from the command line:
 *
 * ```sh
 * deno run -A lib/notebook/main.ts NOTEBOOK --output FILE.ipynb [--html FILE.html] [--set name=value …]
 * ```
 *
 * Progress goes to stderr. Exit codes: 0 done, 1 failed or stopped, 2 wrong usage.
 *
 * @module
 */

import { basename } from "node:path";
import { parseArgs } from "node:util";
import { notebookPage } from "./html.ts";
import { interruptible } from "./interrupt.ts";
import { parseParameters } from "./parameters.ts";
import { runNotebook } from "./run.ts";
import { showRunProgress } from "./run_progress.ts";
import { writeFile } from "../report/write_file.ts";

const usage = "usage: main.ts NOTEBOOK --output FILE.ipynb [--html FILE.html] [--set name=value …]";

function parse(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      output: { type: "string" },
      html: { type: "string" },
      set: { type: "string", multiple: true },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) {
    throw new Error(`expected one notebook, got ${positionals.length}.`);
  }
  if (values.output === undefined) throw new Error("--output is missing.");
  return { path, output: values.output, html: values.html, parameters: parseParameters(values.set ?? []) };
}

async function main(args: string[]): Promise<number> {
  let options: ReturnType<typeof parse>;
  try {
    options = parse(args);
  } catch (error) {
    console.error(`${oneLine(error)} ${usage}`);
    return 2;
  }
  const { path, html, output, parameters } = options;
  const shown = showRunProgress(basename(path, ".ipynb"));
  try {
    const run = (signal: AbortSignal) =>
      runNotebook(path, { output, parameters, signal, onProgress: shown.update });
    const notebook = await interruptible(run);
    if (html !== undefined) await writeFile(html, await notebookPage(notebook, basename(path, ".ipynb")));
    await shown.done();
    return 0;
  } catch (error) {
    await shown.done();
    console.error(oneLine(error));
    return 1;
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " ");
}

if (import.meta.main) Deno.exit(await main(Deno.args));
