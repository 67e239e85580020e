import { deepEqual, rejects } from "node:assert/strict";
import { letters } from "./letters.ts";
import { writeLetters } from "./write_letters.ts";

/** A folder with these files. */
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
  return folder;
}

Deno.test("presidio's results are read as its analyzer answers them, in code points, by what lies in the folder", async () => {
  const folder = await folderOf({
    "a.txt": "🙂 Ann Lee, 3 May",
    "a.json":
      '[{"analysis_explanation":null,"end":9,"entity_type":"PERSON","score":0.85,"start":2},{"end":16,"entity_type":"DATE_TIME","score":0.6,"start":11}]',
  });
  const [letter] = await letters(folder);
  deepEqual(letter?.spans, [{ start: 3, end: 10, label: "PERSON" }, {
    start: 12,
    end: 17,
    label: "DATE_TIME",
  }]);
});

Deno.test("presidio's results that are none are refused with their file, quoting nothing", async () => {
  const read = (json: string | undefined) =>
    folderOf({ "a.txt": "Ann Lee", ...json !== undefined && { "a.json": json } }).then((folder) =>
      letters(folder, { format: "presidio" })
    );
  await rejects(read("{"), /a\.json: not valid JSON/);
  await rejects(read('[{"entity_type":"PERSON","start":"0","end":3}]'), /a\.json: 0\.start: /);
  await rejects(read('[{"entity_type":"PERSON","start":0,"end":30}]'), /a\.json: span 1 \[0, 30\)/);
  await rejects(read(undefined), /a\.txt: no a\.json beside it/);
});

Deno.test("begin-end lines are in code points, and a text beside a span is checked", async () => {
  const folder = await folderOf({
    "a.begin.jsonl":
      '{"id":"a","text":"🙂 Ann","spans":[{"begin":2,"end":5,"label":"PERSON","text":"Ann"}]}\n',
    "b.begin.jsonl":
      '{"id":"a","text":"🙂 Ann","spans":[{"begin":1,"end":5,"label":"PERSON","text":"Ann"}]}\n',
    "c.begin.jsonl": '{"id":"a","text":"🙂 Ann","spans":[{"start":1,"end":5,"label":"PERSON"}]}\n',
  });
  const [letter] = await letters(`${folder}/a.begin.jsonl`);
  deepEqual(letter?.spans, [{ start: 3, end: 6, label: "PERSON" }]);
  await writeLetters(`${folder}/out.begin.jsonl`, letter ? [letter] : []);
  deepEqual(
    await Deno.readTextFile(`${folder}/out.begin.jsonl`),
    '{"id":"a","text":"🙂 Ann","spans":[{"begin":2,"end":5,"label":"PERSON"}]}\n',
  );
  await rejects(
    letters(`${folder}/b.begin.jsonl`),
    /b\.begin\.jsonl:1: span \[2, 6\) reads " Ann", annotation says "Ann"/,
  );
  await rejects(letters(`${folder}/c.begin.jsonl`), /c\.begin\.jsonl:1: spans\.0\.begin: /);
});

Deno.test("presidio-evaluator's samples are read with their values checked, and with numbers for ids where there are none", async () => {
  const sample = (value: string, start = 2) =>
    JSON.stringify([{
      ...{ full_text: "🙂 Ann", masked: null, template_id: 3, metadata: { Gender: "female", age: 3 } },
      spans: [{ entity_type: "PERSON", entity_value: value, start_position: start, end_position: 5 }],
    }]);
  const folder = await folderOf({
    "a.presidio.json": sample("Ann"),
    "b.presidio.json": sample("Bob"),
    "c.presidio.json": "{}",
  });
  const [letter] = await letters(`${folder}/a.presidio.json`);
  deepEqual(letter?.spans, [{ start: 3, end: 6, label: "PERSON" }]);
  deepEqual([letter?.id, letter?.meta], ["a.presidio-1", { Gender: "female" }]);
  await rejects(
    letters(`${folder}/b.presidio.json`),
    /sample 1: span \[3, 6\) reads "Ann", annotation says "Bob"/,
  );
  await rejects(letters(`${folder}/c.presidio.json`), /c\.presidio\.json: it: /);
});
