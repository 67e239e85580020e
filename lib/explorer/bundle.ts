/** The page's code as one script for the browser. @module */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import config from "../../deno.json" with { type: "json" };
import { isFile } from "../look.ts";
import { project } from "../project.ts";
import { sha256 } from "../sha256.ts";
import { writeFile } from "../write_file.ts";

const kept = z.object({ pins: z.string(), inputs: z.record(z.string(), z.string()), code: z.string() });

const loaders: Readonly<Record<string, "ts" | "tsx" | "js">> = { ts: "ts", tsx: "tsx", js: "js", mjs: "js" };

/**
 * The page's script: TypeScript and packages in one, by esbuild's WebAssembly, which needs no install script and no network. The last
 * one is kept in a file, and used as long as nothing that went into it has changed.
 *
 * @param entry path of the page's main module
 * @param cache the file; where it can't be written, the page is bundled every time
 * @throws {Error} when the page's code does not bundle
 *
 * @example
 * ```ts
 * import { bundlePage } from "./bundle.ts";
 * import { match } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/page.ts`, "const n: number = 41 + 1; console.log(n);");
 * match(await bundlePage(`${folder}/page.ts`, `${folder}/kept.json`), /console\.log\(/);
 * ```
 */
export async function bundlePage(
  entry: string,
  cache = `${project.root}/.cache/explorer/page.json`,
): Promise<string> {
  const pins = sha256(JSON.stringify([config.imports, entry]));
  const known = await keptAt(cache);
  if (known?.pins === pins && await areSame(known.inputs)) return known.code;
  const { code, files } = await bundled(entry);
  const inputs = Object.fromEntries(
    await Promise.all(
      files.map(async (url) => [url, sha256(await Deno.readTextFile(new URL(url)))] as const),
    ),
  );
  try {
    await writeFile(cache, JSON.stringify({ pins, inputs, code }));
  } catch (error) {
    if (!isDenied(error)) throw error; // the page works without
  }
  return code;
}

async function keptAt(path: string): Promise<z.output<typeof kept> | undefined> {
  if (!await isFile(path)) return undefined;
  try {
    return kept.safeParse(JSON.parse(await Deno.readTextFile(path))).data;
  } catch {
    return undefined; // cut short, or another version's: made anew
  }
}

async function areSame(inputs: Readonly<Record<string, string>>): Promise<boolean> {
  for (const [url, hash] of Object.entries(inputs)) {
    const path = new URL(url);
    if (!await isFile(path.pathname) || sha256(await Deno.readTextFile(path)) !== hash) return false;
  }
  return true;
}

function isDenied(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied ||
    isDenied(error.cause);
}

async function bundled(entry: string): Promise<{ code: string; files: string[] }> {
  const esbuild = await import("esbuild-wasm/esm/browser.js");
  const wasm = await Deno.readFile(new URL(import.meta.resolve("esbuild-wasm/esbuild.wasm")));
  await esbuild.initialize({ wasmModule: await WebAssembly.compile(wasm), worker: false });
  const files: string[] = [];
  const { outputFiles } = await esbuild.build({
    entryPoints: [pathToFileURL(entry).href],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [{
      name: "deno",
      setup(build) {
        build.onResolve({ filter: /.*/ }, ({ path, importer }) => ({
          namespace: "file-url",
          path: resolved(path, importer),
        }));
        build.onLoad({ filter: /.*/, namespace: "file-url" }, async ({ path }) => {
          files.push(path);
          const ending = path.slice(path.lastIndexOf(".") + 1);
          return { contents: await Deno.readTextFile(new URL(path)), loader: loaders[ending] ?? "js" };
        });
      },
    }],
  });
  return { code: outputFiles.map(({ text }) => text).join("\n"), files };
}

/** Relative paths as they are; packages by the import map; what packages import, as their own dependency. */
function resolved(path: string, importer: string): string {
  if (path.startsWith("file:")) return path;
  if (path.startsWith(".")) return new URL(path, importer).href;
  try {
    return import.meta.resolve(path);
  } catch {
    return pathToFileURL(createRequire(importer).resolve(path)).href;
  }
}
