/** The text of files, piece by piece and line by line, so that no file is too large. @module */
import { decode } from "../decode.ts";
import { byteStream, readBytes } from "./byte_stream.ts";

/** How text is read. */
export interface TextOptions {
  /** A label of the WHATWG Encoding Standard; left out: UTF-8. `"utf-16"` goes by the byte-order mark. */
  readonly encoding?: string;
}

/** A line of a file, without its end. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/**
 * The text of a file, piece by piece; a byte-order mark is no part of it.
 *
 * @throws Error as {@linkcode byteStream} and {@linkcode decode} do, naming the file and the byte
 */
export async function* textPieces(path: string, { encoding }: TextOptions = {}): AsyncGenerator<string> {
  let from = 0;
  let kept: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let label = encoding;
  for await (const piece of byteStream(path)) {
    if (from === 0 && kept.length === 0) {
      label = byMark(encoding, piece);
      decode(new Uint8Array(), path, label); // an unknown encoding is named before anything else
      if (!canBeCut(label)) return yield decode(await readBytes(path), path, label);
    }
    const bytes = joined(kept, piece);
    const end = bytes.length - pending(bytes, label);
    if (end > 0) yield decode(bytes.subarray(0, end), path, label, from);
    kept = bytes.slice(end);
    from += end;
  }
  if (kept.length > 0) yield decode(kept, path, label, from);
}

/** All the text of a file. Throws as {@linkcode textPieces} does. */
export async function readText(path: string, options: TextOptions = {}): Promise<string> {
  return decoded(await readBytes(path), path, options);
}

/** The text of all bytes of a file. Throws as {@linkcode decode} does. */
export function decoded(bytes: Uint8Array, path: string, { encoding }: TextOptions = {}): string {
  return decode(bytes, path, byMark(encoding, bytes));
}

/**
 * The lines of a file that end in LF or CR LF; the last may lack its end.
 *
 * @throws Error as {@linkcode textPieces} does
 *
 * @example
 * ```ts
 * import { textLines } from "./text_stream.ts";
 * import { deepEqual } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, "a\r\nb");
 * deepEqual(await Array.fromAsync(textLines(file)), [{ text: "a", number: 1 }, { text: "b", number: 2 }]);
 * await Deno.remove(file);
 * ```
 */
export async function* textLines(path: string, options: TextOptions = {}): AsyncGenerator<Line> {
  let number = 1;
  let open: string[] = []; // the pieces of the line that is not at its end yet
  const line = (text: string): Line => ({
    text: text.endsWith("\r") ? text.slice(0, -1) : text,
    number: number++,
  });
  for await (const piece of textPieces(path, options)) {
    const [first = "", ...others] = piece.split("\n");
    open.push(first);
    const last = others.pop();
    if (last === undefined) continue;
    yield line(open.join(""));
    for (const text of others) yield line(text);
    open = [last];
  }
  const rest = open.join("");
  if (rest !== "") yield line(rest);
}

/** `"utf-16"` is by the Encoding Standard always little-endian; here it is what the mark says. */
function byMark(encoding: string | undefined, [a, b]: Uint8Array): string | undefined {
  if (encoding?.toLowerCase() !== "utf-16") return encoding;
  return a === 0xfe && b === 0xff ? "utf-16be" : "utf-16le";
}

/** Whether bytes of the encoding can be cut into pieces here: one byte a character, UTF-8 or UTF-16. */
function canBeCut(encoding = "utf-8"): boolean {
  try {
    return /^(utf-8|utf-16[lb]e|windows-125\d|iso-8859-\d+)$/.test(new TextDecoder(encoding).encoding);
  } catch {
    return true; // `decode` says that it is unknown
  }
}

/** How many bytes at the end may be the beginning of a character. */
function pending(bytes: Uint8Array, encoding = "utf-8"): number {
  const name = new TextDecoder(encoding).encoding;
  const { length } = bytes;
  if (name === "utf-8") {
    for (let back = 1; back <= Math.min(3, length); back++) {
      const byte = bytes[length - back] ?? 0;
      if (byte < 0x80) return 0;
      if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    }
    return 0;
  }
  if (!name.startsWith("utf-16")) return 0;
  const odd = length % 2;
  const high = bytes[length - odd - (name === "utf-16le" ? 1 : 2)] ?? 0;
  return odd + (high >= 0xd8 && high < 0xdc ? 2 : 0);
}

function joined(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
