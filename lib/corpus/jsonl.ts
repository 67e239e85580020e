/** JSON Lines: one letter a line, offsets in UTF-16 code units. @module */
import { z } from "zod";
import { decode } from "./decode.ts";
import type { Letter } from "./letter.ts";
import { type Draft, validate } from "./validate.ts";
import { writeFile } from "../write_file.ts";

const schema = z.strictObject({
  id: z.string(),
  text: z.string(),
  spans: z.array(z.strictObject({ start: z.int(), end: z.int(), label: z.string() })).default([]),
  meta: z.record(z.string(), z.string()).default({}),
});

/**
 * Reads lines `{"id","text","spans":[{"start","end","label"}],"meta":{}}`; `spans` and `meta` may be left out, blank lines are skipped.
 *
 * @throws Error naming the file and line when a line is no JSON or of another shape, and whatever {@linkcode validate} and
 * {@linkcode decode} find.
 *
 * @example
 * ```ts
 * import { readJsonl } from "./jsonl.ts";
 * import { equal } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, '{"id":"a","text":"On aspirin.","spans":[{"start":3,"end":10,"label":"DRUG"}]}\n');
 * const [letter] = await readJsonl(file);
 * equal(letter?.text.slice(3, 10), "aspirin");
 * await Deno.remove(file);
 * ```
 */
export async function readJsonl(file: string, options: { encoding?: string } = {}): Promise<Letter[]> {
  const drafts: Draft[] = [];
  for (
    const [index, line] of decode(await Deno.readFile(file), file, options.encoding).split("\n").entries()
  ) {
    if (line.trim() !== "") drafts.push(parseLine(line, `${file}:${index + 1}`));
  }
  if (drafts.length === 0) throw new Error(`${file}: no letter in it. Expected one JSON object a line.`);
  return validate(drafts);
}

function parseLine(line: string, at: string): Draft {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch { // the parser's own message quotes the line, and so the letter
    throw new Error(`${at}: not valid JSON. Write one object a line, line breaks in a text as \\n.`);
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    const where = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
    throw new Error(
      `${at}: ${where}${issue?.message}. Expected {"id","text","spans":[{"start","end","label"}],"meta"}.`,
    );
  }
  const { spans, ...letter } = result.data;
  return { ...letter, at, annotations: spans.map((span) => ({ ...span, at })) };
}

/**
 * Writes letters as JSON Lines, in the order given.
 *
 * @example
 * ```ts
 * import { readJsonl, writeJsonl } from "./jsonl.ts";
 * import { deepEqual } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * const letters = [{ id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: { fold: "0" } }];
 * await writeJsonl(file, letters);
 * deepEqual(await readJsonl(file), letters);
 * await Deno.remove(file);
 * ```
 */
export async function writeJsonl(file: string, letters: readonly Letter[]): Promise<void> {
  const line = ({ id, text, spans, meta }: Letter) => `${JSON.stringify({ id, text, spans, meta })}\n`;
  await writeFile(file, letters.map(line).join(""));
}
