/**
 * BRAT standoff: `ID.txt` beside `ID.ann`, whose lines `T1<TAB>LABEL start end<TAB>text` are the spans.
 * Offsets in the file count Unicode code points. Source: https://brat.nlplab.org/standoff.html
 *
 * @module
 */
import { keptStandoff, parseStandoff, placed, standoffText } from "./brat_standoff.ts";
import { readBytes } from "./byte_stream.ts";
import { foldsOf } from "./folds_file.ts";
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
import { offsetsIn, type OffsetUnit } from "./offsets.ts";
import { collected } from "./sift.ts";
import { decoded, readText } from "./text_stream.ts";
import { attempt, coveredText, type Draft } from "./validate.ts";

/** Letters as BRAT keeps them. */
export const brat: Format = {
  name: "brat",
  what: "a folder of .txt and .ann (BRAT)",
  endings: [],
  folder: true,
  read: readDrafts,
  encoder: (options) => stateless((letter) => filesOf(letter, options)),
};

/** With a `folds.json` beside the letters, `meta.fold` and `meta.specialty` are set from it. */
async function* readDrafts(folder: string, options: ReadOptions): AsyncGenerator<Draft> {
  const [file] = await listFiles(folder, ["folds.json"]);
  if (file !== "folds.json") return yield* readPairs(folder, options);
  const at = `${folder}/${file}`;
  const folds = foldsOf(await readText(at), at);
  folds.check(new Set((await pairsIn(folder)).keys()));
  for await (const draft of readPairs(folder, options)) yield { ...draft, meta: folds.metaOf(draft) };
}

async function* readPairs(folder: string, options: ReadOptions): AsyncGenerator<Draft> {
  for (const [id, pair] of await pairsIn(folder)) {
    yield await attempt(id, `${folder}/${id}.txt`, () => readPair(folder, id, pair, options));
  }
}

interface Pair {
  readonly text?: string;
  readonly standoff?: string;
}

/** The files of each letter, in the order of their ids. */
async function pairsIn(folder: string): Promise<Map<string, Pair>> {
  const pairs = new Map<string, Pair>();
  for (const file of await listFiles(folder, [".txt", ".ann", ".txt.gz", ".ann.gz"])) {
    const [, id = "", kind] = /^(.*)\.(txt|ann)(?:\.gz)?$/.exec(file) ?? [];
    pairs.set(id, { ...pairs.get(id), [kind === "txt" ? "text" : "standoff"]: file });
  }
  return new Map([...pairs].sort(([a], [b]) => a < b ? -1 : 1));
}

async function readPair(
  folder: string,
  id: string,
  { text: textFile, standoff: standoffFile }: Pair,
  options: ReadOptions,
): Promise<Draft> {
  const empty = { id, text: "", meta: {}, annotations: [] };
  if (textFile === undefined || standoffFile === undefined) {
    const at = `${folder}/${id}.${textFile === undefined ? "txt" : "ann"}`;
    const hint = textFile === undefined ? "" : " (an empty one if the letter has no spans)";
    const there = textFile ?? standoffFile ?? "";
    const message = `missing beside ${there}. Add it${hint}, or remove ${there}.`;
    return { ...empty, at, problems: [{ at, message }] };
  }
  const [textAt, standoffAt] = [`${folder}/${textFile}`, `${folder}/${standoffFile}`];
  const bytes = await readBytes(textAt);
  const text = decoded(bytes, textAt, options);
  const parsed = parseStandoff(
    await readText(standoffAt, options),
    standoffAt,
    options.discontinuous ?? "refuse",
  );
  if (parsed.problems.length > 0) return { ...empty, at: textAt, problems: parsed.problems };
  const unit = options.offsets ?? "code-points";
  const offsets = offsetsIn(text, unit);
  // Tools that keep a byte-order mark count it as a character (as in MEDDOCAN), others do not: the covered texts tell which.
  const shifted = startsWithMark(bytes) ? placed(parsed.annotations, offsets, markLength(unit)) : undefined;
  const counted = shifted?.every((span) =>
    span.text === undefined || coveredText(text, span).replace(/[\r\n\t]/g, " ") === span.text
  );
  const annotations = shifted && counted ? shifted : placed(parsed.annotations, offsets, 0);
  const mark = shifted && (counted ? "counted" : "uncounted");
  const standoff = keptStandoff(parsed, annotations, mark, options.lossless ?? false);
  return { id, text, meta: {}, annotations, at: textAt, ...standoff && { standoff } };
}

function startsWithMark([a, b, c]: Uint8Array): boolean {
  return (a === 0xef && b === 0xbb && c === 0xbf) || (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
}

/** What a byte-order mark counts. */
function markLength(unit: OffsetUnit): number {
  return unit === "bytes" ? 3 : 1;
}

function filesOf(letter: Letter, { offsets: unit = "code-points" }: WriteOptions): Chunk[] {
  const name = fileName(letter);
  const { id, text, spans, standoff } = letter;
  const blank = spans.find(({ label }) => /\s/.test(label));
  if (blank) {
    throw new Error(
      `letter ${id}: label "${blank.label}" holds a blank, which BRAT does not allow. Rename it.`,
    );
  }
  // A letter that begins with U+FEFF itself needs a mark before it, or its own would be taken for one.
  const mark = standoff?.mark ?? (text.startsWith("\ufeff") ? "counted" : undefined);
  const shift = mark === "counted" ? markLength(unit) : 0;
  const annotations = standoffText(letter, offsetsIn(text, unit), shift);
  return [
    { file: `${name}.txt`, text: `${mark === undefined ? "" : "\ufeff"}${text}`, whole: true },
    { file: `${name}.ann`, text: annotations, whole: true },
  ];
}

/**
 * Reads a folder of BRAT letters, sorted by id. Relations, events, attributes, normalisations, equivalences and notes are kept in
 * `standoff`; other files of the folder are left alone. A byte-order mark is no part of a letter, whether or not the offsets in the `.ann` count it.
 *
 * @throws Error naming the file (and line) when a `.ann` or `.txt` lacks its partner, a line is malformed, a span is discontinuous
 * (unless an option says what becomes of it), and whatever `validate` and `decode` find.
 *
 * @example
 * ```ts
 * import { readBrat } from "./brat.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.txt`, "On aspirin.");
 * await Deno.writeTextFile(`${folder}/a.ann`, "T1\tDRUG 3 10\taspirin\n");
 * const [letter] = await readBrat(folder);
 * equal(letter?.spans[0]?.label, "DRUG");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function readBrat(folder: string, options: ReadOptions = {}): Promise<Letter[]> {
  return await collected(readPairs(folder, options), options);
}
