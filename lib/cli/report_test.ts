import { deepEqual, equal, match, ok } from "node:assert/strict";
import { judgeStandIn } from "../judge/stand_in.ts";
import { main } from "./main.ts";
import { writeLetters } from "../corpus/write_letters.ts";

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

const real = ["Ann Lee", "Bo Fry", "Cy Dunn", "Di Moss"].map((name, i) => ({
  id: `letter-${i}`,
  text: `Mrs ${name} takes ${i + 2} mg. No fever.`,
  spans: [{ start: 4, end: 4 + name.length, label: "PATIENT" }],
  meta: {},
}));
const lines = (letters: readonly unknown[]) => letters.map((one) => JSON.stringify(one)).join("\n");
const quick = ["--no-embeddings", "--no-utility", "--no-causal-lm"];

async function folderOfLetters() {
  const folder = await Deno.makeTempDir();
  await writeLetters(`${folder}/real`, real);
  await Deno.writeTextFile(
    `${folder}/made.jsonl`,
    lines(real.map(({ text, ...rest }) => ({ ...rest, text: text.replace("No", "Some") }))),
  );
  await Deno.mkdir(`${folder}/other`);
  for (const { text, id } of real) await Deno.writeTextFile(`${folder}/other/${id}.txt`, text);
  return folder;
}

Deno.test("report judges corpora of different formats side by side", async () => {
  const folder = await folderOfLetters();
  await Deno.writeTextFile(`${folder}/canaries.txt`, "takes 3 mg\n\nthe word is swordfish\n");
  const { code, said } = await palimpsest(
    "report",
    ...[`${folder}/real`, `${folder}/made.jsonl`, `${folder}/out`, ...quick],
    `--also=as it was=${folder}/other`,
    `--canaries=${folder}/canaries.txt`,
    "--seed=7",
    "--no-quotes",
  );
  equal(code, 0, said);
  const card = JSON.parse(await Deno.readTextFile(`${folder}/out/report.json`));
  deepEqual(card.synthetic.map(({ name }: { name: string }) => name), ["made", "as it was"]);
  equal(card.seed, 7);
  const csv = await Deno.readTextFile(`${folder}/out/report.csv`);
  match(csv, /validity,negations-flipped,lower,made,1,/);
  match(csv, /validity,negations-flipped,lower,as it was,0,/);
  match(csv, /privacy,canaries,lower,made,0\.25,/);
  const page = await Deno.readTextFile(`${folder}/out/index.html`);
  ok(page.includes("letter-1") && !page.includes("Bo Fry"));
});

Deno.test("report refuses bad input in one line, and writes nothing", async () => {
  const folder = await folderOfLetters();
  await Deno.writeTextFile(`${folder}/empty.jsonl`, "\n");
  const [a, b, out] = [`${folder}/real`, `${folder}/made.jsonl`, `${folder}/out`];
  const cases: [args: string[], code: number, said: RegExp][] = [
    [[a, `${folder}/none.jsonl`, out], 1, /none\.jsonl/],
    [[a, `${folder}/empty.jsonl`, out], 1, /empty\.jsonl: no line in it/],
    [[a, b, out, "--labels=PATIENTS"], 1, /The nearest is PATIENT\./],
    [[a, b, out, `--holdout=${a}`], 1, /is letter letter-0 of the real corpus/],
    [[a, b, out, `--also=made=${b}`], 1, /two corpora are named "made"/],
    [[a, b, out, "--metrics=rougeM"], 1, /rougeM/],
    [[a, b, out, "--encoder=encoder-general"], 2, /--layer go together/],
    [[a, b, out, "--judge-model=m"], 2, /--judge-model without --judge/],
    [[a, b, b], 2, /these are the letters/],
  ];
  for (const [args, code, said] of cases) {
    const run = await palimpsest("report", ...args, ...quick);
    equal(run.code, code, run.said);
    match(run.said, said);
    equal(run.said.trim().split("\n").filter((line) => !line.startsWith("report card")).length, 1, run.said);
  }
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  deepEqual(names, ["empty.jsonl", "made.jsonl", "other", "real"]);
});

Deno.test("report asks a judge whose address and model are named, and shows the questions", async () => {
  const folder = await folderOfLetters();
  await using server = judgeStandIn(({ body }, n) => {
    const shown = body.messages[1]?.content ?? "";
    if (n === 1) return { status: 429, headers: { "Retry-After": "0" } };
    if (shown.includes("Cy Dunn")) return { says: "I can't tell." };
    return { says: shown.match(/^([A-Z])\. (?:Consistent throughout|There is no difference)/m)?.[1] ?? "" };
  });
  const args = ["report", `${folder}/real`, `${folder}/made.jsonl`, `${folder}/out`, ...quick];
  const judge = ["--judge", server.url, "--judge-model", "small", "--judge-answers", `${folder}/answers`];
  const more = ["--judge-letters=4", "--judge-repeats=2", "--judge-prices=1,2", "--no-quotes"];
  const run = await palimpsest(...args, ...judge, ...more);
  equal(run.code, 0, run.said);
  const csv = await Deno.readTextFile(`${folder}/out/report.csv`);
  match(csv, /judged,judge-grade,higher,made,5,5,5,3,/);
  match(csv, /judged,judge-prefers-real,as real,made,0\.5,/);
  match(csv, /judged,judge-unanswered,lower,made,0\.25,/);
  const page = await Deno.readTextFile(`${folder}/out/index.html`);
  match(page, /How consistent is this letter as clinical text\?/);
  match(page, /Without an answer, \d+ times: the answer is none of the options\./);
  match(page, /tokens of questions and .* of answers: 0\.00\d+, at 1 and 2 a million/);

  const wrong: [args: string[], said: RegExp][] = [
    [["--judge-model", "small"], /--judge-model without --judge/],
    [["--judge", server.url], /--judge goes with --judge-model/],
    [["--judge", "somewhere", "--judge-model", "small"], /"somewhere" is no endpoint/],
    [[...judge, "--judge-key-from", "sk-1"], /not the key/],
  ];
  for (const [given, said] of wrong) {
    const { code, said: line } = await palimpsest(...args, ...given);
    equal(code, 2, line);
    match(line, said);
  }
});
