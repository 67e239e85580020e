/** The secret that stand-ins are drawn by. @module */

import { createHmac, type Hmac } from "node:crypto";
import { readFile } from "../../read_file.ts";

const SHORTEST = 16; // bytes: 128 bits, below which a key can be searched for

/** A user's secret. Nobody without it can tell what a stand-in stands for, nor draw the same one. */
export interface SurrogateKey {
  /** Chance that the key and the parts decide: the same parts draw the same, others something unrelated. */
  draw(...parts: readonly string[]): Draw;
  /** Names the key without telling it, for notes of interrupted runs. */
  readonly fingerprint: string;
}

/** A stream of keyed chance. */
export interface Draw {
  /** The next whole number in `[0, n)`. */
  below(n: number): number;
  /** One of a list. */
  pick<T>(list: readonly T[]): T;
}

/**
 * A key from bytes: draws are HMAC-SHA-256 (RFC 2104, FIPS 198-1) of the parts, with a counter.
 *
 * @throws {Error} when the key is empty or has fewer than 16 bytes
 *
 * @example
 * ```ts
 * import { surrogateKey } from "./key.ts";
 * import { equal, throws } from "node:assert/strict";
 * const key = surrogateKey("correct horse battery");
 * equal(key.draw("name", "ortega").below(1000), key.draw("name", "ortega").below(1000));
 * throws(() => surrogateKey("short"), /5 bytes/);
 * ```
 */
export function surrogateKey(secret: string | Uint8Array, where = "surrogate key"): SurrogateKey {
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  if (bytes.length === 0) {
    throw new Error(`${where}: the key is empty. Give at least ${SHORTEST} random bytes.`);
  }
  if (bytes.length < SHORTEST) {
    throw new Error(`${where}: the key has ${bytes.length} bytes. Give at least ${SHORTEST} random bytes.`);
  }
  const hmac = (): Hmac => createHmac("sha256", bytes);
  return {
    draw: (...parts) => new HmacDraw(hmac, JSON.stringify(parts)),
    fingerprint: hmac().update("palimpsest fingerprint").digest("hex").slice(0, 16),
  };
}

/**
 * Reads a key from a file; one line break at its end is no part of it.
 *
 * @throws {Error} when the file can't be read, is empty, blank, or its key too short
 *
 * @example
 * ```ts
 * import { readSurrogateKey } from "./key.ts";
 * import { rejects } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * await rejects(readSurrogateKey(file), /the key is empty/);
 * await Deno.remove(file);
 * ```
 */
export async function readSurrogateKey(path: string): Promise<SurrogateKey> {
  const bytes = await readFile(path);
  let end = bytes.length;
  if (bytes[end - 1] === 10) end--;
  if (bytes[end - 1] === 13) end--;
  const blank = bytes.subarray(0, end).every((byte) =>
    byte === 32 || (byte >= 9 && byte <= 13) || byte === 0
  );
  return surrogateKey(blank ? new Uint8Array() : bytes.subarray(0, end), path);
}

class HmacDraw implements Draw {
  readonly #hmac: () => Hmac;
  readonly #message: string;
  #block: Uint8Array = new Uint8Array();
  #at = 0;
  #count = 0;

  constructor(hmac: () => Hmac, message: string) {
    this.#hmac = hmac;
    this.#message = message;
  }

  below(n: number): number {
    if (this.#at + 4 > this.#block.length) {
      this.#block = this.#hmac().update(`${this.#count++} ${this.#message}`).digest();
      this.#at = 0;
    }
    const bits = new DataView(this.#block.buffer, this.#block.byteOffset).getUint32(this.#at);
    this.#at += 4;
    return Math.floor(bits / 2 ** 32 * n);
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error("nothing to draw from: the list is empty. Add to it.");
    return one;
  }
}
