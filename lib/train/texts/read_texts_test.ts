import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { sharedFolder } from "../../corpus/shared_folder.ts";
import { csvColumn } from "./csv_column.ts";
import { iobTexts } from "./iob.ts";
import { readTexts } from "./read_texts.ts";
import { TextSource } from "./source.ts";
import { wikitextArticles } from "./wikitext.ts";

const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();

async function inFolder(files: Record<string, string>, test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readTexts() reads each kind of source", async () => {
  const files = {
    "notes.csv": 'id,note\n1,"CHIEF COMPLAINT\n\nCough."\n2,"Seen, ""well""."\n',
    "wiki.txt": " = Tea = \n \n Black @-@ green tea . \n",
    "tags.tsv": "No\tO\nfever\tB-Disease\n.\tO\n\nWell\tO\n.\tO\n",
  };
  await inFolder(files, async (folder) => {
    const read = async (file: keyof typeof files, kind: object) => {
      const hash = await sha256(new TextEncoder().encode(files[file]));
      return readTexts(
        TextSource.parse({ file, sha256: hash, corpus: "c", licence: "l", from: "us", ...kind }),
        folder,
      );
    };
    deepEqual(await read("notes.csv", { kind: "csv", column: "note" }), [
      "CHIEF COMPLAINT\n\nCough.",
      'Seen, "well".',
    ]);
    deepEqual(await read("wiki.txt", { kind: "wikitext" }), ["Tea\nBlack-green tea."]);
    deepEqual(await read("tags.tsv", { kind: "iob", sentences: 1 }), ["No fever.", "Well."]);
  });
});

Deno.test("readTexts() refuses a file that is not the one the recipe names", async () => {
  await inFolder({ "a.txt": "changed" }, async (folder) => {
    const source = (file: string) =>
      TextSource.parse({
        kind: "wikitext",
        file,
        sha256: "0".repeat(64),
        corpus: "c",
        licence: "l",
        from: "https://example.org/a",
      });
    const actual = await sha256(new TextEncoder().encode("changed"));
    await rejects(readTexts(source("a.txt"), folder), {
      message: `${folder}/a.txt: sha256 ${actual}, the recipe names ${
        "0".repeat(64)
      }. Get it from https://example.org/a.`,
    });
    await rejects(readTexts(source("b.txt"), folder), {
      message: `${folder}/b.txt: missing. Get it from https://example.org/a.`,
    });
  });
});

Deno.test("TextSource fills in defaults and refuses unknown keys", () => {
  const source = { kind: "iob", file: "a", sha256: "0".repeat(64), corpus: "c", licence: "l", from: "b" };
  deepEqual(TextSource.parse(source), { ...source, sentences: 8, weight: 1 });
  throws(() => TextSource.parse({ ...source, weigth: 2 }), /weigth/);
  throws(() => TextSource.parse({ ...source, weight: 0 }), /weight/);
});

Deno.test("wikitextArticles() keeps [UNK] for rare words and drops paragraphs that are full of them", () => {
  const file = " = A = \n \n One <unk> in five words . \n <unk> <unk> is <unk> . \n \n = = B = = \n x = y \n";
  deepEqual(wikitextArticles(file), ["A\nOne [UNK] in five words.\nB\nx = y"]);
});

Deno.test("iobTexts() mends decimals that were broken over sentences, arrows, and full stops set twice", () => {
  const tsv = (text: string) => text.split(" ").map((token) => token === "|" ? "" : `${token}\tO`).join("\n");
  deepEqual(iobTexts(tsv("was 6 . | 7 % ( T - - > C ) . . | Next"), "f"), ["was 6.7% (T --> C). Next"]);
  throws(() => iobTexts("She\tO\nhad O\n", "a.tsv"), /^Error: a\.tsv:2: no word, tab, label/);
});

Deno.test("csvColumn() names the file, line and columns in its errors", () => {
  throws(() => csvColumn("id,note\n1,a,b\n", "a.csv", "note"), /^Error: a\.csv:2: malformed CSV/);
  throws(() => csvColumn('id,note\n1,"a\n', "a.csv", "note"), /^Error: a\.csv:.*CSV_QUOTE_NOT_CLOSED/);
  throws(() => csvColumn("id,note\n1,a\n", "a.csv", "text"), /no column "text"\. It has id, note\./);
});

// [file, how it is read, texts, least number of characters]
const REAL = [
  ["aci-bench/train.csv", { kind: "csv", column: "note" }, 67, 170_000],
  ["mts-dialog/MTS-Dialog-TrainingSet.csv", { kind: "csv", column: "section_text" }, 1201, 290_000],
  ["bc5cdr/train.tsv", { kind: "iob" }, 570, 640_000],
  ["ncbi-disease/train.tsv", { kind: "iob" }, 657, 730_000],
  ["wikitext-2/valid.txt", { kind: "wikitext" }, 60, 1_050_000],
] as const;

for (const [file, kind, texts, characters] of REAL) {
  Deno.test(`readTexts() makes prose of ${file}`, async () => {
    const corpora = sharedFolder("data");
    if (corpora === undefined) return;
    const bytes = await Deno.readFile(`${corpora}/${file}`);
    const source = TextSource.parse({
      file,
      sha256: await sha256(bytes),
      corpus: "c",
      licence: "l",
      from: "its authors",
      ...kind,
    });
    const read = await readTexts(source, corpora);
    equal(read.length, texts);
    const all = read.join("\n");
    ok(all.length > characters, `${all.length} characters`);
    if (kind.kind !== "csv") equal(all.search(/ [,;?!)\]]|[(\[] |@[-.,]@|<unk>/), -1);
  });
}
