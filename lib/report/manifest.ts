/** What a result was computed with. @module */

import config from "../../deno.json" with { type: "json" };
import { project } from "../project.ts";

/** What a run says of itself. */
export interface RunDescription {
  /** The command that was run, as a user would type it. */
  readonly command: string;
  /** All options, resolved: defaults included. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number | string;
  /** What was read: a name for it → the hash of its content. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly started: Date;
  readonly finished: Date;
}

/** All that a reader needs to run it again, as it stands in `manifest.json`. */
export interface Manifest {
  readonly command: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number | string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly versions: {
    readonly palimpsest: string;
    readonly deno: string;
    readonly v8: string;
    /** Every npm package in deno.json, with its pinned version. */
    readonly packages: Readonly<Record<string, string>>;
  };
  /** The project's commit, and whether code, data or notebooks differ from it; `null` where there is no git. */
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
  readonly machine: {
    readonly os: string;
    readonly arch: string;
    readonly cpus: number;
    readonly memoryBytes: number;
  };
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly finished: string;
  readonly seconds: number;
}

/**
 * A run's manifest: what it says of itself, and the versions and the machine it ran on. It names no user, host or
 * folder. Needs `--allow-sys=systemMemoryInfo` and
 * `--allow-run=git`.
 *
 * @example
 * ```ts
 * import { manifest } from "./manifest.ts";
 * import { equal } from "node:assert/strict";
 * const [started, finished] = [new Date(0), new Date(1500)];
 * const { seconds, versions } = manifest({ command: "repro", options: {}, seed: 42, inputs: {}, started, finished });
 * equal(seconds, 1.5);
 * equal(versions.deno, Deno.version.deno);
 * ```
 */
export function manifest({ command, options, seed, inputs, started, finished }: RunDescription): Manifest {
  return {
    command,
    options,
    seed,
    inputs: sortedByKey(inputs),
    versions: {
      palimpsest: config.version,
      deno: Deno.version.deno,
      v8: Deno.version.v8,
      packages: packageVersions(config.imports),
    },
    git: gitState(),
    machine: {
      os: Deno.build.os,
      arch: Deno.build.arch,
      cpus: navigator.hardwareConcurrency,
      memoryBytes: Deno.systemMemoryInfo().total,
    },
    started: started.toISOString(),
    finished: finished.toISOString(),
    seconds: (finished.getTime() - started.getTime()) / 1000,
  };
}

/**
 * The versions that an import map pins: `"zod": "npm:zod@4.6.7"` is `zod` at `4.6.7`.
 *
 * @example
 * ```ts
 * import { packageVersions } from "./manifest.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(packageVersions({ "@a/b": "npm:@a/b@1.0.0-rc.1", own: "./lib/mod.ts" }), { "@a/b": "1.0.0-rc.1" });
 * ```
 */
export function packageVersions(imports: Readonly<Record<string, string>>): Record<string, string> {
  const versions: Record<string, string> = {};
  for (const specifier of Object.values(imports)) {
    const [, name, version] = specifier.match(/^npm:\/?(@?[^@]+)@([^/]+)/) ?? [];
    if (name !== undefined && version !== undefined) versions[name] = version;
  }
  return sortedByKey(versions);
}

function sortedByKey<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function gitState(): Manifest["git"] {
  const git = (...args: string[]) => {
    const { success, stdout } = new Deno.Command("git", { args, cwd: project.root, stderr: "null" })
      .outputSync();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  };
  try {
    const commit = git("rev-parse", "HEAD");
    const changes = git("status", "--porcelain", "--", "lib", "data", "notebooks", "deno.json", "deno.lock");
    return commit === undefined || changes === undefined ? null : { commit, dirty: changes !== "" };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null; // git is not installed
    throw error;
  }
}
