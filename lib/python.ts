/** The Python beside which some tests and benchmarks measure; the product never needs it. @module */

/**
 * The interpreter, if it has the modules: `python3`, or what the environment variable `PYTHON` names. Where it does not,
 * says on stderr what is skipped and why, and gives undefined.
 *
 * @example
 * ```ts
 * import { pythonWith } from "./python.ts";
 * import { equal } from "node:assert/strict";
 * equal(await pythonWith("a_module_that_nobody_has"), undefined);
 * ```
 */
export async function pythonWith(...modules: readonly string[]): Promise<string | undefined> {
  const python = Deno.env.get("PYTHON") ?? "python3";
  const why = await missing(python, modules);
  if (why === undefined) return python;
  console.error(`skipped beside Python: ${why}`);
  return undefined;
}

async function missing(python: string, modules: readonly string[]): Promise<string | undefined> {
  try {
    const find =
      "import importlib.util, sys; print(*[m for m in sys.argv[1:] if not importlib.util.find_spec(m)])";
    const { success, stdout } = await new Deno.Command(python, {
      args: ["-c", find, ...modules],
      stderr: "null",
    }).output();
    const absent = new TextDecoder().decode(stdout).trim();
    if (!success) return `${python} does not run`;
    return absent === "" ? undefined : `${python} has no module ${absent}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `there is no ${python}`;
    throw error;
  }
}
