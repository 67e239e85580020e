/** Wrong use of the command line. @module */

/** What the user asked for does not exist or does not go together; the command ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
