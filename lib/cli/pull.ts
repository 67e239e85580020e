/** `palimpsest pull`. @module */

import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { helperProcess } from "../helper_process.ts";
import { permissionFlags, type PullRequest } from "../hub/permissions.ts";
import { stagingOf } from "../hub/pull.ts";
import { PullOutcome } from "../hub/pull_process.ts";
import { project } from "../project.ts";
import { writeErrorLine } from "../write_file.ts";
import { UsageError } from "./usage_error.ts";

interface PullFlags {
  readonly to?: string;
  readonly revision: string;
  readonly tokenFrom: string;
  readonly endpoint: string;
  readonly cdn?: readonly string[];
}

/** Adds `pull MODEL` to the command line. */
export function addPull(program: Command): void {
  program.command("pull")
    .description("fetch a model folder from a hub, and check it; run it again to go on where it was cut")
    .argument("<model>", "its name at the hub, such as emilyalsentzer/Bio_ClinicalBERT")
    .option("--to <folder>", `the folder to make; left out, one of the model's name in ${project.models}`)
    .option("--revision <name>", "a branch, a tag or a commit", "main")
    .option(
      "--token-from <variable>",
      "the environment variable with your token, for models that need one",
      "HF_TOKEN",
    )
    .option("--endpoint <address>", "the hub", "https://huggingface.co")
    .option("--cdn <hosts...>", "hosts where another hub than huggingface.co keeps large files")
    .action(async (model: string, flags: PullFlags) => {
      const { folder, files, bytes, commit } = await pullInProcess(requestOf(model, flags));
      console.log(`${folder}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, commit ${commit}`);
    });
}

function requestOf(model: string, { to, revision, tokenFrom, endpoint, cdn = [] }: PullFlags): PullRequest {
  const address = endpoint.replace(/\/+$/, "");
  if (!URL.canParse(address)) {
    throw new UsageError(`"${endpoint}" is no endpoint. Write it as https://huggingface.co.`);
  }
  if (!/^[A-Za-z_]\w*$/.test(tokenFrom)) {
    throw new UsageError(
      "--token-from takes the name of an environment variable, such as HF_TOKEN, not a token.",
    );
  }
  const odd = cdn.find((host) => !/^(\*\.)?[\w.-]+(:\d+)?$/.test(host));
  if (odd !== undefined) throw new UsageError(`--cdn takes hosts such as cdn.example.org, not "${odd}".`);
  const folder = resolve(to ?? join(project.models, basename(model)));
  if (folder.includes(",")) {
    throw new UsageError(`${folder}: Deno takes no permission for a path with a comma. Choose another.`);
  }
  return {
    model,
    folder,
    staging: stagingOf(folder),
    revision,
    endpoint: address,
    tokenName: tokenFrom,
    cdn,
  };
}

/**
 * Fetches a model in a process of its own, which gets the network permission that this one lacks, for the hub's hosts alone,
 * and may neither read nor write anything but the model's folder. The token passes through the environment: this
 * process does not read it.
 */
async function pullInProcess(
  request: PullRequest,
): Promise<{ folder: string; files: number; bytes: number; commit: string }> {
  const parent = dirname(request.folder);
  await Deno.mkdir(parent, { recursive: true }).catch((error) => {
    throw new Error(writeErrorLine(parent, error), { cause: error });
  });
  const pulled = await helperProcess({
    does: `fetches ${request.model}`,
    script: new URL("../hub/pull_process.ts", import.meta.url),
    permissions: permissionFlags(request),
    request,
    outcome: PullOutcome,
  });
  return { folder: request.folder, ...pulled };
}
