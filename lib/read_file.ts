/** Reading files, with errors that help. @module */

/** What helps, by Node's error codes. */
const remedies: Record<string, string> = {
  EACCES: "no permission to read it. Change its owner or mode",
  EISDIR: "a folder, not a file. Name a file in it",
  ENOTDIR: "nothing there: a part of the path is a file. Name a file that exists",
  EPERM: "no permission to read it. Change its owner or mode",
};

/**
 * The bytes of a file that a user named.
 *
 * @param whatElse what to do when there is no such file
 * @throws {Error} one line with the file and the remedy, when it can't be read
 *
 * @example
 * ```ts
 * import { readFile } from "./read_file.ts";
 * import { rejects } from "node:assert/strict";
 * await rejects(readFile("none.jsonl"), { message: "none.jsonl: missing. Name a file that exists." });
 * ```
 */
export async function readFile(
  path: string,
  whatElse = "Name a file that exists",
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw new Error(readErrorLine(path, error, whatElse), { cause: error });
  }
}

/** The one line to tell a user why a file could not be read. */
export function readErrorLine(path: string, error: unknown, whatElse = "Name a file that exists"): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return `${path}: missing. ${whatElse}.`;
  const reason = error instanceof Error ? error.message : String(error);
  return `${path}: ${remedies[code] ?? `could not be read: ${reason}`}.`;
}
