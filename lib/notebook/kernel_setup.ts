/** What the runner runs in a kernel before the first cell. @module */

/** Mime type under which a kernel reports an error that no cell awaited; see {@linkcode kernelSetup}. */
export const uncaughtMime = "application/x-palimpsest-uncaught+json";

/** Mime type of the mark that all of a cell's outputs have been sent; see {@linkcode flushCode}. */
export const flushMime = "application/x-palimpsest-flush+json";

/**
 * Code that makes a kernel fit for running unattended:
 *
 * - An error thrown outside the cell's own awaits (in a timer, in a promise nobody awaits) would be lost, or leave
 *   the kernel deaf for good (Deno 2.9). It is caught and reported under {@linkcode uncaughtMime}.
 * - Deno 2.8 and later answer "idle" before a cell's last outputs are out. A function is kept that sends a token down
 *   both ways an output can take, printing and displaying; when both arrive, all before them has arrived.
 * - A runner that is killed can't end its kernel: the kernel looks for itself, and ends when its parent is gone.
 *
 * The function is kept under a symbol and holds on to the original functions, so that no cell can break it by accident.
 */
export const kernelSetup = `{
  const { broadcast } = Deno.jupyter;
  const print = console.log.bind(console);
  const display = (mime, value) => broadcast("display_data", { data: { [mime]: value }, metadata: {}, transient: {} });
  const report = (error) => display("${uncaughtMime}", error instanceof Error
    ? { ename: error.name, evalue: error.message, traceback: (error.stack ?? "").split("\\n") }
    : { ename: "Error", evalue: String(error), traceback: [] });
  addEventListener("error", (event) => { event.preventDefault(); report(event.error); });
  addEventListener("unhandledrejection", (event) => { event.preventDefault(); report(event.reason); });
  const { exit, ppid: runner } = Deno;
  Deno.unrefTimer(setInterval(() => Deno.ppid === runner || exit(1), 1000));
  globalThis[Symbol.for("palimpsest.flush")] = async (token) => {
    print(token);
    await display("${flushMime}", token);
  };
}`;

/**
 * Code that sends a token after everything a cell has put out.
 *
 * @example
 * ```ts
 * import { flushCode } from "./kernel_setup.ts";
 * import { match } from "node:assert/strict";
 * match(flushCode("token-1"), /"token-1"/);
 * ```
 */
export function flushCode(token: string): string {
  return `await globalThis[Symbol.for("palimpsest.flush")](${JSON.stringify(token)});`;
}
