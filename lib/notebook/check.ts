/** Types and lint of the code in notebooks. @module */

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { project } from "../project.ts";
import { readNotebook } from "./notebook.ts";

/** Something wrong in a cell. */
export interface Problem {
  /** The notebook. */
  readonly path: string;
  /** The cell's number among the notebook's code cells, from 1. */
  readonly cell: number;
  /** The line in the cell, from 1. */
  readonly line: number;
  /** `TS2322`, `no-explicit-any`, … and what it says. */
  readonly message: string;
}

/** Rules that make no sense in cells: a parameter is declared with `let` for the runner to set, and a notebook may pin its own packages. */
const excludedRules = ["prefer-const", "no-import-prefix"];

const lintReport = z.object({
  diagnostics: z.array(z.object({
    filename: z.string(),
    range: z.object({ start: z.object({ line: z.number() }) }),
    code: z.string(),
    message: z.string(),
  })),
  errors: z.array(z.object({ file_path: z.string(), message: z.string() })),
});

/**
 * Checks types and lints the code cells of notebooks, each notebook as the one module that its cells make together,
 * with the import map and the relative imports it has when it runs. For that a hidden file lies beside each notebook
 * while the check runs.
 *
 * Needs `--allow-run` for the Deno executable, and to read and write the notebooks' folders.
 *
 * @returns what is wrong, by notebook, cell and line
 * @throws {Error} when a notebook can't be read, or the checks fail for another reason than the notebooks
 *
 * @example
 * ```ts
 * import { checkNotebooks } from "./check.ts";
 * import { deepEqual } from "node:assert/strict";
 * const path = `${await Deno.makeTempDir()}/a.ipynb`;
 * const cell = { cell_type: "code", id: "a", metadata: {}, source: "const n: number = 'one';" };
 * await Deno.writeTextFile(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
 * const [problem] = await checkNotebooks([path]);
 * deepEqual([problem?.cell, problem?.line, problem?.message.slice(0, 6)], [1, 1, "TS2322"]);
 * ```
 */
export async function checkNotebooks(paths: readonly string[]): Promise<Problem[]> {
  const modules: Module[] = [];
  try {
    for (const path of paths) modules.push(await writeModule(path));
    if (modules.length === 0) return [];
    const problems = [...await typeProblems(modules), ...await lintProblems(modules)];
    const order = (problem: Problem) => [paths.indexOf(problem.path), problem.cell, problem.line];
    return problems.sort((a, b) =>
      order(a).map((key, i) => key - (order(b)[i] ?? 0)).find((difference) => difference !== 0) ?? 0
    );
  } finally {
    for (const { file } of modules) await Deno.remove(file);
  }
}

/** A notebook's code as a file, and where each of its lines comes from. */
interface Module {
  readonly path: string;
  readonly file: string;
  readonly origins: readonly { readonly cell: number; readonly line: number }[];
}

async function writeModule(path: string): Promise<Module> {
  const { cells } = await readNotebook(path);
  const code = cells.filter((cell) =>
    cell.cell_type === "code" && !cell.metadata.tags?.includes("injected-parameters")
  );
  // Types of Deno.jupyter, and the mark of a module: without it there is no top-level await.
  const lines = ['/// <reference lib="deno.unstable" />', "export {};"];
  const origins = [{ cell: 1, line: 1 }, { cell: 1, line: 1 }];
  for (const [index, { source }] of code.entries()) {
    for (const [line, text] of source.split("\n").entries()) {
      lines.push(text);
      origins.push({ cell: index + 1, line: line + 1 });
    }
  }
  const file = join(resolve(dirname(path)), `.check-${crypto.randomUUID().slice(0, 8)}.ts`);
  await Deno.writeTextFile(file, `${lines.join("\n")}\n`);
  return { path, file: await Deno.realPath(file), origins };
}

function problem(modules: readonly Module[], file: string, line: number, message: string): Problem {
  const module = modules.find((module) => module.file === file);
  const origin = module?.origins[line - 1];
  // Not in a notebook: a module it imports is broken, which is no less wrong.
  if (!module || !origin) return { path: file, cell: 0, line, message };
  return { path: module.path, ...origin, message };
}

async function typeProblems(modules: readonly Module[]): Promise<Problem[]> {
  const { success, stderr } = await deno(modules, ["check", "--quiet"]);
  const problems = [
    ...stderr.matchAll(/^(TS\d+) \[ERROR\]: (.*)\n(?:[^\n]*\n)*?\s+at (file:\S+):(\d+):\d+/gm),
  ]
    .map(([, code, message, url, line]) =>
      problem(modules, fileURLToPath(url ?? ""), Number(line), `${code}: ${message}`)
    );
  if (success || problems.length > 0) return problems;
  const [, file, line] = stderr.match(/at (file:\S+):(\d+):\d+/) ?? [];
  const message = stderr.match(/^error: (.*)$/m)?.[1] ?? stderr.trim();
  if (file === undefined) throw new Error(`deno check failed: ${message}`);
  return [problem(modules, fileURLToPath(file), Number(line), message)];
}

async function lintProblems(modules: readonly Module[]): Promise<Problem[]> {
  const { stdout, stderr } = await deno(modules, [
    "lint",
    "--json",
    `--rules-exclude=${excludedRules.join(",")}`,
  ]);
  if (stdout.trim() === "") throw new Error(`deno lint failed: ${stderr.trim()}`);
  const { diagnostics, errors } = lintReport.parse(JSON.parse(stdout));
  const unread = errors.map(({ file_path, message }) =>
    problem(modules, file_path, Number(message.match(/:(\d+):\d+/)?.[1] ?? 1), message.split("\n")[0] ?? "")
  );
  return [
    ...unread,
    ...diagnostics.map(({ filename, range, code, message }) => {
      const file = filename.startsWith("file:") ? fileURLToPath(filename) : filename;
      return problem(modules, file, range.start.line, `${code}: ${message}`);
    }),
  ];
}

async function deno(modules: readonly Module[], args: readonly string[]) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args, ...modules.map(({ file }) => file)],
    cwd: dirname(modules[0]?.file ?? "."),
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, stdout: text(stdout), stderr: text(stderr) };
}

/**
 * Notebooks that `deno fmt` would change. Each is formatted as a copy elsewhere, because `deno fmt --check` calls every
 * notebook unformatted that it has not formatted itself before.
 *
 * @param config the deno.json with the rules
 *
 * @example
 * ```ts
 * import { unformattedNotebooks } from "./check.ts";
 * import { project } from "../project.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(await unformattedNotebooks([], `${project.root}/deno.json`), []);
 * ```
 */
export async function unformattedNotebooks(paths: readonly string[], config: string): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  const copy = join(folder, "notebook.ipynb");
  const changed: string[] = [];
  try {
    for (const path of paths) {
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(copy, text);
      const args = ["fmt", "--quiet", "--config", config, copy];
      const { success, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
      if (!success) throw new Error(`${path}: ${new TextDecoder().decode(stderr).trim()}`);
      if (await Deno.readTextFile(copy) !== text) changed.push(path);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return changed;
}

// deno run lib/notebook/check.ts: checks the project's notebooks, as `deno task check` does.
if (import.meta.main) {
  const paths: string[] = [];
  for await (const { name } of Deno.readDir(project.notebooks)) {
    if (name.endsWith(".ipynb")) paths.push(join(project.notebooks, name));
  }
  const problems = await checkNotebooks(paths.sort());
  for (const { path, cell, line, message } of problems) {
    console.error(`${path}: code cell ${cell}, line ${line}: ${message}`);
  }
  const unformatted = await unformattedNotebooks(paths, `${project.root}/deno.json`);
  for (const path of unformatted) {
    console.error(`${path}: not formatted. Format a copy outside of notebooks/ with deno fmt.`);
  }
  if (problems.length + unformatted.length > 0) Deno.exit(1);
}
