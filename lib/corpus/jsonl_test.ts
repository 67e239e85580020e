import { deepEqual, equal, rejects } from "node:assert/strict";
import { letters } from "./letters.ts";
import { writeLetters } from "./write_letters.ts";

async function inFile(content: string, test: (file: string) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile({ suffix: ".jsonl" });
  try {
    await Deno.writeTextFile(file, content);
    await test(file);
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("letters() of JSON Lines fills in what may be left out, skips blank lines, and takes CR LF and a BOM", async () => {
  await inFile(
    '\ufeff{"id":"b","text":"x"}\r\n\r\n{"id":"a","text":"y","meta":{"fold":"1"}}\r\n',
    async (file) => {
      deepEqual(await letters(file), [
        { id: "a", text: "y", spans: [], meta: { fold: "1" } },
        { id: "b", text: "x", spans: [], meta: {} },
      ]);
    },
  );
});

Deno.test("letters() of JSON Lines names the line and never quotes the letter", async () => {
  const good = '{"id":"a","text":"secret"}\n';
  const cases: [string, RegExp][] = [
    [`${good}{"id":"b","text":"secret`, /:2: not valid JSON/],
    [`${good}{"id":"b"}`, /:2: text: /],
    [
      `${good}{"id":"b","text":"secret","spans":[{"start":"0","end":1,"label":"X"}]}`,
      /:2: spans\.0\.start: /,
    ],
    [`${good}{"id":"b","text":"secret","label":[[0,1,"X"]]}`, /:2: Unrecognized key/],
    [`${good}${good}`, /:2: id "a" is already that of .*:1/],
    [
      `${good}{"id":"b","text":"secret","spans":[{"start":0,"end":9,"label":"X"}]}`,
      /:2: span \[0, 9\) lies outside/,
    ],
    ["\n", /no line in it/],
  ];
  for (const [content, message] of cases) {
    await inFile(content, (file) =>
      rejects(letters(file), (error: Error) => {
        equal(error.message.includes("secret"), false);
        equal(message.test(error.message), true, error.message);
        return true;
      }));
  }
});

Deno.test("writeLetters() writes JSON Lines that letters() reads, line separators and unpaired surrogates included", async () => {
  const corpus = [{
    id: "a",
    text: 'x\u2028y\n\ud83d 🙂"',
    spans: [{ start: 0, end: 1, label: "X" }],
    meta: { fold: "0" },
  }];
  await inFile("", async (file) => {
    await writeLetters(file, corpus);
    deepEqual(await letters(file), corpus);
  });
});
