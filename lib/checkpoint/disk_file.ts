/** Reading parts of large files. @module */

import { readErrorLine } from "../read_file.ts";

/** A file of known size that is read part by part. Nothing stays open between reads. */
export interface DiskFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /**
   * The bytes from `start`.
   *
   * @throws {Error} in one line, with the file, where they are not all there, or the file was changed since it was opened
   */
  read(start: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** So much is asked of the system at once, which gives no more than 2 GiB. */
const CHUNK = 2 ** 24;
/** Less than this is here sooner than a promise of it. */
const SMALL = 2 ** 16;

/**
 * A file to read parts of.
 *
 * @param whatElse what to do when there is no such file
 * @throws {Error} in one line, with the file and the remedy, where it can't be read
 *
 * @example
 * ```ts
 * import { diskFile } from "./disk_file.ts";
 * import { deepEqual } from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * await Deno.writeFile(path, Uint8Array.of(1, 2, 3));
 * deepEqual(await (await diskFile(path)).read(1, 2), Uint8Array.of(2, 3));
 * ```
 */
export async function diskFile(path: string, whatElse?: string): Promise<DiskFile> {
  const { size, mtime, isFile } = await withFile(path, (file) => file.statSync(), whatElse);
  if (!isFile) throw new Error(`${path}: not a file. Name a file.`);
  const read = (start: number, length: number) =>
    withFile(path, async (file) => {
      const now = file.statSync();
      if (now.size !== size || now.mtime?.getTime() !== mtime?.getTime()) {
        throw new Error(`${path}: changed since it was opened. Open it again.`);
      }
      if (start + length > size) {
        throw new Error(
          `${path}: ${length} bytes asked for at byte ${start}, the file ends at ${size}: it is truncated. Fetch or write it again.`,
        );
      }
      const bytes = new Uint8Array(length);
      file.seekSync(start, Deno.SeekMode.Start);
      for (let at = 0; at < length;) {
        const part = bytes.subarray(at, at + CHUNK);
        const count = part.length < SMALL ? file.readSync(part) : await file.read(part);
        if (count === null) {
          throw new Error(`${path}: ends at byte ${start + at} while it is read. Open it again.`);
        }
        at += count;
      }
      return bytes;
    }, whatElse);
  return { path, size, read };
}

async function withFile<T>(
  path: string,
  use: (file: Deno.FsFile) => T | Promise<T>,
  whatElse?: string,
): Promise<T> {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path);
  } catch (error) {
    throw new Error(readErrorLine(path, error, whatElse), { cause: error });
  }
  try {
    return await use(file);
  } finally {
    file.close();
  }
}
