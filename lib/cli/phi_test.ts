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

Deno.test("phi find marks what the rules find, phi evaluate scores it as score-phi does", () =>
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
    equal(await Deno.readTextFile(`${folder}/a.json`), await Deno.readTextFile(`${folder}/b.json`));
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
