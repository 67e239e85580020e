/** Ctrl-C in commands that write their result in one go. @module */

import { interruptible } from "../interrupt.ts";

/**
 * The action of a command which, when its user stops it, fails in one line. There is nothing to save: such a command
 * writes at its end, whole or not at all.
 *
 * @example
 * ```ts
 * import { stoppable } from "./stoppable.ts";
 * import { equal } from "node:assert/strict";
 * let greeting = "";
 * await stoppable((name: string) => Promise.resolve(greeting = `hello ${name}`))("Ada");
 * equal(greeting, "hello Ada");
 * ```
 */
export function stoppable<Args extends unknown[]>(
  action: (...args: Args) => Promise<unknown>,
): (...args: Args) => Promise<void> {
  return (...args) =>
    interruptible(async (signal) => {
      const stopped = Promise.withResolvers<never>();
      signal.addEventListener("abort", () =>
        stopped.reject(new Error("stopped before anything was written. Run it again.")));
      await Promise.race([action(...args), stopped.promise]);
    });
}
