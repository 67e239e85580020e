/** Fetching the files of a corpus. @module */
import { dirname } from "node:path";
import { HubError } from "../../hub/hub_error.ts";
import { retry, type RetryOptions } from "../../hub/retry.ts";
import { writeFile } from "../../write_file.ts";
import type { CorpusFile, PublicCorpus } from "./catalogue.ts";
import { checkFile, type Checksum, verifyCorpus } from "./verify_corpus.ts";

/** What is fetched. */
export type FetchedCorpus = Pick<PublicCorpus, "name" | "address" | "files" | "folders">;

/** How it is fetched. */
export interface FetchCorpusOptions extends RetryOptions {
  /** Called when so many of its files are there. */
  readonly onFile?: (done: number) => void;
}

const atOnce = 6;
const patience = 60_000; // milliseconds for a file

/**
 * Fetches a corpus into `folder`, which has its name only once all bytes are the known ones; until then what has come is kept in `staging`,
 * and another call goes on from there.
 *
 * @throws Error in one line: which file does not come and why, or comes with other bytes than are known
 */
export async function fetchCorpus(
  corpus: FetchedCorpus,
  folder: string,
  staging: string,
  options: FetchCorpusOptions = {},
): Promise<Checksum[]> {
  const waiting = [...corpus.files];
  let done = 0;
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      options.signal?.throwIfAborted();
      const path = `${staging}/${file.name}`;
      if (!await isThere(path)) await writeFile(path, await bytesOf(corpus.address, file, options));
      options.onFile?.(++done);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  const checksums = await verifyCorpus(staging, corpus).catch(async (error) => {
    await Deno.remove(staging, { recursive: true });
    throw error;
  });
  await Deno.mkdir(dirname(folder), { recursive: true });
  await Deno.rename(staging, folder);
  return checksums;
}

async function bytesOf(address: string, file: CorpusFile, options: FetchCorpusOptions): Promise<Uint8Array> {
  const url = new URL(`${address}/${file.path.split("/").map(encodeURIComponent).join("/")}`);
  const bytes = await retry(() => ask(url, options), options);
  checkFile(file, bytes);
  return bytes;
}

async function ask(url: URL, { signal }: FetchCorpusOptions): Promise<Uint8Array> {
  const late = AbortSignal.timeout(patience);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([late, ...signal ? [signal] : []]),
      redirect: "error", // the permission is for this host alone
      credentials: "omit",
      headers: { "User-Agent": "palimpsest" },
    });
    if (response.ok) return await response.bytes();
    await response.body?.cancel();
    const again = response.status === 408 || response.status === 429 || response.status >= 500;
    throw new HubError(`${url.host}${url.pathname}: answers ${response.status}. Try again later.`, { again });
  } catch (error) {
    if (error instanceof HubError || signal?.aborted) throw error;
    const { message } = error instanceof Error && error.cause instanceof Error
      ? error.cause
      : error instanceof Error
      ? error
      : new Error(String(error));
    throw new HubError(
      late.aborted
        ? `${url.host} has not sent ${url.pathname} in ${patience / 1000} s. Run again to go on.`
        : `no connection to ${url.host}: ${
          message.replaceAll(/\s+/g, " ")
        }. Check the network, and run again to go on.`,
      { again: true, cause: error },
    );
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
