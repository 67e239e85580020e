/** Writing a file so that no reader ever sees half of it. @module */

/**
 * Writes beside the file, then renames: the file has its old content or the new, never a part.
 *
 * @throws Error of the file system, with nothing left behind.
 *
 * @example
 * ```ts
 * import { writeFile } from "./write_file.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await writeFile(`${folder}/a.txt`, "Dear colleague,");
 * equal(await Deno.readTextFile(`${folder}/a.txt`), "Dear colleague,");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeFile(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${Deno.pid}.tmp`;
  try {
    await Deno.writeFile(beside, typeof content === "string" ? new TextEncoder().encode(content) : content);
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {}); // it may not exist; the first error is the one to report
    throw error;
  }
}
