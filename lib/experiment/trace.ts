/** What a result was made with. @module */

import { z } from "zod";

/** The shape of a {@linkcode Trace}. */
export const traceSchema = z.object({
  models: z.record(z.string(), z.string()),
  code: z.record(z.string(), z.string()),
});

/** Everything but letters and options that a result depends on. */
export interface Trace {
  /** Name → fingerprint of each model that was used; a baseline's is its name. */
  readonly models: Readonly<Record<string, string>>;
  /** Version of the code of each step that was used (and of the experiment itself): the hash of all its sources. */
  readonly code: Readonly<Record<string, string>>;
}

/**
 * What differs between two traces, in words; nothing where they are equal.
 *
 * @example
 * ```ts
 * import { changesBetween } from "./trace.ts";
 * import { deepEqual } from "node:assert/strict";
 * const then = { models: { a: "1" }, code: { fill: "x" } };
 * deepEqual(changesBetween(then, { models: { a: "2" }, code: { fill: "x" } }), ["model a has changed"]);
 * ```
 */
export function changesBetween(then: Trace, now: Trace): string[] {
  const differing = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().filter((name) => a[name] !== b[name]);
  return [
    ...differing(then.models, now.models).map((name) => `model ${name} has changed`),
    ...differing(then.code, now.code).map((name) => `the code of ${name} has changed`),
  ];
}

/**
 * All that any of the traces names.
 *
 * @example
 * ```ts
 * import { unionOf } from "./trace.ts";
 * import { deepEqual } from "node:assert/strict";
 * const traces = [{ models: { b: "1" }, code: {} }, { models: { a: "2" }, code: { fill: "x" } }];
 * deepEqual(unionOf(traces), { models: { a: "2", b: "1" }, code: { fill: "x" } });
 * ```
 */
export function unionOf(traces: readonly Trace[]): Trace {
  const union = (part: keyof Trace) =>
    Object.fromEntries(
      traces.flatMap((trace) => Object.entries(trace[part])).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0),
    );
  return { models: union("models"), code: union("code") };
}
