/** Which code a result came from. @module */

import { dirname, relative, resolve } from "node:path";
import { z } from "zod";
import { sha256 } from "./hash.ts";

/** Every way a module of this project names another file or package. */
const references =
  /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)"([^"]+)"|new URL\(\s*"([^"]+)",\s*import\.meta\.url/gm;

const config = z.looseObject({ imports: z.record(z.string(), z.string()) });

/**
 * A hash that changes whenever code changes that a module runs: the module's source, the sources (and JSON files) it
 * imports, directly or not, and the pinned versions of the packages that any of them imports. Types and comments count
 * as code, which errs on the side of computing anew.
 *
 * @param entry path of the module
 * @param root the project's folder, where deno.json lies
 * @throws {Error} when a file it imports can't be read, or a package is not in deno.json
 *
 * @example
 * ```ts
 * import { codeVersion } from "./code_version.ts";
 * import { project } from "../project.ts";
 * import { notEqual } from "node:assert/strict";
 * const [a, b] = await Promise.all(["random.ts", "progress.ts"].map((file) => codeVersion(`${project.lib}/${file}`, project.root)));
 * notEqual(a, b);
 * ```
 */
export async function codeVersion(entry: string, root: string): Promise<string> {
  const { imports } = config.parse(JSON.parse(await Deno.readTextFile(`${root}/deno.json`)));
  const parts = new Map<string, string>(); // path below the root, or package → hash, or version
  const todo = [resolve(entry)];
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    const name = relative(root, path).replaceAll("\\", "/");
    if (parts.has(name)) continue;
    const source = await Deno.readTextFile(path);
    parts.set(name, sha256(source));
    if (!path.endsWith(".ts")) continue;
    // An example in a doc comment is no import of the module's.
    const code = source.replace(/^\s*\*.*$/gm, "");
    for (const [, imported, data] of code.matchAll(references)) {
      const target = imported ?? data ?? "";
      if (target.startsWith(".")) {
        const file = resolve(dirname(path), target);
        if (imported !== undefined || await isFile(file)) todo.push(file);
      } else if (imported !== undefined && !imported.startsWith("node:")) {
        parts.set(imported, packageVersion(imported, imports, name));
      }
    }
  }
  return sha256([...parts].sort(([a], [b]) => a < b ? -1 : 1).map((part) => part.join(" ")).join("\n"));
}

function packageVersion(specifier: string, imports: Record<string, string>, importer: string): string {
  const name = Object.keys(imports).find((known) => specifier === known || specifier.startsWith(`${known}/`));
  const version = name === undefined ? undefined : imports[name];
  if (version !== undefined) return version;
  throw new Error(`${importer}: imports "${specifier}", which deno.json does not pin. Add it to its imports.`);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false; // a folder's URL, or a file that is made later
    throw error;
  }
}
