/** `palimpsest data`. @module */

import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import type { z } from "zod";
import { corpusNames, type PublicCorpus, publicCorpus } from "../corpus/data/catalogue.ts";
import { FetchOutcome, type FetchRequest } from "../corpus/data/fetch_process.ts";
import { type Checksum, verifyCorpus } from "../corpus/data/verify_corpus.ts";
import { helperProcess } from "../helper_process.ts";
import { project } from "../project.ts";
import { writeErrorLine, writeFile } from "../write_file.ts";
import { UsageError } from "./usage_error.ts";

interface DataFlags {
  readonly address?: string;
  readonly shared: string;
}

/** Adds `data NAME [OUT]` to the command line. */
export function addData(program: Command): void {
  program.command("data")
    .description(
      "get a public corpus: from its official place, or from a folder of shared data where it is there; shows licence and checksums",
    )
    .argument("<name>", corpusNames.join(", "))
    .argument("[out]", "the folder to make; left out, one in .cache/corpora, or the shared one as it is")
    .option("--address <url>", "where the files are instead of their official place")
    .option("--shared <folder>", "the folder of shared data", join(dirname(project.root), "shared", "data"))
    .action(async (name: string, out: string | undefined, flags: DataFlags) => {
      const corpus = await named(name);
      const shared = flags.address === undefined ? await sharedCorpus(corpus, flags.shared) : undefined;
      const folder = resolve(out ?? shared ?? join(project.root, ".cache", "corpora", name));
      const checksums = shared === undefined
        ? await fetched(corpus, folder, flags.address ?? corpus.address)
        : await verifyCorpus(shared, corpus);
      if (shared !== undefined && folder !== resolve(shared)) await copy(corpus, shared, folder);
      const source = shared ?? flags.address ?? corpus.address;
      if (folder !== resolve(shared ?? "")) {
        await writeFile(`${folder}/SOURCE.txt`, card(corpus, source, checksums));
      }
      console.log(`${folder}\n${card(corpus, source, checksums).trimEnd()}`);
    });
}

async function named(name: string): Promise<PublicCorpus> {
  try {
    return await publicCorpus(name);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** What a user must know of a corpus, and which bytes it is. */
function card(
  { what, licence, home, reading }: PublicCorpus,
  source: string,
  checksums: readonly Checksum[],
): string {
  return [
    what,
    `licence: ${licence}; name its authors: ${home}`,
    `from: ${source}`,
    ...checksums.map(({ name, sha256 }) => `sha256 ${sha256} ${name}`),
    `to read it: palimpsest ${reading}`,
  ].map((line) => `${line}\n`).join("");
}

async function sharedCorpus({ name }: PublicCorpus, shared: string): Promise<string | undefined> {
  try {
    if ((await Deno.stat(join(shared, name))).isDirectory) return join(shared, name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function copy({ files }: PublicCorpus, from: string, to: string): Promise<void> {
  await refuseOld(to);
  const staging = stagingOf(to);
  try {
    for (const { name } of files) {
      await Deno.mkdir(dirname(join(staging, name)), { recursive: true });
      await Deno.copyFile(join(from, name), join(staging, name));
    }
    await Deno.rename(staging, to);
  } catch (error) {
    throw new Error(writeErrorLine(to, error), { cause: error });
  }
}

/** Fetches in a process of its own, which gets the network permission that this one lacks, for the one host alone. */
async function fetched(corpus: PublicCorpus, folder: string, address: string): Promise<readonly Checksum[]> {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new UsageError(`"${address}" is no address. Write it as https://example.org/folder.`);
  }
  if (folder.includes(",")) {
    throw new UsageError(`${folder}: Deno takes no permission for a path with a comma. Choose another.`);
  }
  await refuseOld(folder);
  const staging = stagingOf(folder);
  await Deno.mkdir(staging, { recursive: true }).catch((error) => {
    throw new Error(writeErrorLine(staging, error), { cause: error });
  });
  const { host, port, protocol } = new URL(address);
  const folders = [folder, staging].join(",");
  const { name, files } = corpus;
  const request: z.infer<typeof FetchRequest> = {
    ...{ name, address: address.replace(/\/+$/, ""), folder, staging, files: [...files] },
    ...corpus.folders && { folders: { ...corpus.folders } },
  };
  const { checksums } = await helperProcess({
    does: `fetches ${name}`,
    script: new URL("../corpus/data/fetch_process.ts", import.meta.url),
    permissions: [
      "--no-prompt",
      `--allow-net=${port ? host : `${host}:${protocol === "http:" ? 80 : 443}`}`,
      ...[`--allow-read=${folders}`, `--allow-write=${folders},${dirname(folder)}`],
    ],
    request,
    outcome: FetchOutcome,
  });
  return checksums;
}

function stagingOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.part`);
}

/** A folder that is there already is left as it is. */
async function refuseOld(folder: string): Promise<void> {
  try {
    await Deno.stat(folder);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  throw new Error(`${folder}: there already. Use it, remove it, or name another folder.`);
}
