/** Bytes of a file to text, without guessing. @module */

/**
 * The text of a file, without a byte-order mark. All offsets in Palimpsest count from the first character after the mark.
 *
 * `encoding` is a label of the WHATWG Encoding Standard. By that standard `"latin1"` means windows-1252, which differs from
 * ISO 8859-1 only in the bytes 0x80–0x9f (there printable, in ISO 8859-1 control codes).
 *
 * @param from where in the file the bytes lie; after its start U+FEFF is no byte-order mark but a character
 * @throws Error naming the file and the byte offset where the bytes are not valid in the encoding or hold a NUL (the mark of
 * UTF-16 read as UTF-8); and when the encoding is unknown.
 *
 * @example
 * ```ts
 * import { decode } from "./decode.ts";
 * import { equal, throws } from "node:assert/strict";
 * const bytes = new Uint8Array([0x66, 0xe9, 0x76]); // "fév" in Latin-1
 * equal(decode(bytes, "a.txt", "latin1"), "fév");
 * throws(() => decode(bytes, "a.txt"), /^Error: a\.txt: byte 1 \(0xe9\) is not valid utf-8/);
 * ```
 */
export function decode(bytes: Uint8Array, file: string, encoding = "utf-8", from = 0): string {
  const decoder = strictDecoder(encoding, file, from > 0);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    const offset = firstInvalid(bytes, encoding);
    throw new Error(
      `${file}: byte ${from + offset} (${hex(bytes[offset])}) is not valid ${decoder.encoding}. ` +
        'Convert the file to UTF-8, or name its encoding (option encoding: "latin1", "utf-16le", …).',
    );
  }
  if (text.includes("\0")) {
    throw new Error(
      `${file}: byte ${from + bytes.indexOf(0)} is NUL, which no letter holds. ` +
        'If the file is UTF-16, name it (option encoding: "utf-16le" or "utf-16be").',
    );
  }
  return text;
}

function strictDecoder(encoding: string, file: string, ignoreBOM: boolean): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM });
  } catch {
    throw new Error(
      `${file}: unknown encoding "${encoding}". Known are "utf-8", "latin1", "utf-16le", "utf-16be", …`,
    );
  }
}

/** Where the first invalid byte sequence starts: the longest prefix that decodes ends there. */
function firstInvalid(bytes: Uint8Array, encoding: string): number {
  const decodes = (length: number, stream: boolean) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length + 1]; // `good` bytes are no error yet, `bad` are; the whole may only lack its end
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle, true)) good = middle;
    else bad = middle;
  }
  while (good > 0 && !decodes(good, false)) good--;
  return good;
}

function hex(byte = 0): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
