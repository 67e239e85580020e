/** The layout that `torch.save` writes since PyTorch 1.6: a zip archive of a pickle and a record for each storage. @module */

import type { DiskFile } from "../disk_file.ts";
import { readPickle } from "./pickle.ts";
import type { PickleValue } from "./pickle_value.ts";
import { torchGlobal, torchStorage } from "./torch_globals.ts";
import { zipRecords } from "./zip_records.ts";

/** What a file holds, and where its storages begin. */
export interface TorchFile {
  readonly value: PickleValue;
  /** By key, the first byte of each storage. */
  readonly starts: ReadonlyMap<string, number>;
}

/** Bytes of a pickle: 10,000 tensors take about 2 MB. */
export const MAX_PICKLE = 2 ** 25;

/**
 * Reads the pickle of an archive, and finds its storages.
 *
 * @throws {Error} where the archive is none of `torch.save`, or its pickle and its records contradict each other
 */
export async function readZipLayout(disk: DiskFile): Promise<TorchFile> {
  const records = await zipRecords(disk);
  const record = (name: string) => {
    const found = records.get(name);
    if (found?.packed) {
      throw new Error(`record ${name} is compressed, which PyTorch never does. Write it with torch.save`);
    }
    return found;
  };
  const name = [...records.keys()].find((name) => /^[^/]*\/data\.pkl$/.test(name)) ?? "";
  const pickle = record(name);
  if (!pickle) throw new Error("a zip archive without data.pkl, which torch.save did not write");
  const folder = name.slice(0, -"data.pkl".length);
  if (records.has(`${folder}constants.pkl`)) {
    throw new Error("a TorchScript program, no file of tensors. Save its state_dict() instead");
  }
  if (pickle.bytes > MAX_PICKLE) {
    throw new Error(`a pickle of ${pickle.bytes} bytes; at most ${MAX_PICKLE} describe tensors`);
  }
  const order = record(`${folder}byteorder`);
  if (order && order.bytes < 16) {
    const text = new TextDecoder().decode(await disk.read(order.start, order.bytes));
    if (text !== "little") throw new Error(`byte order "${text}"; only "little" is read`);
  }
  const starts = new Map<string, number>();
  const { value } = readPickle(await disk.read(pickle.start, pickle.bytes), {
    global: torchGlobal,
    persistent(id) {
      const storage = torchStorage(id);
      const { key, whole } = storage;
      const place = record(`${folder}data/${key}`);
      if (!place) throw new Error(`storage ${key} is not in the archive`);
      if (whole !== place.bytes) {
        throw new Error(`storage ${key} takes ${whole} bytes, its record has ${place.bytes}`);
      }
      starts.set(key, place.start);
      return storage;
    },
  });
  return { value, starts };
}
