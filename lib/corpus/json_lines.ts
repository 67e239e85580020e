/** Files of JSON Lines: an object a line. @module */

import type { z } from "zod";
import { readFile } from "../read_file.ts";
import { decode } from "../decode.ts";

/** The value of a line, and where it was read: `"letters.jsonl:3"`. */
export interface JsonLine<T> {
  readonly value: T;
  readonly at: string;
}

/**
 * Reads and checks a file of JSON Lines; blank lines are skipped.
 *
 * @param shape what a line looks like, for the messages: `{"id","text"}`
 * @throws {Error} naming the file (and line, but nothing of its text) when it can't be read, holds no line, or a line is no JSON
 * or of another shape; and whatever {@linkcode decode} finds
 *
 * @example
 * ```ts
 * import { readJsonLines } from "./json_lines.ts";
 * import { deepEqual } from "node:assert/strict";
 * import { z } from "zod";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, '{"id":"a"}\n');
 * deepEqual(await readJsonLines(file, z.object({ id: z.string() }), '{"id"}'), [{ value: { id: "a" }, at: `${file}:1` }]);
 * await Deno.remove(file);
 * ```
 */
export async function readJsonLines<T>(
  file: string,
  schema: z.ZodType<T>,
  shape: string,
  { encoding }: { readonly encoding?: string } = {},
): Promise<JsonLine<T>[]> {
  const lines = decode(await readFile(file), file, encoding).split("\n");
  const found = lines.flatMap((line, i): JsonLine<T>[] => {
    if (line.trim() === "") return [];
    const at = `${file}:${i + 1}`;
    const parsed = parseJsonLine(line, schema, shape);
    if ("problem" in parsed) throw new Error(`${at}: ${parsed.problem}`);
    return [{ value: parsed.value, at }];
  });
  if (found.length === 0) throw new Error(noLine(file, shape));
  return found;
}

/** What to say of a file without a line. */
export function noLine(file: string, shape: string): string {
  return `${file}: no line in it. Expected one object a line: ${shape}.`;
}

/**
 * The value of one line, or what is wrong with it, which quotes nothing of it.
 *
 * @example
 * ```ts
 * import { parseJsonLine } from "./json_lines.ts";
 * import { deepEqual } from "node:assert/strict";
 * import { z } from "zod";
 * deepEqual(parseJsonLine("[1]", z.array(z.number()), "[number]"), { value: [1] });
 * ```
 */
export function parseJsonLine<T>(
  line: string,
  schema: z.ZodType<T>,
  shape: string,
): { readonly value: T } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch { // the parser's own message quotes the line, and so the letter
    return { problem: `not valid JSON. Write one object a line, line breaks in a text as \\n: ${shape}.` };
  }
  const { success, data, error } = schema.safeParse(json);
  if (success) return { value: data };
  const issue = error.issues[0];
  const where = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  return { problem: `${where}${issue?.message}. Expected ${shape}.` };
}
