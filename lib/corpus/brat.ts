/**
 * BRAT standoff: `ID.txt` beside `ID.ann`, whose lines `T1<TAB>LABEL start end<TAB>text` are the spans.
 * Offsets in the file count Unicode code points. Source: https://brat.nlplab.org/standoff.html
 *
 * @module
 */
import { offsetMap } from "./code_points.ts";
import { decode } from "../decode.ts";
import type { Letter } from "./letter.ts";
import { listFiles } from "./list_files.ts";
import { type Annotation, type Draft, validate } from "./validate.ts";
import { readFile } from "../read_file.ts";
import { writeFiles } from "../write_file.ts";

/** Relations, events, attributes, normalisations, equivalences and notes say nothing of where a span lies. */
const ignoredKinds = /^[REAMN*#]/;
const spanLine = /^(T\S*)\t(\S+) (\d+) (\d+)\t(.*)$/;
const discontinuous = /^T\S*\t\S+ \d+ \d+(;\d+ \d+)+\t/;

/**
 * Reads a folder of BRAT letters; only the text-bound annotations (`T` lines). Other files of the folder are left alone.
 * A byte-order mark is no part of a letter, whether or not the offsets in the `.ann` count it.
 *
 * @throws Error naming the file (and line) when a `.ann` or `.txt` lacks its partner, a line is malformed, a span is discontinuous,
 * and whatever {@linkcode validate} and {@linkcode decode} find.
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
export async function readBrat(folder: string, options: { encoding?: string } = {}): Promise<Letter[]> {
  const files = new Set(await listFiles(folder, [".txt", ".ann"]));
  for (const file of files) {
    const partner = file.endsWith(".ann") ? `${file.slice(0, -4)}.txt` : `${file.slice(0, -4)}.ann`;
    if (files.has(partner)) continue;
    const hint = partner.endsWith(".ann") ? " (an empty one if the letter has no spans)" : "";
    throw new Error(`${folder}/${partner}: missing beside ${file}. Add it${hint}, or remove ${file}.`);
  }
  const bytesOf = (file: string) => readFile(`${folder}/${file}`);
  const text = (bytes: Uint8Array, file: string) => decode(bytes, `${folder}/${file}`, options.encoding);
  const ids = [...files].filter((file) => file.endsWith(".txt")).map((file) => file.slice(0, -4));
  const drafts = ids.map(async (id): Promise<Draft> => {
    const [letter, standoff] = await Promise.all([bytesOf(`${id}.txt`), bytesOf(`${id}.ann`)]);
    const decoded = text(letter, `${id}.txt`);
    const stated = parseStandoff(text(standoff, `${id}.ann`), `${folder}/${id}.ann`);
    const annotations = place(stated, decoded, startsWithMark(letter));
    return { id, text: decoded, meta: {}, annotations, at: `${folder}/${id}.txt` };
  });
  return validate(await Promise.all(drafts));
}

/** Offsets in code points, as the file states them, to those of the letter. */
function place(stated: readonly Annotation[], text: string, marked: boolean): Annotation[] {
  const { toUnits } = offsetMap(text);
  const moved = (by: number) =>
    stated.map((span) => ({ ...span, start: toUnits(span.start + by), end: toUnits(span.end + by) }));
  // Tools that keep a byte-order mark count it as a character (as in MEDDOCAN), others do not: the covered texts tell which.
  const uncounted = marked ? moved(-1) : [];
  return marked &&
      uncounted.every(({ start, end, text: covered }) =>
        text.slice(start, end).replace(/[\r\n]/g, " ") === covered
      )
    ? uncounted
    : moved(0);
}

function startsWithMark([a, b, c]: Uint8Array): boolean {
  return (a === 0xef && b === 0xbb && c === 0xbf) || (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
}

function parseStandoff(standoff: string, file: string): Annotation[] {
  const annotations: Annotation[] = [];
  const names = new Map<string, string>();
  for (const [index, line] of standoff.split(/\r?\n/).entries()) {
    if (line.trim() === "" || ignoredKinds.test(line)) continue;
    const at = `${file}:${index + 1}`;
    if (discontinuous.test(line)) {
      throw new Error(
        `${at}: span ${
          line.split("\t")[0]
        } is discontinuous (start end;start end). Split it into one span a part.`,
      );
    }
    const [, name, label, start, end, covered] = spanLine.exec(line) ?? [];
    if (name === undefined || label === undefined || covered === undefined) {
      throw new Error(`${at}: no line of BRAT standoff. Write T1<TAB>LABEL start end<TAB>text.`);
    }
    const before = names.get(name);
    if (before !== undefined) {
      throw new Error(`${at}: ${name} is already the span of ${before}. Give it another number.`);
    }
    names.set(name, at);
    annotations.push({
      at,
      name,
      label,
      start: Number(start),
      end: Number(end),
      text: covered,
    });
  }
  return annotations;
}

/**
 * Writes letters as BRAT into a folder, which is made if it does not exist: all of them or none. What BRAT has no place for (`meta`) is not written.
 *
 * @throws Error when an id cannot be a file's name or a label holds a blank, and as {@linkcode writeFiles} does.
 *
 * @example
 * ```ts
 * import { readBrat, writeBrat } from "./brat.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const letters = [{ id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} }];
 * await writeBrat(folder, letters);
 * deepEqual(await readBrat(folder), letters);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeBrat(folder: string, letters: readonly Letter[]): Promise<void> {
  for (const { id, spans } of letters) {
    if (!/^[^/\\\0]+$/.test(id) || id.startsWith(".")) {
      throw new Error(`id "${id}" cannot name a file. Rename the letter.`);
    }
    const blank = spans.find(({ label }) => /\s/.test(label));
    if (blank) {
      throw new Error(
        `letter ${id}: label "${blank.label}" holds a blank, which BRAT does not allow. Rename it.`,
      );
    }
  }
  const files: Record<string, string> = {};
  for (const { id, text, spans } of letters) {
    const { toPoints } = offsetMap(text);
    const lines = spans.map(({ start, end, label }, index) => {
      const covered = text.slice(start, end).replace(/[\r\n]/g, " ");
      return `T${index + 1}\t${label} ${toPoints(start)} ${toPoints(end)}\t${covered}\n`;
    });
    files[`${folder}/${id}.txt`] = text;
    files[`${folder}/${id}.ann`] = lines.join("");
  }
  await writeFiles(files);
}
