import { deepEqual, equal, ok } from "node:assert/strict";
import { random } from "../random.ts";
import { project } from "../project.ts";
import { check, compilerLine } from "./check.ts";
import type { LettersOptions } from "./letters.ts";
import { NearDuplicates } from "./near_duplicates.ts";

async function lines(path: string, options: LettersOptions = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const one of check(path, options)) {
    found.push("problem" in one ? compilerLine(one.problem) : `${one.bad} of ${one.letters}`);
  }
  return found;
}

Deno.test("check() lists all that is wrong, with file, line and column", async () => {
  const folder = await Deno.makeTempDir();
  const text = `On aspirin for angina. ${Array.from({ length: 60 }, (_, i) => `word${i}`).join(" ")}`;
  const standoff =
    "T1\tDRUG 4 11\taspirin\nT2\tPROBLEM 15 21\tangina\nT3\tDRUG 18 22\tina.\nT4\tX 400 999\tx\nbad line\n";
  const files = {
    "a.txt": text,
    "a.ann": standoff.replace("bad line\n", ""),
    "b.txt": text.replace("word30", "other"),
    "b.ann": "",
    "c.txt": "Well.",
    "c.ann": standoff,
    "d.ann": "",
  };
  for (const [name, content] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, content);
  const found = (await lines(folder)).map((line) => line.replaceAll(`${folder}/`, ""));
  deepEqual(found.filter((line) => !line.includes("nearly")), [
    'a.ann:1:9: span T1 [4, 11) reads "spirin ", annotation says "aspirin". Fix the offsets.',
    "a.ann:3:9: span T3 [18, 22) overlaps span T2 [15, 21) of a.ann:2. Keep one of them: gold spans must not overlap.",
    `a.ann:4:6: span T4 [400, 999) lies outside the letter [0, ${text.length}). Fix the offsets.`,
    "c.ann:5:1: no line of BRAT standoff. Write T1<TAB>LABEL start end<TAB>text.",
    "d.txt:1:1: missing beside d.ann. Add it, or remove d.ann.",
    "4 of 4",
  ]);
  ok(
    found.some((line) =>
      /^b\.txt:1:1: letter "b" is nearly the same as "a" \(a\.txt\): about \d+%/.test(line)
    ),
    found.join("\n"),
  );
  const json = (id: string, ...spans: [number, number][]) =>
    `${
      JSON.stringify({
        id,
        text: "spans [{",
        spans: spans.map(([start, end]) => ({ start, end, label: "{" })),
      })
    }\n`;
  await Deno.writeTextFile(`${folder}/l.jsonl`, json("a", [0, 2], [1, 3]) + json("a") + json("a2", [0, 99]));
  const line = json("a", [0, 2], [1, 3]);
  const found2 = (await lines(`${folder}/l.jsonl`)).map((one) => one.replaceAll(`${folder}/`, ""));
  deepEqual(found2.filter((one) => !one.includes("nearly")), [
    `l.jsonl:1:${
      line.lastIndexOf('{"start"') + 1
    }: span [1, 3) overlaps span [0, 2) of l.jsonl:1. Keep one of them: gold spans must not overlap.`,
    'l.jsonl:2:1: id "a" is already that of l.jsonl:1. Give every letter an id of its own.',
    `l.jsonl:3:${
      json("a2", [0, 99]).indexOf('{"start"') + 1
    }: span [0, 99) lies outside the letter [0, 8). Fix the offsets.`,
    "3 of 3",
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("check() finds nothing wrong with the embedded letters", async () => {
  equal((await lines(project.letters)).length, 1);
});

Deno.test("NearDuplicates finds copies with changed words, and only those; its estimate is near the truth", () => {
  const rng = random("near");
  const texts = Array.from({ length: 200 }, () => Array.from({ length: 300 }, () => `w${rng.below(500)}`));
  const seen = new NearDuplicates(0.7);
  for (const [i, words] of texts.entries()) equal(seen.add(`${i}`, words.join(" ")), undefined);
  for (const [i, words] of texts.entries()) {
    // Two changed words change ten of 296 runs: a Jaccard similarity of 286 / 306.
    const found = seen.add(`copy ${i}`, words.with(100, "x").with(200, "y").join(" "));
    equal(found?.of, `${i}`);
    ok(Math.abs((found?.similarity ?? 0) - 286 / 306) < 0.12, String(found?.similarity));
  }
  equal(seen.add("short", "Well."), undefined);
  equal(seen.add("short again", "well")?.similarity, 1);
});
