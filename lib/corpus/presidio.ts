/**
 * Results of presidio's analyzer: `ID.txt` beside `ID.json`, an array of `{"entity_type","start","end","score"}` as its `/analyze` answers and
 * `RecognizerResult.to_dict()` gives. Offsets in the file count Unicode code points. Source:
 * https://microsoft.github.io/presidio/api/analyzer_python
 *
 * @module
 */
import { z } from "zod";
import { readBytes } from "./byte_stream.ts";
import {
  type Chunk,
  fileName,
  type Format,
  type ReadOptions,
  stateless,
  type WriteOptions,
} from "./format.ts";
import type { Letter } from "./letter.ts";
import { listFiles } from "./list_files.ts";
import { offsetsIn } from "./offsets.ts";
import { refuseParts } from "./refuse_parts.ts";
import { decoded, readText } from "./text_stream.ts";
import { attempt, type Draft } from "./validate.ts";

const results = z.array(z.looseObject({ entity_type: z.string().min(1), start: z.int(), end: z.int() }));
const shape = '[{"entity_type","start","end","score"}]';

/** Letters as presidio's analyzer annotates them. */
export const presidio: Format = {
  name: "presidio",
  what: "a folder of .txt and .json (presidio's analyzer results)",
  endings: [],
  folder: true,
  read: readDrafts,
  encoder: (options) => stateless((letter) => filesOf(letter, options)),
};

async function* readDrafts(folder: string, options: ReadOptions): AsyncGenerator<Draft> {
  const files = await listFiles(folder, [".txt", ".txt.gz"]);
  if (files.length === 0) {
    throw new Error(
      `${folder}: no .txt file in it. Name a folder of letters, each with its .json of results.`,
    );
  }
  const answers = new Set(await listFiles(folder, [".json", ".json.gz"]));
  for (const file of files) {
    const id = file.replace(/\.txt(?:\.gz)?$/, "");
    const own = [`${id}.json`, `${id}.json.gz`].find((name) => answers.has(name));
    yield await attempt(
      id,
      `${folder}/${file}`,
      () => readPair(id, `${folder}/${file}`, own && `${folder}/${own}`, options),
    );
  }
}

async function readPair(
  id: string,
  at: string,
  answer: string | undefined,
  options: ReadOptions,
): Promise<Draft> {
  const text = decoded(await readBytes(at), at, options);
  if (answer === undefined) {
    throw new Error(`${at}: no ${id}.json beside it. Write ${shape} there, [] where nothing was found.`);
  }
  const { toUnits } = offsetsIn(text, options.offsets ?? "code-points");
  const found = parse(await readText(answer, options), answer);
  const annotations = found.map(({ entity_type, start, end }, index) => ({
    ...{ start: toUnits(start), end: toUnits(end), label: entity_type },
    ...{ at: answer, name: String(index + 1) },
  }));
  return { id, text, meta: {}, annotations, at };
}

function parse(json: string, at: string): z.infer<typeof results> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch { // the parser's own message quotes the file
    throw new Error(`${at}: not valid JSON. Write ${shape}.`);
  }
  const { success, data, error } = results.safeParse(value);
  if (success) return data;
  const issue = error.issues[0];
  throw new Error(`${at}: ${issue?.path.join(".") || "it"}: ${issue?.message}. Expected ${shape}.`);
}

function filesOf(letter: Letter, { offsets = "code-points" }: WriteOptions): Chunk[] {
  refuseParts(letter);
  const { text, spans } = letter;
  const name = fileName(letter);
  const { fromUnits } = offsetsIn(text, offsets);
  const found = spans.map(({ start, end, label }) => ({
    entity_type: label,
    start: fromUnits(start),
    end: fromUnits(end),
    score: 1, // a span is found or not
  }));
  return [
    { file: `${name}.txt`, text: text.startsWith("\ufeff") ? `\ufeff${text}` : text, whole: true },
    { file: `${name}.json`, text: `${JSON.stringify(found, null, 1)}\n`, whole: true },
  ];
}
