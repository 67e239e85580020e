/** Where the parts of the project lie on this machine. @module */

import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Folders of the project, as absolute paths.
 *
 * @example
 * ```ts
 * import { project } from "./project.ts";
 * import { ok } from "node:assert/strict";
 * ok(project.letters.endsWith("data/letters"));
 * ```
 */
export const project = {
  root: at("").replace(/[\\/]$/, ""),
  lib: at("lib"),
  letters: at("data/letters"),
  models: at("data/models"),
  notebooks: at("notebooks"),
  results: at("results"),
  /** Stored steps of experiments. */
  runs: at(".cache/runs"),
  /** Models that were adapted to letters outside of a store, each under the hash of what it depends on. */
  adapted: at(".cache/adapted"),
  /** Taggers that were trained, each under the hash of what it depends on. */
  taggers: at(".cache/taggers"),
} as const;
