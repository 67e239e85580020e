/** Wrong use of the command line. @module */

/** What the user asked for does not exist or does not go together; the command ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Reads what the user typed; where it can't be read, the use was wrong.
 *
 * @throws {UsageError} with the message of the error that `read` throws
 *
 * @example
 * ```ts
 * import { usage, UsageError } from "./usage_error.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => usage(() => JSON.parse("{")), UsageError);
 * ```
 */
export function usage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
