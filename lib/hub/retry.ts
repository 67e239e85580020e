/** Trying again. @module */

import { HubError } from "./hub_error.ts";

/** When to try again. */
export interface RetryOptions {
  /** Milliseconds to wait before each further try; after the last one the error stays. */
  readonly waits?: readonly number[];
  readonly signal?: AbortSignal;
  /** Called before each further try, with why and in how many milliseconds it comes. */
  readonly onRetry?: (error: HubError, wait: number) => void;
}

const WAITS = [1, 2, 4, 8, 16, 32].map((seconds) => seconds * 1000);

/**
 * What a job gives, tried again where it fails with a {@linkcode HubError} that may help, ever later. A job that has come
 * further since its last failure has all its tries again.
 *
 * @param progress how far the job is: any number that grows with it
 *
 * @example
 * ```ts
 * import { HubError } from "./hub_error.ts";
 * import { retry } from "./retry.ts";
 * import { equal } from "node:assert/strict";
 * let tries = 0;
 * const job = () => ++tries < 3 ? Promise.reject(new HubError("busy", { again: true })) : Promise.resolve("done");
 * equal(await retry(job, { waits: [0, 0] }), "done");
 * ```
 */
export async function retry<T>(
  job: () => Promise<T>,
  { waits = WAITS, signal, onRetry }: RetryOptions = {},
  progress: () => number | Promise<number> = () => 0,
): Promise<T> {
  let furthest = await progress();
  for (let failures = 0;;) {
    try {
      return await job();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof HubError) || !error.again) throw error;
      const now = await progress();
      if (now > furthest) failures = 0;
      furthest = Math.max(furthest, now);
      const next = waits[failures++];
      if (next === undefined) throw error;
      const wait = Math.max(next, error.after * 1000);
      onRetry?.(error, wait);
      await pause(wait, signal);
    }
  }
}

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  signal?.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
  signal?.throwIfAborted();
}
