/** Reading protocol buffers. @module */

/**
 * A message of a protocol buffer, its fields by number (the wire format of proto2 and proto3, without groups). A field that is given twice
 * has the later value.
 *
 * @example
 * ```ts
 * import { Message } from "./protobuf.ts";
 * import { deepEqual } from "node:assert/strict";
 * const message = new Message(new Uint8Array([8, 150, 1, 18, 2, 104, 105])); // 1: 150, 2: "hi"
 * deepEqual([message.number(1, 0), message.text(2), message.number(3, 7)], [150, "hi", 7]);
 * ```
 */
export class Message {
  readonly #fields = new Map<number, (number | Uint8Array)[]>();

  /** @throws Error where the bytes end within a field, or are none */
  constructor(bytes: Uint8Array) {
    let at = 0;
    const take = (count: number) => {
      if (at + count > bytes.length) throw new Error(`cut off at byte ${bytes.length}`);
      at += count;
      return bytes.subarray(at - count, at);
    };
    const varint = () => {
      let value = 0;
      for (let [byte, scale] = [0x80, 1]; byte >= 0x80; scale *= 0x80) {
        byte = take(1)[0] ?? 0;
        value += (byte & 0x7f) * scale;
      }
      return value;
    };
    const value = (wireType: number): number | Uint8Array => {
      switch (wireType) {
        case 0:
          return varint();
        case 1:
          return take(8);
        case 2:
          return take(varint());
        case 5: {
          const four = take(4);
          return new DataView(four.buffer, four.byteOffset, 4).getFloat32(0, true);
        }
        default:
          throw new Error(`wire type ${wireType} before byte ${at}`);
      }
    };
    while (at < bytes.length) {
      const key = varint();
      const values = this.#fields.get(Math.floor(key / 8)) ?? [];
      values.push(value(key % 8));
      this.#fields.set(Math.floor(key / 8), values);
    }
  }

  /** A number: a whole one, a flag as 0 or 1, or a float of 32 bits. */
  number(field: number, absent: number): number {
    const value = this.#fields.get(field)?.at(-1);
    return typeof value === "number" ? value : absent;
  }

  bytes(field: number): Uint8Array {
    const value = this.#fields.get(field)?.at(-1);
    return value instanceof Uint8Array ? value : new Uint8Array();
  }

  /** @throws TypeError where it is no UTF-8 */
  text(field: number): string {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes(field));
  }

  messages(field: number): Message[] {
    return (this.#fields.get(field) ?? []).filter((value) => value instanceof Uint8Array).map((value) =>
      new Message(value)
    );
  }
}
