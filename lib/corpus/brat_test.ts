import { deepEqual, equal, rejects } from "node:assert/strict";
import { readBrat } from "./brat.ts";
import type { ReadOptions } from "./format.ts";
import { letters } from "./letters.ts";
import { splice } from "./splice.ts";
import { validate } from "./validate.ts";
import { writeLetters } from "./write_letters.ts";

/** Runs a test in a folder of its own with the given files. */
async function inFolder(
  files: Record<string, string>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(path, content);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readBrat() reads spans and leaves relations, events, attributes and notes aside", async () => {
  const standoff =
    "T1\tDRUG 3 10\taspirin\nR1\tTreats Arg1:T1 Arg2:T2\nE1\tX:T1\nA1\tNegated T1\nM1\tN T1\nN1\tReference T1 x:1\n" +
    "*\tEquiv T1 T2\n#1\tAnnotatorNotes T1\tsure\n\nT2\tPROBLEM 15 21\tangina\n";
  await inFolder(
    { "a.txt": "On aspirin for angina.\n", "a.ann": standoff, "annotation.conf": "x" },
    async (folder) => {
      const [letter] = await readBrat(folder);
      deepEqual(letter?.spans, [{ start: 3, end: 10, label: "DRUG" }, {
        start: 15,
        end: 21,
        label: "PROBLEM",
      }]);
      equal(letter?.id, "a");
    },
  );
});

Deno.test("readBrat() counts code points in the file and code units in the letter", async () => {
  await inFolder({ "a.txt": "🙂🙂 On aspirin 🙂.", "a.ann": "T1\tDRUG 6 13\taspirin\n" }, async (folder) => {
    const [letter] = await readBrat(folder);
    deepEqual(letter?.spans, [{ start: 8, end: 15, label: "DRUG" }]);
    await writeLetters(`${folder}/copy`, letter ? [letter] : []);
    equal(await Deno.readTextFile(`${folder}/copy/a.ann`), "T1\tDRUG 6 13\taspirin\n");
  });
});

Deno.test("readBrat() takes offsets that count a byte-order mark, and such as do not", async () => {
  for (const standoff of ["T1\tDRUG 3 10\taspirin\n", "T1\tDRUG 4 11\taspirin\n"]) {
    await inFolder({ "a.txt": "\ufeffOn aspirin.", "a.ann": standoff }, async (folder) => {
      deepEqual(await readBrat(folder), [
        { id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} },
      ]);
    });
  }
});

Deno.test("readBrat() names file and line of what it cannot take", async () => {
  const text = "On aspirin for angina.";
  const cases: [Record<string, string>, RegExp][] = [
    [{ "a.txt": text }, /a\.ann: missing beside a\.txt\. Add it \(an empty one/],
    [{ "a.txt": text, "a.ann": "", "b.ann": "" }, /b\.txt: missing beside b\.ann/],
    [{ "a.txt": text, "a.ann": "\nT1\tDRUG 3 5;7 10\tas rin\n" }, /a\.ann:2: span T1 is discontinuous/],
    [{ "a.txt": text, "a.ann": "T1 DRUG 3 10 aspirin\n" }, /a\.ann:1: no line of BRAT standoff/],
    [{ "a.txt": text, "a.ann": "3\t10\tDRUG\n" }, /a\.ann:1: no line of BRAT standoff/],
    [
      { "a.txt": text, "a.ann": "T1\tDRUG 3 10\taspirin\nT1\tPROBLEM 15 21\tangina" },
      /a\.ann:2: T1 is already the span of .*a\.ann:1/,
    ],
    [
      { "a.txt": text, "a.ann": "T1\tDRUG 4 11\taspirin\n" },
      /a\.ann:1: span T1 \[4, 11\) reads "spirin ", annotation says "aspirin"/,
    ],
  ];
  for (const [files, message] of cases) await inFolder(files, (folder) => rejects(readBrat(folder), message));
});

Deno.test("writeLetters() writes what readBrat() reads, across line breaks of every kind", async () => {
  const text = "\n Pain in\r\nleft\tarm 🙂.\n";
  const annotations = [{ start: 2, end: 19, label: "PROBLEM", at: "" }];
  const letters = validate([{ id: "a b.c", text, meta: {}, annotations, at: "" }]);
  await inFolder({}, async (folder) => {
    await writeLetters(folder, letters);
    deepEqual(await readBrat(folder), letters);
    deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["a b.c.ann", "a b.c.txt"]);
  });
});

Deno.test("writeLetters() rejects an id that would leave the folder, and a label with a blank", async () => {
  const letter = { id: "a", text: "x", spans: [], meta: {} };
  for (const id of ["../a", "a/b", "", ".a"]) {
    await rejects(writeLetters(`${Deno.makeTempDirSync()}/none`, [{ ...letter, id }]), /cannot name a file/);
  }
  await rejects(
    writeLetters(`${Deno.makeTempDirSync()}/none`, [{
      ...letter,
      spans: [{ start: 0, end: 1, label: "A B" }],
    }]),
    /holds a blank/,
  );
});

const annotated =
  "T2\tPROBLEM 15 21\tangina\nT9\tDRUG 3 10\taspirin\nR1\tTreats Arg1:T9 Arg2:T2\t\nA1\tNegated T2\n" +
  "#1\tAnnotatorNotes T9\tsure\n*\tEquiv T2 T9\nN1\tReference T9 ATC:B01\tx\n";

Deno.test("readBrat() keeps relations, attributes and notes, and writeLetters() writes them with the names they speak of", async () => {
  await inFolder({ "in/a.txt": "On aspirin for angina.", "in/a.ann": annotated }, async (folder) => {
    const [letter] = await readBrat(`${folder}/in`);
    deepEqual(letter?.spans.map(({ label }) => label), ["DRUG", "PROBLEM"]);
    deepEqual(letter?.standoff?.names, ["T9", "T2"]);
    await writeLetters(`${folder}/out`, letter ? [letter] : []);
    equal(await Deno.readTextFile(`${folder}/out/a.ann`), annotated);
    const moved = letter && splice(letter, [{ start: 0, end: 2, text: "She takes" }]);
    await writeLetters(`${folder}/moved`, moved ? [moved] : []);
    equal(
      await Deno.readTextFile(`${folder}/moved/a.ann`),
      annotated.replace("15 21", "22 28").replace("3 10", "10 17"),
    );
    const fewer = letter && { ...letter, spans: letter.spans.slice(1) };
    await rejects(
      writeLetters(`${folder}/out`, fewer ? [fewer] : []),
      /letter a: 1 spans, but the other lines .* name 2\./,
    );
  });
});

Deno.test("readBrat() refuses, splits or keeps discontinuous spans, and writes what it kept", async () => {
  const text = "Pain in left and right arm.";
  const standoff = "T1\tSITE 8 12;23 26\tleft arm\nT2\tSITE 17 26\tright arm\n";
  await inFolder({ "in/a.txt": text, "in/a.ann": standoff }, async (folder) => {
    const read = (options: ReadOptions) => readBrat(`${folder}/in`, options);
    await rejects(read({}), /a\.ann:1: span T1 is discontinuous/);
    await rejects(read({ discontinuous: "keep" }), /a\.ann:2: span T2 \[17, 26\) overlaps span T1 \[8, 26\)/);
    await rejects(read({ discontinuous: "split" }), /a\.ann:1: span T1 \[23, 26\) overlaps span T2/);
    const [split] = await read({ discontinuous: "split", overlapping: "keep" });
    deepEqual(
      split?.spans,
      [[8, 12], [17, 26], [23, 26]].map(([start, end]) => ({ start, end, label: "SITE" })),
    );
    const kept = await read({ discontinuous: "keep", overlapping: "keep" });
    deepEqual(kept[0]?.spans[0], {
      start: 8,
      end: 26,
      label: "SITE",
      fragments: [{ start: 8, end: 12 }, { start: 23, end: 26 }],
    });
    await writeLetters(`${folder}/out`, kept);
    equal(await Deno.readTextFile(`${folder}/out/a.ann`), standoff);
    for (const name of ["out.jsonl", "out.csv"]) {
      await writeLetters(`${folder}/${name}`, kept);
      deepEqual(await letters(`${folder}/${name}`, { overlapping: "keep" }), kept);
      await rejects(letters(`${folder}/${name}`), /overlaps/);
    }
    const wrong = standoff.replace("left arm", "left leg");
    await Deno.writeTextFile(`${folder}/in/a.ann`, wrong);
    await rejects(
      read({ discontinuous: "keep", overlapping: "keep" }),
      /a\.ann:1: span T1 \[8, 26\) reads "left arm", annotation says "left leg"/,
    );
  });
});

Deno.test("splice() moves the parts of a discontinuous span", () => {
  const span = { start: 4, end: 9, label: "X", fragments: [{ start: 4, end: 5 }, { start: 8, end: 9 }] };
  const { spans } = splice({ id: "a", text: "one two three", spans: [span], meta: {} }, [{
    start: 0,
    end: 3,
    text: "x",
  }]);
  deepEqual(spans[0]?.fragments, [{ start: 2, end: 3 }, { start: 6, end: 7 }]);
});
