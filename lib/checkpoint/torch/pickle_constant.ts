/** The instructions of a pickle that stand for a number, a text or bytes. @module */

import type { PickleReader } from "./pickle_reader.ts";
import type { PickleValue } from "./pickle_value.ts";

/**
 * What an instruction stands for, whose argument is read; undefined where it is none that stands for a value.
 *
 * @example
 * ```ts
 * import { readConstant } from "./pickle_constant.ts";
 * import { PickleReader } from "./pickle_reader.ts";
 * import { equal } from "node:assert/strict";
 * equal(readConstant(0x4b, new PickleReader(Uint8Array.of(7))), 7);
 * ```
 */
export function readConstant(code: number, reader: PickleReader): PickleValue | undefined {
  switch (code) {
    case 0x4e: // NONE
      return null;
    case 0x88: // NEWTRUE
      return true;
    case 0x89: // NEWFALSE
      return false;
    case 0x4a: // BININT
      return reader.int32();
    case 0x4b: // BININT1
      return reader.uint8();
    case 0x4d: // BININT2
      return reader.uint16();
    case 0x8a: // LONG1
      return reader.long(reader.uint8());
    case 0x47: // BINFLOAT
      return reader.float64();
    case 0x8c: // SHORT_BINUNICODE
    case 0x55: // SHORT_BINSTRING, of Python 2
      return reader.text(reader.uint8());
    case 0x58: // BINUNICODE
    case 0x54: // BINSTRING, of Python 2
      return reader.text(reader.uint32());
    case 0x8d: // BINUNICODE8
      return reader.text(reader.uint64());
    case 0x43: // SHORT_BINBYTES
      return reader.bytes(reader.uint8());
    case 0x42: // BINBYTES
      return reader.bytes(reader.uint32());
  }
}
