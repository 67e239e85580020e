/** What the process that fetches a model may do. @module */

/** What a pull is asked for on the command line. */
export interface PullRequest {
  readonly model: string;
  /** The folder to make, as an absolute path. */
  readonly folder: string;
  /** Where the model is kept until it is whole, as an absolute path. */
  readonly staging: string;
  readonly revision: string;
  readonly endpoint: string;
  /** The environment variable that holds the user's token. */
  readonly tokenName: string;
  /** Hosts, with their ports where these are unusual, to which the endpoint sends for large files. */
  readonly cdn: readonly string[];
}

/**
 * To which hosts a hub is known to send for large files. Those of huggingface.co are listed at
 * `https://huggingface.co/.well-known/meta.json`, are many, and change; all of them end in `.hf.co`.
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = { "huggingface.co": ["*.hf.co"] };

/**
 * Deno's permission flags for fetching a model, and nothing else: the network for the endpoint and the hosts where it keeps
 * files, the disk for the model's folder and the one it is made in, the environment for the token's variable.
 *
 * @example
 * ```ts
 * import { permissionFlags } from "./permissions.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folders = { folder: "/models/tiny", staging: "/models/.tiny.part" };
 * const hub = { endpoint: "https://huggingface.co", tokenName: "HF_TOKEN", cdn: [] };
 * deepEqual(permissionFlags({ model: "a/tiny", revision: "main", ...folders, ...hub }), [
 *   "--no-prompt",
 *   "--allow-net=huggingface.co:443,*.hf.co:443",
 *   "--allow-read=/models/tiny,/models/.tiny.part",
 *   "--allow-write=/models/tiny,/models/.tiny.part",
 *   "--allow-env=HF_TOKEN",
 * ]);
 * ```
 */
export function permissionFlags({ endpoint, cdn, folder, staging, tokenName }: PullRequest): string[] {
  const { host, port, protocol } = new URL(endpoint);
  const standard = protocol === "http:" ? 80 : 443;
  const withPort = (name: string) => /:\d+$/.test(name) ? name : `${name}:${standard}`;
  const hosts = [port ? host : `${host}:${standard}`, ...[...KNOWN[host] ?? [], ...cdn].map(withPort)];
  const folders = [folder, staging].join(",");
  return [
    "--no-prompt",
    `--allow-net=${hosts.join(",")}`,
    `--allow-read=${folders}`,
    `--allow-write=${folders}`,
    `--allow-env=${tokenName}`,
  ];
}
