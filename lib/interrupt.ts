/** Ctrl-C as an AbortSignal. @module */

/**
 * Runs a job that a user may end: Ctrl-C (SIGINT), SIGTERM and a closed terminal (SIGHUP) abort the signal that the
 * job is given, instead of ending the process at once.
 *
 * @example
 * ```ts
 * import { interruptible } from "./interrupt.ts";
 * import { equal } from "node:assert/strict";
 * equal(await interruptible((signal) => Promise.resolve(signal.aborted)), false);
 * ```
 */
export async function interruptible<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const names: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"];
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const name of names) Deno.addSignalListener(name, abort);
  try {
    return await job(controller.signal);
  } finally {
    for (const name of names) Deno.removeSignalListener(name, abort);
  }
}
