/** What the openly licensed corpora say of the readers and writers. */
import { deepEqual, equal } from "node:assert/strict";
import { letters, lettersOf, type LettersOptions } from "./letters.ts";
import type { Letter } from "./letter.ts";
import { sharedFolder } from "./shared_folder.ts";
import { writeLetters, type WriteLettersOptions } from "./write_letters.ts";

const shared = sharedFolder("data") ?? "";
const ignore = shared === "";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes letters at a path in each way, and reads them back. */
async function throughAll(corpus: readonly Letter[], ways: Readonly<Record<string, WriteLettersOptions>>) {
  await inFolder(async (folder) => {
    for (const [name, options] of Object.entries(ways)) {
      await writeLetters(`${folder}/${name}`, corpus, options);
      const { format } = options;
      deepEqual(await letters(`${folder}/${name}`, format === undefined ? {} : { format }), corpus, name);
    }
  });
}

const spanFormats = {
  "l.jsonl.gz": {},
  "l.csv": {},
  brat: {},
  xml: { format: "meddocan-xml" },
  snomed: { format: "snomed" },
  "l.tsv": {},
} as const;

Deno.test({
  name: "MEDDOCAN goes through every format that has spans",
  ignore,
  async fn() {
    const corpus = await letters(`${shared}/meddocan/dev`);
    equal(corpus.length, 250);
    await throughAll(corpus, spanFormats);
  },
});

Deno.test({
  name: "MEDDOCAN keeps every byte from BRAT to BRAT, byte-order marks and names of annotations included",
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      for (const part of ["dev", "train"]) {
        await writeLetters(`${folder}/${part}`, lettersOf(`${shared}/meddocan/${part}`, { lossless: true }));
        for await (const { name } of Deno.readDir(`${shared}/meddocan/${part}`)) {
          deepEqual(
            await Deno.readFile(`${folder}/${part}/${name}`),
            await Deno.readFile(`${shared}/meddocan/${part}/${name}`),
            name,
          );
        }
      }
    }),
});

Deno.test({
  name: "BC5CDR and NCBI-disease keep every byte from IOB to IOB",
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      for (
        const file of [
          "bc5cdr/train.tsv",
          "bc5cdr/devel.tsv",
          "ncbi-disease/train.tsv",
          "ncbi-disease/devel.tsv",
        ]
      ) {
        const out = `${folder}/${file.split("/")[1]}`;
        await writeLetters(out, lettersOf(`${shared}/${file}`), { tokens: "blanks" });
        equal(await Deno.readTextFile(out), await Deno.readTextFile(`${shared}/${file}`), file);
      }
    }),
});

Deno.test({
  name:
    "the Swedish sentences are read with their tabs and blanks, zeros and bare labels; the one line without a tag is told",
  ignore,
  async fn() {
    const file = `${shared}/swedish-ner/train.txt`;
    const told: string[] = [];
    const options: LettersOptions = {
      format: "iob",
      onBad: (problems) => told.push(...problems.map(({ at }) => at)),
    };
    const corpus = await letters(file, options);
    deepEqual(told, [`${file}:90310`]);
    equal(corpus.length, 6884);
    deepEqual(
      new Set(corpus.flatMap(({ spans }) => spans.map(({ label }) => label))),
      new Set(["PER", "LOC", "ORG", "MISC"]),
    );
    await throughAll(corpus, { "l.tsv": { tokens: "blanks" }, "l.jsonl": {} });
  },
});

Deno.test({
  name: "ACI-BENCH and MTS-Dialog keep every character of their multi-line fields",
  ignore,
  async fn() {
    const notes = await letters(`${shared}/aci-bench/train.csv`, {
      format: "csv",
      idColumn: "encounter_id",
      textColumn: "note",
    });
    equal(notes.length, 67);
    deepEqual(Object.keys(notes[0]?.meta ?? {}), ["dataset", "dialogue"]);
    await throughAll(notes, { "l.csv": {}, "l.jsonl": {} });
    const bare = notes.map((letter) => ({ ...letter, meta: {} }));
    await throughAll(bare, {
      text: { format: "text" },
      xml: { format: "i2b2" },
      snomed: { format: "snomed" },
    });
    const sections = await letters(`${shared}/mts-dialog/MTS-Dialog-TrainingSet.csv`, {
      format: "csv",
      idColumn: "ID",
      textColumn: "section_text",
    });
    equal(sections.length, 1201);
    await throughAll(sections, { "l.csv.gz": {} });
  },
});

Deno.test({
  name: "WikiText keeps every byte as a text file",
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await writeLetters(`${folder}/wiki`, lettersOf(`${shared}/wikitext-2/valid.txt`), { format: "text" });
      equal(
        await Deno.readTextFile(`${folder}/wiki/valid.txt`),
        await Deno.readTextFile(`${shared}/wikitext-2/valid.txt`),
      );
    }),
});
