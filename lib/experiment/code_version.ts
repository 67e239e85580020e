/** Which code a result came from. @module */

import { dirname, relative, resolve } from "node:path";
import { z } from "zod";
import { isFile } from "../look.ts";
import { sha256 } from "../sha256.ts";

/** Every way a module of this project uses another file or package; what is imported as a type alone is not used. */
const references =
  /^(?:import|export)\s(?!type\s)(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"|new URL\(\s*"([^"]+)",\s*import\.meta/gm;

const config = z.looseObject({ imports: z.record(z.string(), z.string()) });

/**
 * A hash that changes whenever code changes that modules run: their sources, the sources (and JSON files) they import,
 * directly or not, files named by `new URL("…", import.meta.url)`, and the pinned versions of the packages that any of
 * them imports. A comment counts as code, which errs on the side of computing anew.
 *
 * @param entries paths of the modules
 * @param root the project's folder, where deno.json lies
 * @throws {Error} when a file it imports can't be read, or a package is not in deno.json
 *
 * @example
 * ```ts
 * import { codeVersion } from "./code_version.ts";
 * import { project } from "../project.ts";
 * import { notEqual } from "node:assert/strict";
 * const [a, b] = await Promise.all(["random.ts", "progress.ts"].map((file) => codeVersion([`${project.lib}/${file}`], project.root)));
 * notEqual(a, b);
 * ```
 */
export async function codeVersion(entries: readonly string[], root: string): Promise<string> {
  const { imports } = config.parse(JSON.parse(await Deno.readTextFile(`${root}/deno.json`)));
  const parts = new Map<string, string>(); // path below the root, or package → hash, or version
  const todo = entries.map((entry) => resolve(entry));
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    const name = relative(root, path).replaceAll("\\", "/");
    if (parts.has(name)) continue;
    const source = await Deno.readTextFile(path);
    parts.set(name, sha256(source));
    if (!path.endsWith(".ts")) continue;
    // An example in a doc comment is no import of the module's.
    const code = source.replace(/^\s*\*.*$/gm, "");
    for (const [, static_, dynamic, data] of code.matchAll(references)) {
      const imported = static_ ?? dynamic;
      const target = imported ?? data ?? "";
      const file = resolve(dirname(path), target);
      if (imported === undefined) {
        if (await isFile(file)) todo.push(file); // else a folder's, or one that is made later
      } else if (imported.startsWith(".")) todo.push(file);
      else if (!imported.startsWith("node:")) parts.set(imported, packageVersion(imported, imports, name));
    }
  }
  return sha256([...parts].sort(([a], [b]) => a < b ? -1 : 1).map((part) => part.join(" ")).join("\n"));
}

function packageVersion(specifier: string, imports: Record<string, string>, importer: string): string {
  const name = Object.keys(imports).find((known) => specifier === known || specifier.startsWith(`${known}/`));
  const version = name === undefined ? undefined : imports[name];
  if (version !== undefined) return version;
  throw new Error(
    `${importer}: imports "${specifier}", which deno.json does not pin. Add it to its imports.`,
  );
}
