/** Models of a hub as folders here. @module */

import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { writeErrorLine } from "../write_file.ts";
import { chooseFiles } from "./choose_files.ts";
import { ChangedError, fetchFile, type FetchOptions, partOf } from "./fetch_file.ts";
import { type Asking, HubError } from "./hub_error.ts";
import { fileAddress, type HubFile, hubText, type Listing, listModel } from "./hub_listing.ts";
import { retry } from "./retry.ts";
import { isSame, sizeOnDisk } from "./verify_file.ts";

/** How a model is fetched. */
export interface PullOptions extends Omit<FetchOptions, "from" | "onBytes"> {
  /** Called as bytes come: how many of this run's are here, how many there are, and of which file the last were. */
  readonly onBytes?: (done: number, total: number, file: string) => void;
}

/** A model that is here. */
export interface Pulled {
  readonly folder: string;
  readonly commit: string;
  readonly files: number;
  /** Of all files. */
  readonly bytes: number;
}

const Index = z.looseObject({ weight_map: z.record(z.string(), z.string()) });
const LOCK = ".lock";
/** With `*` in it, git takes no notice of the folder: gigabytes under another licence are easily committed. */
const IGNORE = ".gitignore";
const MOST_LISTINGS = 3;

/**
 * Where a model is kept until it is whole: beside its folder, hidden.
 *
 * @example
 * ```ts
 * import { stagingOf } from "./pull.ts";
 * import { equal } from "node:assert/strict";
 * equal(stagingOf("models/tiny"), "models/.tiny.part");
 * ```
 */
export function stagingOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.part`);
}

/**
 * Fetches a model from a hub into a folder: configuration, tokenizer, model card, licence, and the weights in one form
 * ({@linkcode chooseFiles}). Every file is checked against the hash that the hub lists for it.
 *
 * The folder is there when all of it is, and not before: until then the files are in {@linkcode stagingOf} it, where the next
 * call finds what this one had. A folder that is there already is compared, and never changed. Beside the model's files the
 * folder has a `.gitignore` that keeps it out of a repository that it may lie in.
 *
 * @throws {HubError} in one line: what the hub refuses and what to do about it, or what can't be reached
 * @throws {Error} in one line where the folder is there with other files in it, or can't be written
 */
export async function pull(asking: Asking, folder: string, options: PullOptions = {}): Promise<Pulled> {
  checkAsking(asking);
  for (let listings = 1;; listings++) {
    const listing = await retry(() => listModel(asking, options), options);
    const files = await chooseFiles(
      asking.model,
      listing.files,
      (file) => shardsOf(file, listing.commit, asking, options),
    );
    try {
      if (!await isThere(folder, files)) await fetchAll(folder, files, listing, asking, options);
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      return { folder, commit: listing.commit, files: files.length, bytes };
    } catch (error) {
      if (!(error instanceof ChangedError) || listings >= MOST_LISTINGS) throw error;
    }
  }
}

function checkAsking({ model, endpoint, token, tokenName }: Asking): void {
  if (!/^[A-Za-z0-9][\w-]*(\.[\w-]+)*(\/[A-Za-z0-9][\w-]*(\.[\w-]+)*)?$/.test(model)) {
    throw new HubError(`"${model}" is no model's name. Write it as the hub does: organisation/model.`);
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const near = url?.protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (
    !url || !(near || url.protocol === "https:") || url.username || url.search || url.hash ||
    endpoint.endsWith("/")
  ) {
    throw new HubError(`"${endpoint}" is no endpoint. Write it as https://huggingface.co.`);
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new HubError(
      `${tokenName} holds what no token does, such as a space or a line break. Set it again.`,
    );
  }
}

/** The names of the shards that an index names. */
async function shardsOf(
  file: HubFile,
  commit: string,
  asking: Asking,
  options: PullOptions,
): Promise<string[]> {
  const text = await retry(() => hubText(fileAddress(asking, commit, file.path), asking, options), options);
  try {
    return [...new Set(Object.values(Index.parse(JSON.parse(text)).weight_map))].sort();
  } catch (error) {
    throw new HubError(`${file.path} of ${asking.model} is no index of weights. Choose another revision.`, {
      cause: error,
    });
  }
}

/** Whether a folder is there already with these files. */
async function isThere(folder: string, files: readonly HubFile[]): Promise<boolean> {
  if (await isAbsent(folder)) return false;
  for (const file of files) {
    if (await isSame(`${folder}/${file.path}`, file)) continue;
    throw new Error(
      `${folder}: there already, with another ${file.path}. Choose another folder, or remove it.`,
    );
  }
  return true;
}

/** Whether nothing is there, or an empty folder. */
async function isAbsent(folder: string): Promise<boolean> {
  try {
    for await (const _ of Deno.readDir(folder)) return false;
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw new Error(writeErrorLine(folder, error), { cause: error });
  }
}

async function fetchAll(
  folder: string,
  files: readonly HubFile[],
  { commit }: Listing,
  asking: Asking,
  options: PullOptions,
): Promise<void> {
  const staging = stagingOf(folder);
  try {
    await Deno.mkdir(staging, { recursive: true });
    await Deno.writeTextFile(`${staging}/${IGNORE}`, "*\n");
  } catch (error) {
    throw new Error(writeErrorLine(staging, error), { cause: error });
  }
  using lock = await Deno.open(`${staging}/${LOCK}`, { create: true, write: true });
  if (!await lock.tryLock(true)) {
    throw new Error(`${folder}: another pull is fetching it. Wait for that one.`);
  }

  const missing = await clear(staging, files);
  let done = 0;
  let total = 0;
  for (const file of missing) total += file.size - (await sizeOnDisk(partOf(staging, file)) ?? 0);
  const onBytes = (count: number, { path }: HubFile) => {
    if (count < 0) total -= count; // they have to come once more
    else done += count;
    options.onBytes?.(done, total, path);
  };
  for (const file of missing) await fetchFile(staging, file, commit, asking, { ...options, onBytes });
  await Deno.remove(`${staging}/${LOCK}`);
  try {
    await Deno.rename(staging, folder);
  } catch (error) {
    throw new Error(writeErrorLine(folder, error), { cause: error });
  }
}

/** Removes what an earlier run left that is of no use now; gives the files that are not yet whole. */
async function clear(staging: string, files: readonly HubFile[]): Promise<HubFile[]> {
  const missing: HubFile[] = [];
  const useful = new Set([LOCK, IGNORE]);
  for (const file of files) {
    const whole = await isSame(`${staging}/${file.path}`, file);
    if (!whole) missing.push(file);
    useful.add(whole ? file.path : basename(partOf(staging, file)));
  }
  for (const { name } of await Array.fromAsync(Deno.readDir(staging))) {
    if (!useful.has(name)) await Deno.remove(`${staging}/${name}`, { recursive: true });
  }
  return missing;
}
