/** JSON files of a model folder. @module */

import { z } from "zod";
import { readFile } from "../read_file.ts";

/**
 * Reads and checks a JSON file.
 *
 * @param absent what a missing file stands for; left out, a missing file is an error
 * @throws Error in one line, with file, key and value, where the file is missing, half-written, or does not fit the schema
 *
 * @example
 * ```ts
 * import { readJson } from "./read_json.ts";
 * import { z } from "zod";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(await readJson("none.json", z.object({}), {}), {});
 * ```
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>, absent?: NoInfer<T>): Promise<T> {
  let text: string;
  try {
    text = new TextDecoder().decode(await readFile(path, "Name a model folder that has it"));
  } catch (error) {
    const missing = error instanceof Error && error.cause instanceof Deno.errors.NotFound;
    if (missing && absent !== undefined) return absent;
    throw error;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: not JSON, ${text.length} characters: half-written? Fetch or write it again.`, {
      cause: error,
    });
  }
  return checkJson(path, json, () => schema.parse(json));
}

/**
 * What a check makes of the content of a JSON file.
 *
 * @throws Error in one line, with file, key and value, where the check throws a zod error
 */
export function checkJson<T>(path: string, json: unknown, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    const key = issue?.path.join(".") || "file";
    throw new Error(`${path}: ${key} is ${valueAt(json, issue?.path ?? [])}: ${issue?.message}.`);
  }
}

function valueAt(json: unknown, path: readonly PropertyKey[]): string {
  let value = json;
  for (const key of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
