/** JSON Lines: one letter a line, offsets in UTF-16 code units. @module */
import { z } from "zod";
import { readJsonLines } from "./json_lines.ts";
import type { Letter } from "./letter.ts";
import { type Draft, validate } from "./validate.ts";
import { writeFile } from "../write_file.ts";

const schema = z.strictObject({
  id: z.string(),
  text: z.string(),
  spans: z.array(z.strictObject({ start: z.int(), end: z.int(), label: z.string() })).default([]),
  meta: z.record(z.string(), z.string()).default({}),
});
const shape = '{"id","text","spans":[{"start","end","label"}],"meta"}';

/**
 * Reads lines `{"id","text","spans":[{"start","end","label"}],"meta":{}}`; `spans` and `meta` may be left out, blank lines are skipped.
 *
 * @throws Error naming the file and line: whatever {@linkcode readJsonLines} and {@linkcode validate} find.
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
  const lines = await readJsonLines(file, schema, shape, options);
  return validate(lines.map(({ value: { spans, ...letter }, at }): Draft => (
    { ...letter, at, annotations: spans.map((span) => ({ ...span, at })) }
  )));
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
