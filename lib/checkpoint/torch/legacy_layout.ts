/**
 * The layout that `torch.save` wrote before PyTorch 1.6, and still writes with `_use_new_zipfile_serialization=False`: five
 * pickles (a magic number, a version, a description of the machine, the value, the storages' keys), then for each storage
 * its number of elements in eight bytes and the elements.
 *
 * @module
 */

import { bytesEach } from "../element_type.ts";
import type { DiskFile } from "../disk_file.ts";
import { readPickle } from "./pickle.ts";
import { PickleEnd } from "./pickle_reader.ts";
import { Dict, type PickleValue } from "./pickle_value.ts";
import { torchGlobal, torchStorage } from "./torch_globals.ts";
import type { Storage } from "./torch_value.ts";
import { MAX_PICKLE, type TorchFile } from "./zip_layout.ts";

/** The pickle that a legacy file begins with holds this number. */
export const MAGIC = 0x1950a86a20f9469cfc6cn;

const FIRST_READ = 2 ** 18; // bytes: the pickles of most models

/**
 * Reads the pickles of a legacy file, and finds its storages.
 *
 * @throws {Error} where it is none, is truncated, or its pickles and its storages contradict each other
 */
export async function readLegacyLayout(disk: DiskFile): Promise<TorchFile> {
  const { value, keys, storages, end } = await readHead(disk);
  const starts = new Map<string, number>();
  let at = end;
  for (const key of keys) {
    const storage = typeof key === "string" ? storages.get(key) : undefined;
    if (storage === undefined || starts.has(storage.key)) {
      throw new Error(`storage ${String(key)} stands in the file, but no tensor has it`);
    }
    const elements = new DataView((await disk.read(at, 8)).buffer).getBigInt64(0, true);
    const bytes = Number(elements) * (bytesEach(storage.dtype) ?? NaN);
    if (bytes !== storage.whole) {
      throw new Error(
        `storage ${storage.key} has ${bytes} bytes at byte ${at}, its tensors say ${storage.whole}`,
      );
    }
    starts.set(storage.key, at + 8);
    at += 8 + bytes;
    if (at > disk.size) {
      throw new Error(`storage ${storage.key} ends at byte ${at}, the file at ${disk.size}: it is truncated`);
    }
  }
  const absent = [...storages.keys()].find((key) => !starts.has(key));
  if (absent !== undefined) throw new Error(`storage ${absent} is not in the file: it is truncated`);
  return { value, starts };
}

/** The pickles at a file's beginning, of which nobody says how long they are: more is read until they end. */
async function readHead(disk: DiskFile): Promise<Head> {
  for (let size = FIRST_READ;; size *= 4) {
    try {
      return parseHead(await disk.read(0, Math.min(size, disk.size)));
    } catch (error) {
      if (!(error instanceof PickleEnd)) throw error;
      if (size >= disk.size) throw new Error(`its pickles do not end: it is truncated`, { cause: error });
      if (size > MAX_PICKLE) {
        throw new Error(`its pickles take more than ${MAX_PICKLE} bytes`, { cause: error });
      }
    }
  }
}

interface Head {
  readonly value: PickleValue;
  /** Of the storages, in the order of their bytes. */
  readonly keys: readonly PickleValue[];
  readonly storages: ReadonlyMap<string, Storage>;
  /** Where the storages begin. */
  readonly end: number;
}

function parseHead(bytes: Uint8Array): Head {
  let at = 0;
  const next = (persistent?: (id: PickleValue) => PickleValue) => {
    const { value, end } = readPickle(bytes, { global: torchGlobal, ...persistent && { persistent } }, at);
    at = end;
    return value;
  };
  if (next() !== MAGIC) throw new Error("not a file that torch.save wrote");
  const version = next();
  if (version !== 1001) throw new Error(`layout version ${String(version)}; 1001 is read`);
  const machine = next();
  if (machine instanceof Dict && machine.entries.get("little_endian") !== true) {
    throw new Error("big-endian numbers; only little-endian ones are read");
  }
  const storages = new Map<string, Storage>();
  const value = next((id) => {
    const storage = torchStorage(id);
    const known = storages.get(storage.key);
    if (known && (known.whole !== storage.whole || known.dtype !== storage.dtype)) {
      throw new Error(`storage ${storage.key} is ${known.dtype} in one tensor, ${storage.dtype} in another`);
    }
    storages.set(storage.key, known ?? storage);
    return storage;
  });
  const keys = next();
  if (!Array.isArray(keys)) throw new Error("no list of storages behind the tensors");
  return { value, keys, storages, end: at };
}
