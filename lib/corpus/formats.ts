/** The formats of letters, by name and by what lies at a path. @module */
import { nearestName } from "../nearest_name.ts";
import { beginEnd } from "./begin_end.ts";
import { brat } from "./brat.ts";
import { csvHeader } from "./columns.ts";
import { csv } from "./csv.ts";
import type { Format, ReadOptions } from "./format.ts";
import { i2b2, meddocanXml } from "./i2b2.ts";
import { iob } from "./iob.ts";
import { jsonl } from "./jsonl.ts";
import { listFiles } from "./list_files.ts";
import { plainText } from "./plain_text.ts";
import { presidio } from "./presidio.ts";
import { presidioEvaluator } from "./presidio_evaluator.ts";
import { snomed, snomedFiles } from "./snomed.ts";

/** MEDDOCAN is BRAT with labels of its own; its XML has a name of its own. */
const meddocan: Format = { ...brat, name: "meddocan", what: "as brat" };

/** Every format. */
export const formats: readonly Format[] = [
  ...[jsonl, beginEnd, brat, meddocan, meddocanXml, i2b2],
  ...[presidio, presidioEvaluator, snomed, csv, iob, plainText],
];

/** Their names. */
export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** What a path may be, for messages and help. */
export const knownInputs = formats.filter((format) => format !== meddocan && format !== meddocanXml)
  .map(({ what }) => what).join("; ");

/**
 * The format of that name.
 *
 * @throws Error with the nearest name and all names where there is none
 *
 * @example
 * ```ts
 * import { formatNamed } from "./formats.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => formatNamed("i2b3"), /^Error: unknown format "i2b3"\. The nearest is i2b2\. Known: jsonl, /);
 * ```
 */
export function formatNamed(name: string): Format {
  const format = formats.find((one) => one.name === name);
  if (format) return format;
  throw new Error(
    `unknown format "${name}". The nearest is ${nearestName(name, formatNames)}. Known: ${
      formatNames.join(", ")
    }.`,
  );
}

/**
 * The format of what lies at a path, by its name or by the files in the folder.
 *
 * @throws Error when there is nothing, or nothing that is known
 */
export async function formatAt(path: string, options: ReadOptions = {}): Promise<Format> {
  if (await isFolder(path)) return await formatOfFolder(path, options);
  if (/\.csv(\.gz)?$/.test(path)) return await formatOfCsv(path, options);
  const format = formatByName(path);
  if (format) return format;
  throw new Error(
    `${path}: no corpus by its name. Known are ${knownInputs}. Name its format (option format, --from).`,
  );
}

/** The format of a file by its ending, a `.gz` after it left aside; `.begin.jsonl` says more than `.jsonl`. */
export function formatByName(path: string): Format | undefined {
  const name = path.replace(/\.gz$/, "");
  const known = formats.flatMap((format) => format.endings.map((ending) => ({ format, ending })));
  const fitting = known.filter(({ ending }) => name.endsWith(ending));
  return fitting.toSorted((a, b) => b.ending.length - a.ending.length)[0]?.format;
}

async function formatOfFolder(folder: string, options: ReadOptions): Promise<Format> {
  const files = await listFiles(folder, [
    ".ann",
    ".ann.gz",
    ".txt",
    ".txt.gz",
    ".xml",
    ".xml.gz",
    ".csv",
    ".csv.gz",
    ".json",
    ".json.gz",
  ]);
  const has = (ending: string) =>
    files.some((file) => file.endsWith(ending) || file.endsWith(`${ending}.gz`));
  if (has(".ann")) return brat;
  if (has(".txt")) return everyTextHasJson(files) ? presidio : plainText;
  if (has(".xml")) return i2b2;
  if (has(".csv") && (await snomedFiles(folder, options)).notes !== undefined) return snomed;
  return plainText; // which says that there is no .txt file
}

/** Whether beside each letter's text its results lie, as presidio's are kept. */
function everyTextHasJson(files: readonly string[]): boolean {
  const bare = (ending: string) =>
    files.flatMap((file) => {
      const name = file.replace(/\.gz$/, "");
      return name.endsWith(ending) ? [name.slice(0, -ending.length)] : [];
    });
  const results = new Set(bare(".json"));
  return bare(".txt").every((name) => results.has(name));
}

async function formatOfCsv(path: string, options: ReadOptions): Promise<Format> {
  const columns = await csvHeader(path, options);
  if (columns.includes(options.idColumn ?? "id") && columns.includes(options.textColumn ?? "text")) {
    return csv;
  }
  if (columns.includes("note_id") && columns.includes("text")) return snomed;
  throw new Error(
    `${path}: no corpus by its name and columns (${columns.join(", ") || "none"}). ` +
      "Name those of ids and texts (options idColumn and textColumn; --id-column, --text-column).",
  );
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    const absent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
    if (!absent) throw error;
    throw new Error(`${path}: nothing there. Name a file or folder of letters.`);
  }
}

/** A path without slashes at its end. */
export function trimmed(path: string): string {
  return path.replace(/\/+$/, "") || "/";
}
