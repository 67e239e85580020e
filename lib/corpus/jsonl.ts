/** JSON Lines: one letter a line, offsets in UTF-16 code units. @module */
import { z } from "zod";
import { type Format, type ReadOptions, stateless, type WriteOptions } from "./format.ts";
import { elementColumn } from "./json_columns.ts";
import { noLine, parseJsonLine } from "./json_lines.ts";
import type { Letter, Span } from "./letter.ts";
import { type Offsets, offsetsIn } from "./offsets.ts";
import { collected } from "./sift.ts";
import { textLines } from "./text_stream.ts";
import type { Draft } from "./validate.ts";
import { writeFile } from "../write_file.ts";

const stretch = { start: z.int(), end: z.int() };
const span = z.strictObject({
  ...stretch,
  label: z.string(),
  fragments: z.array(z.strictObject(stretch)).min(2).exactOptional(),
});
const schema = z.strictObject({
  id: z.string(),
  text: z.string(),
  spans: z.array(span).default([]),
  meta: z.record(z.string(), z.string()).default({}),
  standoff: z.strictObject({
    names: z.array(z.string()),
    lines: z.array(z.string()),
    mark: z.enum(["counted", "uncounted"]).exactOptional(),
  }).exactOptional(),
});
const shape = '{"id","text","spans":[{"start","end","label"}],"meta"}';

/** Letters in lines of JSON. */
export const jsonl: Format = {
  name: "jsonl",
  what: "a .jsonl file",
  endings: [".jsonl"],
  folder: false,
  read: readDrafts,
  encoder: (options) =>
    stateless((letter) => [{ file: "", text: `${JSON.stringify(lineOf(letter, options))}\n` }]),
};

async function* readDrafts(file: string, options: ReadOptions): AsyncGenerator<Draft> {
  let any = false;
  for await (const { text: line, number } of textLines(file, options)) {
    if (line.trim() === "") continue;
    any = true;
    const at = `${file}:${number}`;
    const parsed = parseJsonLine(line, schema, shape);
    if ("problem" in parsed) {
      yield { id: "", text: "", meta: {}, annotations: [], at, problems: [{ at, message: parsed.problem }] };
      continue;
    }
    const { spans, ...letter } = parsed.value;
    const { toUnits } = offsetsIn(letter.text, options.offsets ?? "utf16");
    const annotations = spans.map((one, index) => ({
      ...moved(one, toUnits),
      at,
      get column() {
        return elementColumn(line, "spans", index);
      },
    }));
    yield { ...letter, at, annotations };
  }
  if (!any) throw new Error(noLine(file, shape));
}

function lineOf({ id, text, spans, meta, standoff }: Letter, { offsets = "utf16" }: WriteOptions) {
  const { fromUnits } = offsetsIn(text, offsets);
  return { id, text, spans: spans.map((one) => moved(one, fromUnits)), meta, ...standoff && { standoff } };
}

function moved<T extends Span>(one: T, by: Offsets["toUnits"]): T {
  const { start, end, fragments } = one;
  const parts = fragments?.map((part) => ({ start: by(part.start), end: by(part.end) }));
  return { ...one, start: by(start), end: by(end), ...parts && { fragments: parts } };
}

/**
 * Reads lines `{"id","text","spans":[{"start","end","label"}],"meta":{}}`; `spans` and `meta` may be left out, blank lines are skipped.
 * The letters are sorted by id.
 *
 * @throws Error naming the file and line when a line is no JSON or of another shape, and whatever `validate` finds.
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
export async function readJsonl(file: string, options: ReadOptions = {}): Promise<Letter[]> {
  return await collected(readDrafts(file, options), options);
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
  await writeFile(file, letters.map((letter) => `${JSON.stringify(lineOf(letter, {}))}\n`).join(""));
}
