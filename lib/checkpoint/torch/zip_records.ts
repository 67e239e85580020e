/** The records of a zip archive, and where in the file they lie. @module */

import { Reader, ZipReader } from "@zip.js/zip.js";
import type { DiskFile } from "../disk_file.ts";

/** Where a record's bytes lie in the file. */
export interface ZipRecord {
  readonly start: number;
  readonly bytes: number;
  /** It is compressed or encrypted: its bytes are not those that were put in. */
  readonly packed: boolean;
}

const LOCAL_HEADER = 30; // bytes, before the name and the extra field

/**
 * The records of an archive by name. Only the archive's directory and the records' headers are read.
 *
 * @throws {Error} where the archive is truncated, a record lies outside of the file, or two records have the same
 * name or share bytes
 */
export async function zipRecords(disk: DiskFile): Promise<Map<string, ZipRecord>> {
  const zip = new ZipReader(new DiskReader(disk), { useWebWorkers: false });
  const records = new Map<string, ZipRecord>();
  for (const entry of await entriesOf(zip)) {
    const { filename: name, offset, compressedSize: bytes, compressionMethod, encrypted } = entry;
    if (records.has(name)) throw new Error(`record ${name} is there twice`);
    const header = await disk.read(offset, LOCAL_HEADER);
    const view = new DataView(header.buffer);
    if (view.getUint32(0, true) !== 0x04034b50) {
      throw new Error(`no record at byte ${offset}, where ${name} should be`);
    }
    const start = offset + LOCAL_HEADER + view.getUint16(26, true) + view.getUint16(28, true);
    if (start + bytes > disk.size) {
      throw new Error(
        `record ${name} ends at byte ${start + bytes}, the file at ${disk.size}: it is truncated`,
      );
    }
    records.set(name, { start, bytes, packed: compressionMethod !== 0 || encrypted });
  }
  checkApart(records);
  return records;
}

async function entriesOf(zip: ZipReader<DiskFile>) {
  try {
    return await zip.getEntries();
  } catch (error) {
    throw new Error(`not a whole zip archive: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function checkApart(records: ReadonlyMap<string, ZipRecord>): void {
  let end = 0;
  for (const [name, { start, bytes }] of [...records].sort(([, a], [, b]) => a.start - b.start)) {
    if (start < end) throw new Error(`record ${name} begins within the one before it`);
    end = start + bytes;
  }
}

class DiskReader extends Reader<DiskFile> {
  readonly #disk: DiskFile;

  constructor(disk: DiskFile) {
    super(disk);
    this.#disk = disk;
    this.size = disk.size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    return await this.#disk.read(offset, Math.min(length, this.size - offset));
  }
}
