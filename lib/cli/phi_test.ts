import { deepEqual, equal, ok } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import { writeLetters } from "../corpus/write_letters.ts";
import { marked } from "../phi/surrogate/fixture.ts";
import { main } from "./main.ts";

/** Runs a command line in this process; its exit code and what it wrote to stderr. */
async function palimpsest(...args: string[]) {
  const said: string[] = [];
  const { error } = console;
  console.error = (...parts: unknown[]) => void said.push(parts.join(" "));
  try {
    return { code: await main(args), said: said.join("\n") };
  } finally {
    console.error = error;
  }
}

const good = marked("Mrs [PATIENT Ana Ortega] was seen on [DATE 3 May 2021] with a [PROBLEM cough].", "good");
const bad = marked("Mr [PATIENT Leo Vidal] was seen on [DATE 31/02/2021].", "bad");

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/key`, "a secret of thirty-two characters\n");
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("phi replace writes stand-ins in any format, the same with the same key, and phi score-replaced scores them", () =>
  inFolder(async (folder) => {
    await writeLetters(`${folder}/in.jsonl`, [good]);
    for (const out of ["a.jsonl", "b.jsonl", "brat"]) {
      deepEqual(
        await palimpsest(
          "phi",
          "replace",
          `${folder}/in.jsonl`,
          `${folder}/${out}`,
          "--key",
          `${folder}/key`,
        ),
        { code: 0, said: "" },
      );
    }
    equal(await Deno.readTextFile(`${folder}/a.jsonl`), await Deno.readTextFile(`${folder}/b.jsonl`));
    const [after] = await letters(`${folder}/brat`);
    ok(after && !/Ana|Ortega|2021/.test(after.text) && after.text.endsWith(" with a cough."));
    const scored = await palimpsest(
      "phi",
      "score-replaced",
      `${folder}/in.jsonl`,
      `${folder}/a.jsonl`,
      `${folder}/s.json`,
    );
    deepEqual(scored, { code: 0, said: "" });
    equal(JSON.parse(await Deno.readTextFile(`${folder}/s.json`)).unchanged.count, 0);
  }));

Deno.test("phi replace keeps a letter with an impossible date out of the output and quotes nothing of it", () =>
  inFolder(async (folder) => {
    await writeLetters(`${folder}/in.jsonl`, [good, bad]);
    const args = ["phi", "replace", `${folder}/in.jsonl`, `${folder}/out.jsonl`, "--key", `${folder}/key`];
    const { code, said } = await palimpsest(...args);
    equal(code, 1);
    equal(
      said,
      "letter bad: DATE span [25, 35): there is no such day in the calendar. Mend the date, or its label.",
    );
    const left = await palimpsest(...args, "--skip-bad");
    equal(left.code, 0);
    ok(left.said.startsWith("left out: letter bad: DATE span"));
    deepEqual((await letters(`${folder}/out.jsonl`)).map(({ id }) => id), ["good"]);
  }));

Deno.test("phi replace refuses empty and short keys, letters without marks, and wrong options", () =>
  inFolder(async (folder) => {
    await writeLetters(`${folder}/in.jsonl`, [{ ...good, spans: [] }]);
    await Deno.writeTextFile(`${folder}/empty`, "\n");
    await Deno.writeTextFile(`${folder}/short`, "fifteen bytes !\n");
    const replace = (...args: string[]) =>
      palimpsest("phi", "replace", `${folder}/in.jsonl`, `${folder}/out.jsonl`, ...args);
    ok((await replace("--key", `${folder}/empty`)).said.includes("the key is empty"));
    ok((await replace("--key", `${folder}/short`)).said.includes("the key has 15 bytes"));
    ok((await replace("--key", `${folder}/none`)).said.includes("missing"));
    ok((await replace("--key", `${folder}/key`)).said.startsWith("letter good: nothing is marked in it"));
    ok(
      (await replace("--key", `${folder}/key`, "--labels", "NOBODY")).said.startsWith(
        'label "NOBODY" has no mapping',
      ),
    );
    equal((await replace("--key", `${folder}/key`, "--shift-days", "many")).code, 2);
    equal((await replace()).code, 2);
    equal((await replace("--key", `${folder}/key`, "--find")).code, 0);
  }));

Deno.test("phi find marks what the rules find, phi evaluate scores it as score-phi does and says more", () =>
  inFolder(async (folder) => {
    await writeLetters(`${folder}/in.jsonl`, [good, { ...good, id: "again" }]);
    equal((await palimpsest("phi", "find", `${folder}/in.jsonl`, `${folder}/found.jsonl`)).code, 0);
    const [found] = await letters(`${folder}/found.jsonl`);
    ok(found?.spans.some(({ label }) => label === "DATE"));
    for (const [command, out] of [[["phi", "evaluate"], "a.json"], [["score-phi"], "b.json"]] as const) {
      equal(
        (await palimpsest(
          ...command,
          `${folder}/in.jsonl`,
          `${folder}/found.jsonl`,
          `${folder}/${out}`,
          "--clinical-labels",
          "PROBLEM",
        )).code,
        0,
      );
    }
    const [{ evaluation, ...rest }, alone] = await Promise.all(
      ["a.json", "b.json"].map(async (name) => JSON.parse(await Deno.readTextFile(`${folder}/${name}`))),
    );
    deepEqual(rest, alone);
    equal(evaluation.rates.kind.DATE.value, 1);
    await Deno.writeTextFile(
      `${folder}/de.txt`,
      "Die Patientin wurde mit Fieber aufgenommen und ist nach der Therapie nicht mehr bei uns.",
    );
    ok(
      (await palimpsest("phi", "find", `${folder}/de.txt`, `${folder}/de.jsonl`)).said.includes(
        "neither English nor Spanish",
      ),
    );
  }));

Deno.test("phi evaluate compares finders, sets kinds aside, lists misses without text, and refuses what it cannot count", () =>
  inFolder(async (folder) => {
    const gold = [good, { ...good, id: "again" }, { ...good, id: "more" }];
    const found = (labels: readonly string[]) =>
      gold.map((letter) => ({
        ...letter,
        spans: letter.spans.filter(({ label }) => labels.includes(label)),
      }));
    await writeLetters(`${folder}/gold.jsonl`, gold);
    await writeLetters(`${folder}/all.jsonl`, found(["PATIENT", "DATE"]));
    await writeLetters(`${folder}/some.begin.jsonl`, found(["DATE"]));
    const evaluate = (...more: string[]) =>
      palimpsest(
        "phi",
        "evaluate",
        `${folder}/gold.jsonl`,
        `${folder}/some.begin.jsonl`,
        `${folder}/out.json`,
        ...more,
      );
    const asked = [
      "--against",
      `${folder}/all.jsonl`,
      "--misses",
      `${folder}/misses.csv`,
      "--resamples",
      "200",
      "--seeds",
      "1",
    ];
    deepEqual(await evaluate(...asked), { code: 0, said: "" });
    const { evaluation, blind, clinicalWords } = JSON.parse(await Deno.readTextFile(`${folder}/out.json`));
    equal(blind.recall, 10 / 20); // the problem is clinical without being named so
    deepEqual([clinicalWords.words, clinicalWords.redacted], [3, 0]);
    deepEqual([evaluation.rates.all.found.value, evaluation.against[0].difference.value], [0.5, -0.5]);
    deepEqual(evaluation.misses.map(({ kind, spans }: { kind: string; spans: number }) => [kind, spans]), [[
      "PATIENT",
      3,
    ]]);
    const lines = (await Deno.readTextFile(`${folder}/misses.csv`)).trim().split(/\r?\n/);
    equal(lines.length, 4);
    ok(!lines.join().includes("Ortega"));
    equal((await evaluate("--aside", "PATIENT", "--resamples", "200")).code, 0);
    equal(JSON.parse(await Deno.readTextFile(`${folder}/out.json`)).evaluation.rates.all.found.value, 1);
    await writeLetters(
      `${folder}/gold.jsonl`,
      gold.map((letter) => ({ ...letter, spans: [{ start: 0, end: 3, label: "NAMED" }] })),
    );
    const refused = await evaluate();
    equal(refused.code, 1);
    ok(/label "NAMED" has no mapping/.test(refused.said));
    const overlapping = [{ start: 0, end: 6, label: "PATIENT" }, { start: 4, end: 10, label: "DATE" }];
    await writeLetters(`${folder}/gold.jsonl`, gold.map((letter) => ({ ...letter, spans: overlapping })));
    ok(/overlap/.test((await evaluate()).said));
    ok(
      /letter again: gold spans PATIENT \[0, 6\) and DATE \[4, 10\) overlap/.test(
        (await evaluate("--overlapping", "keep")).said,
      ),
    );
  }));

Deno.test("phi find writes the labels of another set, and refuses finders without a model and recalls that cannot be", () =>
  inFolder(async (folder) => {
    await writeLetters(`${folder}/in.jsonl`, [good]);
    const find = (...args: string[]) =>
      palimpsest("phi", "find", `${folder}/in.jsonl`, `${folder}/found.jsonl`, ...args);
    equal((await find("--labels-as", "hipaa")).code, 0);
    const [found] = await letters(`${folder}/found.jsonl`);
    deepEqual(found?.spans.map(({ label }) => label), ["NAME", "DATE"]);
    for (
      const [args, code, said] of [
        [["--finder", "tagger", "--model", "no-such"], 1, 'unknown model "no-such"'],
        [["--finder", "rules", "--model", "no-such"], 2, "rules alone use none"],
        [["--recall", "0"], 2, "--recall 0"],
        [["--recall", "1.5"], 2, ""],
        [["--finder", "magic"], 2, ""],
        [["--labels-as", "none"], 2, ""],
      ] as const
    ) {
      const result = await find(...args);
      equal(result.code, code, result.said);
      ok(result.said.includes(said), result.said); // commander's own errors go past console
    }
  }));
