/** Where in a cell an error happened. @module */

import { SourceMap } from "node:module";
import type { CellError } from "./outputs.ts";

/** A place in a cell and what went wrong there. */
export interface Fault {
  /** Line of the cell, from 1, where it can be told. */
  readonly line: number | undefined;
  /** Class and message of the error, the message cut to its first line. */
  readonly message: string;
}

/**
 * Finds the line of a cell that an error comes from. The kernel names lines of the JavaScript that the cell was
 * transpiled to, and of a syntax error says nothing at all; so the cell is transpiled once more, with a source map.
 *
 * Needs `--allow-run` for the Deno executable, and a temporary folder.
 *
 * @example
 * ```ts
 * import { findFault } from "./source_line.ts";
 * import { deepEqual } from "node:assert/strict";
 * const error = { output_type: "error" as const, ename: "Error", evalue: "no", traceback: ["Error: no", "    at <anonymous>:1:7"] };
 * deepEqual(await findFault("interface A {}\n\nthrow new Error('no');", error), { line: 3, message: "Error: no" });
 * ```
 */
export async function findFault(source: string, { ename, evalue, traceback }: CellError): Promise<Fault> {
  const { map, syntaxError } = await transpile(source);
  if (syntaxError) return syntaxError;
  const message = `${ename}: ${evalue.split("\n")[0]}`;
  // The outermost frame is the cell's own; the frames above it may lie in functions of earlier cells.
  const frame = traceback.findLast((line) => /^\s*at (?:async )?<anonymous>:\d/.test(line));
  const [, line, column] = frame?.match(/<anonymous>:(\d+):(\d+)/) ?? [];
  if (!map || line === undefined || column === undefined) return { line: undefined, message };
  const entry = map.findEntry(Number(line) - 1, line === "1" ? 0 : Number(column) - 1);
  return { line: "originalLine" in entry ? entry.originalLine + 1 : undefined, message };
}

async function transpile(source: string): Promise<{ map?: SourceMap; syntaxError?: Fault }> {
  const folder = await Deno.makeTempDir({ prefix: "palimpsest-cell-" });
  try {
    await Deno.writeTextFile(`${folder}/cell.ts`, withoutImports(source));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["transpile", "--no-config", "--source-map", "separate", "--output", "cell.js", "cell.ts"],
      cwd: folder,
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      stdout: "null",
    }).output();
    if (success) return { map: new SourceMap(JSON.parse(await Deno.readTextFile(`${folder}/cell.js.map`))) };
    const said = new TextDecoder().decode(stderr);
    const [, message] = said.match(/^error: (.*)$/m) ?? [];
    const [, line] = said.match(/cell\.ts:(\d+):\d+/) ?? [];
    return {
      syntaxError: { line: line === undefined ? undefined : Number(line), message: message ?? "SyntaxError" },
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * The kernel turns each import into one statement; the transpiler drops those it finds unused. So that lines are
 * counted alike, an import becomes a statement that stays, and an import of types becomes nothing, as in the kernel.
 */
function withoutImports(source: string): string {
  return source.replace(
    /^import\s+(type\s)?(?:[^'"();]*?\sfrom\s*)?(["'])[^"'\n]*\2;?/gm,
    (statement, type) => {
      const newlines = "\n".repeat(statement.split("\n").length - 1);
      return (type ? "" : "void 0;") + newlines;
    },
  );
}
