/** Encodings that are kept on disk. @module */

import { createHash } from "node:crypto";
import { sha256 } from "../../sha256.ts";
import { writeFile } from "../../write_file.ts";
import type { EncodedText } from "../token_encoder.ts";

const MAGIC = 0x31534550; // "PES1"
const HEAD = 44; // bytes: magic, tokens, hidden, and a SHA-256 of what follows them

/** Encodings by text; those of other models, layers or ways of covering long texts have a store of their own. */
export interface EncodingStore {
  /** What is kept of a text; nothing where it is not there, or not as it was written. */
  get(text: string): Promise<EncodedText | undefined>;
  put(text: string, encoded: EncodedText): Promise<void>;
  /** Takes out what was longest not asked for, until no more than so many bytes are kept under the folder. */
  trim(bytes: number): Promise<void>;
}

/**
 * A store in a folder: a file a text, named by the text's SHA-256, with its token ids and embeddings and a checksum over
 * them. Files are written beside and renamed, so that several processes may share a folder; one that is damaged counts as
 * absent, and is written anew. The texts themselves are not kept.
 *
 * @param folder of all stores
 * @param key what the encodings depend on beside the text
 *
 * @example
 * ```ts
 * import { encodingStore } from "./encoding_store.ts";
 * import { deepEqual } from "node:assert/strict";
 * const store = encodingStore(await Deno.makeTempDir(), "a model");
 * const encoded = { ids: Int32Array.of(7), embeddings: Float32Array.of(1, 0), hidden: 2, unit: true } as const;
 * await store.put("fever", encoded);
 * deepEqual(await store.get("fever"), encoded);
 * deepEqual(await store.get("cough"), undefined);
 * ```
 */
export function encodingStore(folder: string, key: string): EncodingStore {
  const place = `${folder}/${sha256(key).slice(0, 32)}`;
  const fileOf = (text: string) => {
    const hash = sha256(text);
    return `${place}/${hash.slice(0, 2)}/${hash.slice(2)}.bin`;
  };
  return {
    async get(text) {
      const file = fileOf(text);
      const bytes = await bytesOf(file);
      const encoded = bytes && decoded(bytes);
      if (encoded) await Deno.utime(file, new Date(), new Date()).catch(unlessGone);
      return encoded;
    },
    put: (text, encoded) => writeFile(fileOf(text), encodedBytes(encoded)),
    trim: (bytes) => trimmed(folder, bytes),
  };
}

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Another process may have taken a file out in the meantime. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

function encodedBytes({ ids, embeddings, hidden }: EncodedText): Uint8Array {
  const bytes = new Uint8Array(HEAD + 4 * (ids.length + embeddings.length));
  const [head, whole, numbers] = [
    new Uint32Array(bytes.buffer, 0, 3),
    new Int32Array(bytes.buffer, HEAD, ids.length),
    new Float32Array(bytes.buffer, HEAD + 4 * ids.length),
  ];
  head.set([MAGIC, ids.length, hidden]);
  whole.set(ids);
  numbers.set(embeddings);
  bytes.set(checksum(bytes), 12);
  return bytes;
}

function decoded(bytes: Uint8Array<ArrayBuffer>): EncodedText | undefined {
  if (bytes.length < HEAD) return undefined;
  const [magic, tokens = 0, hidden = 0] = new Uint32Array(bytes.buffer, 0, 3);
  if (magic !== MAGIC || bytes.length !== HEAD + 4 * tokens * (1 + hidden)) return undefined;
  const sum = checksum(bytes);
  if (sum.some((byte, i) => byte !== bytes[12 + i])) return undefined;
  return {
    ids: new Int32Array(bytes.buffer, HEAD, tokens),
    embeddings: new Float32Array(bytes.buffer, HEAD + 4 * tokens),
    hidden,
    unit: true,
  };
}

/** Of the sizes and all that is behind the head. */
function checksum(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes.subarray(0, 12)).update(bytes.subarray(HEAD)).digest();
}

async function trimmed(folder: string, most: number): Promise<void> {
  const files: { path: string; size: number; used: number }[] = [];
  for await (const path of filesUnder(folder)) {
    const { size, mtime } = await Deno.stat(path);
    files.push({ path, size, used: mtime?.getTime() ?? 0 });
  }
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.sort((a, b) => a.used - b.used || (a.path < b.path ? -1 : 1))) {
    if (total <= most) return;
    await Deno.remove(path).catch(unlessGone);
    total -= size;
  }
}

async function* filesUnder(folder: string): AsyncIterable<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesUnder(path);
    else if (path.endsWith(".bin")) yield path;
  }
}
