import { deepEqual, equal, rejects } from "node:assert/strict";
import { readBrat, writeBrat } from "./brat.ts";
import { validate } from "./validate.ts";

/** Runs a test in a folder of its own with the given files. */
async function inFolder(
  files: Record<string, string>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, content);
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
    await writeBrat(`${folder}/copy`, letter ? [letter] : []);
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

Deno.test("writeBrat() writes what readBrat() reads, across line breaks of every kind", async () => {
  const text = "\n Pain in\r\nleft\tarm 🙂.\n";
  const annotations = [{ start: 2, end: 19, label: "PROBLEM", at: "" }];
  const letters = validate([{ id: "a b.c", text, meta: {}, annotations, at: "" }]);
  await inFolder({}, async (folder) => {
    await writeBrat(folder, letters);
    deepEqual(await readBrat(folder), letters);
    deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["a b.c.ann", "a b.c.txt"]);
  });
});

Deno.test("writeBrat() rejects an id that would leave the folder, and a label with a blank", async () => {
  const letter = { id: "a", text: "x", spans: [], meta: {} };
  for (const id of ["../a", "a/b", "", ".a"]) {
    await rejects(writeBrat("/nowhere", [{ ...letter, id }]), /cannot name a file/);
  }
  await rejects(
    writeBrat("/nowhere", [{ ...letter, spans: [{ start: 0, end: 1, label: "A B" }] }]),
    /holds a blank/,
  );
});
