/** JSON Lines: one letter a line, offsets in UTF-16 code units. @module */
import { z } from "zod";
import { type Format, stateless, type WriteOptions } from "./format.ts";
import { elementColumn } from "./json_columns.ts";
import { jsonDrafts } from "./json_drafts.ts";
import type { Letter, Span } from "./letter.ts";
import { type Offsets, offsetsIn } from "./offsets.ts";

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
  read: (file, options) =>
    jsonDrafts(file, { schema, shape }, options, (line, { spans, ...letter }, at) => {
      const { toUnits } = offsetsIn(letter.text, options.offsets ?? "utf16");
      const annotations = spans.map((one, index) => ({
        ...moved(one, toUnits),
        at,
        get column() {
          return elementColumn(line, "spans", index);
        },
      }));
      return { ...letter, at, annotations };
    }),
  encoder: (options) =>
    stateless((letter) => [{ file: "", text: `${JSON.stringify(lineOf(letter, options))}\n` }]),
};

function lineOf({ id, text, spans, meta, standoff }: Letter, { offsets = "utf16" }: WriteOptions) {
  const { fromUnits } = offsetsIn(text, offsets);
  return { id, text, spans: spans.map((one) => moved(one, fromUnits)), meta, ...standoff && { standoff } };
}

function moved<T extends Span>(one: T, by: Offsets["toUnits"]): T {
  const { start, end, fragments } = one;
  const parts = fragments?.map((part) => ({ start: by(part.start), end: by(part.end) }));
  return { ...one, start: by(start), end: by(end), ...parts && { fragments: parts } };
}
