/** The bytes of files, packed (`.gz`) or not. @module */
import { createGunzip } from "node:zlib";
import { Readable } from "node:stream";
import { readErrorLine } from "../read_file.ts";

/**
 * The bytes of a file as they come; those of a `.gz` unpacked, several members one after the other included.
 *
 * @throws Error naming the file when it can't be read, or is a `.gz` that is damaged or cut short
 *
 * @example
 * ```ts
 * import { byteStream } from "./byte_stream.ts";
 * import { equal } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, "On aspirin.");
 * let bytes = 0;
 * for await (const piece of byteStream(file)) bytes += piece.length;
 * equal(bytes, 11);
 * await Deno.remove(file);
 * ```
 */
export async function* byteStream(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (!isPacked(path)) return yield* fileBytes(path);
  const gunzip = createGunzip();
  const packed = Readable.from(fileBytes(path));
  let failure: unknown;
  packed.on("error", (error) => {
    failure = error;
    gunzip.destroy(error);
  });
  try {
    for await (const piece of packed.pipe(gunzip)) yield Uint8Array.from<number>(piece);
  } catch (error) {
    if (failure !== undefined) throw failure;
    const what = error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR"
      ? "cut short"
      : "no gzip file, or damaged";
    throw new Error(`${path}: ${what}. Fetch or write it again.`, { cause: error });
  } finally {
    packed.destroy();
  }
}

/** All bytes of a file, unpacked. Throws as {@linkcode byteStream} does. */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = await Array.fromAsync(byteStream(path));
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Whether a file's name says that it is packed. */
export function isPacked(path: string): boolean {
  return path.endsWith(".gz");
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    using file = await Deno.open(path);
    while (true) {
      const buffer = new Uint8Array(64 * 1024);
      const count = await file.read(buffer);
      if (count === null) return;
      yield buffer.subarray(0, count);
    }
  } catch (error) {
    throw new Error(readErrorLine(path, error), { cause: error });
  }
}
