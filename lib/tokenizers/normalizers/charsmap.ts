/** SentencePiece's compiled normalisation rules. @module */

/**
 * What SentencePiece's `precompiled_charsmap` maps strings to: a double-array trie over the bytes of UTF-8, then the replacements,
 * each ended by a zero byte (`builder.cc` and `normalizer.cc` of SentencePiece).
 *
 * @example
 * ```ts
 * import { Charsmap } from "./charsmap.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => new Charsmap(new Uint8Array(3)), /3 bytes/);
 * ```
 */
export class Charsmap {
  readonly #units: Uint32Array;
  readonly #replacements: Uint8Array;

  /** @throws Error where the sizes do not add up */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = bytes.length < 4 ? NaN : view.getUint32(0, true);
    if (!(size % 4 === 0 && size > 0 && 4 + size <= bytes.length)) {
      throw new Error(
        `precompiled charsmap of ${bytes.length} bytes: its trie should have ${size}. Fetch the file again.`,
      );
    }
    this.#units = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
    this.#replacements = bytes.subarray(4 + size);
  }

  /**
   * What the prefixes of the bytes from an offset on that have a rule become: pairs of the prefix's length in bytes and where its
   * replacement lies, the shortest first.
   */
  prefixes(bytes: Uint8Array, from = 0): [length: number, replacement: number][] {
    const found: [number, number][] = [];
    let node = offsetOf(this.#units[0] ?? 0);
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === 0) break;
      node ^= byte;
      const unit = this.#units[node] ?? 0;
      if (((unit & 0x800000ff) >>> 0) !== byte) break;
      node ^= offsetOf(unit);
      if ((unit >>> 8 & 1) === 1) found.push([i + 1 - from, (this.#units[node] ?? 0) & 0x7fffffff]);
    }
    return found;
  }

  /** The bytes of a replacement. */
  replacement(at: number): Uint8Array {
    const end = this.#replacements.indexOf(0, at);
    return this.#replacements.subarray(at, end < 0 ? this.#replacements.length : end);
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
