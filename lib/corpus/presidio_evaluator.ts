/**
 * Data sets of presidio-evaluator, which scores analyzers: an array of `{"full_text","spans":[{"entity_type","entity_value","start_position",
 * "end_position"}],"metadata"}`, as `InputSample.read_dataset_json()` reads it. Offsets in the file count Unicode code points. Source:
 * presidio-evaluator 0.3.2, `data_objects.py`.
 *
 * @module
 */
import { z } from "zod";
import type { Encoder, Format, ReadOptions, WriteOptions } from "./format.ts";
import { stemOf } from "./format.ts";
import type { Letter } from "./letter.ts";
import { offsetsIn } from "./offsets.ts";
import { refuseParts } from "./refuse_parts.ts";
import { readText } from "./text_stream.ts";
import type { Draft } from "./validate.ts";

const samples = z.array(z.looseObject({
  full_text: z.string(),
  spans: z.array(z.looseObject({
    entity_type: z.string(),
    entity_value: z.string().nullish(),
    start_position: z.int(),
    end_position: z.int(),
  })).nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
}));
const shape =
  '[{"full_text","spans":[{"entity_type","entity_value","start_position","end_position"}],"metadata"}]';

/** Letters as presidio-evaluator keeps them. */
export const presidioEvaluator: Format = {
  name: "presidio-evaluator",
  what: "a .presidio.json file (presidio-evaluator's data set)",
  endings: [".presidio.json"],
  folder: false,
  read: readDrafts,
  encoder: (options) => new SampleEncoder(options),
};

async function* readDrafts(file: string, options: ReadOptions): AsyncGenerator<Draft> {
  for (
    const [index, { full_text: text, spans, metadata }] of parse(await readText(file, options), file)
      .entries()
  ) {
    const at = `${file}, sample ${index + 1}`;
    const { id = `${stemOf(file)}-${index + 1}`, ...rest } = metadata ?? {};
    const { toUnits } = offsetsIn(text, options.offsets ?? "code-points");
    yield {
      ...{ id: String(id), text, at },
      meta: Object.fromEntries(
        Object.entries(rest).flatMap(([name, value]) => typeof value === "string" ? [[name, value]] : []),
      ),
      annotations: (spans ?? []).map((
        { entity_type: label, entity_value: covered, start_position, end_position },
      ) => ({
        ...{ start: toUnits(start_position), end: toUnits(end_position), label, at },
        ...typeof covered === "string" && { text: covered },
      })),
    };
  }
}

function parse(json: string, at: string): z.infer<typeof samples> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch { // the parser's own message quotes the file
    throw new Error(`${at}: not valid JSON. Write ${shape}.`);
  }
  const { success, data, error } = samples.safeParse(value);
  if (success) return data;
  const issue = error.issues[0];
  throw new Error(`${at}: ${issue?.path.join(".") || "it"}: ${issue?.message}. Expected ${shape}.`);
}

/** Writes the array sample by sample. */
class SampleEncoder implements Encoder {
  readonly #options: WriteOptions;
  /** What stands before the next sample. */
  state = "[\n";

  constructor(options: WriteOptions) {
    this.#options = options;
  }

  encode(letter: Letter) {
    refuseParts(letter);
    const { id, text, spans, meta } = letter;
    const { fromUnits } = offsetsIn(text, this.#options.offsets ?? "code-points");
    const sample = {
      full_text: text,
      masked: null,
      spans: spans.map(({ start, end, label }) => ({
        entity_type: label,
        entity_value: text.slice(start, end),
        start_position: fromUnits(start),
        end_position: fromUnits(end),
      })),
      template_id: null,
      metadata: { ...meta, id },
    };
    const before = this.state;
    this.state = ",\n";
    return [{ file: "", text: before + JSON.stringify(sample) }];
  }

  end() {
    return [{ file: "", text: `${this.state === "[\n" ? "[" : ""}\n]\n` }];
  }
}
