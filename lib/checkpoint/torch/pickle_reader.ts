/** The numbers and texts of a pickle's byte stream. @module */

/** The bytes end before the pickle does. */
export class PickleEnd extends Error {
  override readonly name = "PickleEnd";
}

/** Reads a pickle's bytes in order. */
export class PickleReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  /** @param at where the pickle begins; while it is read, where the next byte is */
  constructor(bytes: Uint8Array, public at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next bytes, not copied. */
  bytes(length: number): Uint8Array {
    return this.#bytes.subarray(this.#take(length), this.at);
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  /** An eight-byte length: far beyond any file it is no longer exact, which is as wrong. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8)); // the one big-endian number of the format
  }

  text(length: number): string {
    const start = this.at;
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes(length));
    } catch (error) {
      if (error instanceof PickleEnd) throw error;
      throw new Error(`text at byte ${start} of a pickle is not UTF-8`, { cause: error });
    }
  }

  /** Up to the next line break, which is passed over. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new PickleEnd(`no line break after byte ${this.at}`);
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  /** A two's complement number of any length: a number where that is exact. */
  long(length: number): number | bigint {
    const bytes = this.bytes(length);
    const bits = bytes.toReversed().reduce((sum, byte) => sum << 8n | BigInt(byte), 0n);
    const value = BigInt.asIntN(8 * length, bits);
    return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  #take(length: number): number {
    const start = this.at;
    if (!(length <= this.#bytes.length - start)) {
      throw new PickleEnd(`${length} bytes asked for at byte ${start} of ${this.#bytes.length}`);
    }
    this.at += length;
    return start;
  }
}
