/** Letters in JSON Lines, whatever an object holds. @module */

import type { z } from "zod";
import type { ReadOptions } from "./format.ts";
import { noLine, parseJsonLine } from "./json_lines.ts";
import { textLines } from "./text_stream.ts";
import type { Draft } from "./validate.ts";

/**
 * A letter a line, blank lines skipped. A line that is no letter becomes a draft with the problem, so that all problems of a file are told
 * at once.
 *
 * @param shape what a line looks like, for the messages: `{"id","text"}`
 * @param draftOf the letter of a line, its value and where it stands
 * @throws {Error} where the file can't be read or holds no line
 *
 * @example
 * ```ts
 * import { jsonDrafts } from "./json_drafts.ts";
 * import { deepEqual } from "node:assert/strict";
 * import { z } from "zod";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, '{"text":"She was well."}\n{"texts":1}\n');
 * const lines = { schema: z.object({ text: z.string() }), shape: '{"text"}' };
 * const drafts = await Array.fromAsync(jsonDrafts(file, lines, {}, (_line, { text }, at) => (
 *   { id: at, text, meta: {}, annotations: [], at }
 * )));
 * deepEqual(drafts.map(({ text, problems }) => [text, problems?.length]), [["She was well.", undefined], ["", 1]]);
 * ```
 */
export async function* jsonDrafts<T>(
  file: string,
  { schema, shape }: { readonly schema: z.ZodType<T>; readonly shape: string },
  options: ReadOptions,
  draftOf: (line: string, value: T, at: string) => Draft,
): AsyncGenerator<Draft> {
  let any = false;
  for await (const { text: line, number } of textLines(file, options)) {
    if (line.trim() === "") continue;
    any = true;
    const at = `${file}:${number}`;
    const parsed = parseJsonLine(line, schema, shape);
    yield "problem" in parsed
      ? { id: "", text: "", meta: {}, annotations: [], at, problems: [{ at, message: parsed.problem }] }
      : draftOf(line, parsed.value, at);
  }
  if (!any) throw new Error(noLine(file, shape));
}
