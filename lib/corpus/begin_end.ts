/**
 * JSON Lines as scorers of de-identification read them: `{"id","text","spans":[{"begin","end","label"}]}`, a letter a line. Offsets in the
 * file count Unicode code points, as Python does.
 *
 * @module
 */
import { z } from "zod";
import { type Format, stateless, type WriteOptions } from "./format.ts";
import { elementColumn } from "./json_columns.ts";
import { jsonDrafts } from "./json_drafts.ts";
import type { Letter } from "./letter.ts";
import { offsetsIn } from "./offsets.ts";
import { refuseParts } from "./refuse_parts.ts";

const schema = z.object({
  id: z.string(),
  text: z.string(),
  spans: z.array(
    z.object({ begin: z.int(), end: z.int(), label: z.string(), text: z.string().exactOptional() }),
  ),
  meta: z.record(z.string(), z.string()).default({}),
});
const shape = '{"id","text","spans":[{"begin","end","label"}]}';

/** Letters in lines of JSON whose spans have a `begin`. */
export const beginEnd: Format = {
  name: "begin-end",
  what: "a .begin.jsonl file (begin, end in code points)",
  endings: [".begin.jsonl"],
  folder: false,
  read: (file, options) =>
    jsonDrafts(file, { schema, shape }, options, (line, { id, text, meta, spans }, at) => {
      const { toUnits } = offsetsIn(text, options.offsets ?? "code-points");
      const annotations = spans.map(({ begin, end, label, text: covered }, index) => ({
        ...{ start: toUnits(begin), end: toUnits(end), label, at },
        ...covered !== undefined && { text: covered },
        get column() {
          return elementColumn(line, "spans", index);
        },
      }));
      return { id, text, meta, annotations, at };
    }),
  encoder: (options) =>
    stateless((letter) => [{ file: "", text: `${JSON.stringify(lineOf(letter, options))}\n` }]),
};

function lineOf(letter: Letter, { offsets = "code-points" }: WriteOptions) {
  const { id, text, spans, meta } = letter;
  refuseParts(letter);
  const { fromUnits } = offsetsIn(text, offsets);
  return {
    ...{ id, text },
    spans: spans.map(({ start, end, label }) => ({ begin: fromUnits(start), end: fromUnits(end), label })),
    ...Object.keys(meta).length > 0 && { meta },
  };
}
