/** One file of a model, fetched to its end. @module */

import { writeErrorLine } from "../write_file.ts";
import { type Asking, HubError } from "./hub_error.ts";
import { fileAddress, type HubFile } from "./hub_listing.ts";
import { type Answer, request, type RequestOptions } from "./hub_request.ts";
import { retry, type RetryOptions } from "./retry.ts";
import { hubHash, sizeOnDisk } from "./verify_file.ts";

/** How files are fetched. */
export interface FetchOptions extends RequestOptions, RetryOptions {
  /** Called as bytes come, with their number; with a negative one where bytes turn out to be worth nothing. */
  readonly onBytes?: (count: number, file: HubFile) => void;
}

/** The file is no longer the one that was listed. */
export class ChangedError extends HubError {}

/** So often a file may come with the wrong bytes before somebody is to look at it. */
const MOST_CORRUPT = 3;

/**
 * Where a file is kept while it is incomplete: under a name with its hash, so that a file that has changed since begins anew.
 *
 * @example
 * ```ts
 * import { partOf } from "./fetch_file.ts";
 * import { equal } from "node:assert/strict";
 * const hash = { algorithm: "sha256", hex: "0123456789abcdef".repeat(4) } as const;
 * equal(partOf("tmp", { path: "model.safetensors", size: 1, hash }), "tmp/model.safetensors.0123456789abcdef.part");
 * ```
 */
export function partOf(folder: string, { path, hash }: HubFile): string {
  return `${folder}/${path}.${hash.hex.slice(0, 16)}.part`;
}

/**
 * Fetches a file into a folder. What is there of it already is kept and added to; connections that are cut are taken up again
 * where they were cut. The file has its name only once its hash is the one that the hub lists.
 *
 * @throws {HubError} in one line, where the hub refuses it, does not answer for long, or sends other bytes than it lists
 * @throws {ChangedError} where the hub has another file by now
 */
export async function fetchFile(
  folder: string,
  file: HubFile,
  commit: string,
  asking: Asking,
  options: FetchOptions = {},
): Promise<void> {
  const part = partOf(folder, file);
  const have = async () => await sizeOnDisk(part) ?? 0;
  for (let corrupt = 0; corrupt < MOST_CORRUPT; corrupt++) {
    await retry(() => fetchRest(part, file, commit, asking, options), options, have);
    if (await hubHash(part, file.hash.algorithm) === file.hash.hex) {
      await Deno.rename(part, `${folder}/${file.path}`);
      return;
    }
    await Deno.remove(part);
    options.onBytes?.(-file.size, file);
  }
  throw new HubError(
    `${file.path} of ${asking.model} came ${MOST_CORRUPT} times with other bytes than the hub lists ` +
      `(${file.hash.algorithm} ${file.hash.hex}). Nothing of it was kept. Try another network, or later.`,
  );
}

async function fetchRest(
  part: string,
  file: HubFile,
  commit: string,
  asking: Asking,
  options: FetchOptions,
): Promise<void> {
  const tell = (count: number) => options.onBytes?.(count, file);
  using target = await openPart(part);
  const have = (await target.stat()).size;
  if (have === file.size) return;
  if (have > file.size) {
    await target.truncate(0);
    tell(-have);
    throw new HubError(`${part}: longer than ${file.path}. It begins anew.`, { again: true });
  }
  const answer = await request(fileAddress(asking, commit, file.path), asking, { ...options, from: have });
  checkSame(answer, file, asking);
  const start = startOf(answer, have, file);
  if (start < have) {
    await target.truncate(start);
    tell(start - have);
  }
  await target.seek(start, Deno.SeekMode.Start);
  let end = start;
  for await (const piece of answer.body) {
    if (end + piece.length > file.size) {
      await target.truncate(0);
      tell(-end);
      throw new HubError(
        `${file.path} is longer than the ${file.size} bytes that the hub lists. Try again later.`,
        {
          again: true,
        },
      );
    }
    await append(target, piece, part);
    end += piece.length;
    tell(piece.length);
  }
  if (end < file.size) {
    throw new HubError(
      `the connection was cut after ${end} of ${file.size} bytes of ${file.path}. Run again to go on.`,
      {
        again: true,
      },
    );
  }
}

/** The hub says with each file which one it is: another than the listed one has come in its place. */
function checkSame({ hubHeaders }: Answer, { path, hash }: HubFile, { model }: Asking): void {
  const tag = hubHeaders.get("X-Linked-ETag") ?? hubHeaders.get("ETag");
  const hex = tag?.match(/^(?:W\/)?"?([0-9a-f]{64}|[0-9a-f]{40})"?$/)?.[1];
  if (hex !== undefined && hex.length === hash.hex.length && hex !== hash.hex) {
    throw new ChangedError(`${path} of ${model} changed while it was fetched. Run again.`);
  }
}

/** The byte with which an answer begins: a server may send the whole file where the rest was asked for. */
function startOf({ status, headers }: Answer, have: number, { path, size }: HubFile): number {
  if (status !== 206) return 0;
  const [, first, total] = headers.get("Content-Range")?.match(/^bytes (\d+)-\d+\/(\d+|\*)$/) ?? [];
  if (Number(first) === have && (total === "*" || Number(total) === size)) return have;
  throw new HubError(`the hub sends other bytes of ${path} than it was asked for. Try again later.`, {
    again: true,
  });
}

async function openPart(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { read: true, write: true, create: true });
  } catch (error) {
    throw new Error(writeErrorLine(path, error), { cause: error });
  }
}

async function append(target: Deno.FsFile, bytes: Uint8Array, path: string): Promise<void> {
  try {
    for (let at = 0; at < bytes.length;) at += await target.write(bytes.subarray(at));
  } catch (error) {
    throw new Error(writeErrorLine(path, error), { cause: error });
  }
}
