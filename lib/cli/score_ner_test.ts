import { deepEqual, equal, ok } from "node:assert/strict";
import type { Letter, Span } from "../corpus/letter.ts";
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

const letter = (
  id: string,
  text: string,
  ...spans: [start: number, end: number, label: string][]
): Letter => ({
  id,
  text,
  meta: {},
  spans: spans.map(([start, end, label]): Span => ({ start, end, label })),
});
const gold = [
  letter("a", "Ann saw Bo on Monday.", [0, 3, "NAME"], [8, 10, "NAME"], [14, 20, "DATE"]),
  letter("b", "🙂 Call Cy.", [8, 10, "NAME"]),
  letter("c", "No one."),
];
const predicted = [
  letter("a", "Ann saw Bo on Monday.", [0, 3, "NAME"], [8, 10, "NAME"], [11, 20, "DATE"]),
  letter("b", "🙂 Call Cy.", [8, 10, "NAME"]),
  letter("c", "No one.", [0, 2, "NAME"]),
];

Deno.test("score-ner scores BRAT folders and JSONL alike, with counts, labels and intervals", async () => {
  const folder = await Deno.makeTempDir();
  await writeLetters(`${folder}/gold`, gold);
  await writeLetters(`${folder}/pred`, predicted);
  await writeLetters(`${folder}/gold.jsonl`, gold);
  const schemes = "--schemes=seqeval,nervaluate-partial,token,meddocan-ner";
  equal(
    (await palimpsest("score-ner", `${folder}/gold`, `${folder}/pred`, schemes, `${folder}/out.json`)).code,
    0,
  );
  const text = await Deno.readTextFile(`${folder}/out.json`);
  const out = JSON.parse(text);
  deepEqual(Object.keys(out), ["seqeval", "nervaluate-partial", "token", "meddocan-ner"]);
  const { seqeval } = out;
  deepEqual([seqeval.unit, seqeval.n, seqeval.signature], ["letter", 3, "seqeval|from:spans|v1"]);
  deepEqual([seqeval.precision, seqeval.recall], [3 / 5, 3 / 4]);
  ok(Math.abs(seqeval.f1 - 2 / 3) < 1e-12);
  deepEqual([seqeval.counts.correct, seqeval.counts.missed, seqeval.counts.spurious], [3, 1, 2]);
  deepEqual([seqeval.labels.NAME.precision, seqeval.labels.DATE.f1], [3 / 4, 0]);
  ok(seqeval.intervals.f1.low < 2 / 3 && 2 / 3 < seqeval.intervals.f1.high);
  equal(out["nervaluate-partial"].counts.partial, 1);
  deepEqual(out["meddocan-ner"].leak.rate, 1 / 3);

  const mixed = ["score-ner", `${folder}/gold.jsonl`, `${folder}/pred`, schemes, `${folder}/again.json`];
  equal((await palimpsest(...mixed)).code, 0);
  equal(await Deno.readTextFile(`${folder}/again.json`), text);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("score-ner scores columns of tags, by sentence or by letter", async () => {
  const folder = await Deno.makeTempDir();
  const write = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}`, text);
  await write("gold.tsv", "Ann\tB-NAME\nLee\tI-NAME\n\nBo\tB-NAME\n");
  await write("pred.tsv", "Ann\tB-NAME\nLee\tI-NAME\n\nBo\tI-NAME\n");
  const score = async (schemes: string, ...more: string[]) => {
    const args = [`${folder}/gold.tsv`, `${folder}/pred.tsv`, `--schemes=${schemes}`, `${folder}/out.json`];
    const { code, said } = await palimpsest("score-ner", ...args, ...more);
    equal(code, 0, said);
    return JSON.parse(await Deno.readTextFile(`${folder}/out.json`));
  };
  const lenient = await score("seqeval,seqeval-strict", "--lenient");
  deepEqual([lenient.seqeval.f1, lenient["seqeval-strict"].recall], [1, 0.5]);
  deepEqual([lenient.seqeval.unit, lenient.seqeval.n], ["sentence", 2]);
  await write("gold.tsv", "-DOCSTART- -X- O\n\nAnn S-NAME\n\nBo S-NAME\n");
  await write("pred.tsv", "-DOCSTART- -X- O\n\nAnn S-NAME\n\nBo O\n");
  const letters = await score("seqeval-strict", "--tags=iobes");
  const { unit, n, intervals, signature, counts } = letters["seqeval-strict"];
  deepEqual([unit, n, intervals], ["letter", 1, null]); // an interval takes two letters
  deepEqual([signature, counts.missed], ["seqeval-strict|from:tags|tags:iobes|v1", 1]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("score-ner: bad input gets one line that names the file, the line and the remedy", async () => {
  const folder = await Deno.makeTempDir();
  const columns: Record<string, string> = {
    "gold.tsv": "Ann\tB-NAME\nLee\tI-NAME\n\nBo\tB-NAME\n",
    "start.tsv": "Ann\tB-NAME\nLee\tI-NAME\n\nBo\tI-NAME\n",
    "letter.tsv": "Ann\tB-NAME\nLee\tE-NAME\n\nBo\tB-NAME\n",
    "plain.tsv": "Ann\tNAME\nLee\tNAME\n\nBo\tO\n",
    "token.tsv": "Ann\tB-NAME\nLea\tI-NAME\n\nBo\tB-NAME\n",
    "short.tsv": "Ann\tB-NAME\n\nBo\tB-NAME\n",
    "long.tsv": "Ann\tB-NAME\nLee\tI-NAME\n\nBo\tB-NAME\nsaw\tO\n",
    "fewer.tsv": "Ann\tB-NAME\nLee\tI-NAME\n",
    "more.tsv": "Ann\tB-NAME\nLee\tI-NAME\n\nBo\tB-NAME\n\nCy\tO\n",
    "single.tsv": "Ann\tB-NAME\nLee\n",
    "empty.tsv": "\n",
  };
  for (const [name, text] of Object.entries(columns)) await Deno.writeTextFile(`${folder}/${name}`, text);
  await writeLetters(`${folder}/gold.jsonl`, gold);
  await writeLetters(`${folder}/two.jsonl`, predicted.slice(0, 2));
  await writeLetters(`${folder}/brat`, predicted);
  await writeLetters(`${folder}/other.jsonl`, [predicted[0]!, letter("b", "🙂 Call Di."), predicted[2]!]); // three letters
  const cases: [left: string, right: string, line: string, code?: number, ...more: string[]][] = [
    [
      "gold.tsv",
      "start.tsv",
      "F/start.tsv:4: iob2 forbids I-NAME at the start of a sentence. Mend the tag, name another scheme, or score leniently.",
    ],
    [
      "gold.tsv",
      "letter.tsv",
      "F/letter.tsv:2: iob2 forbids the letter of E-NAME (it has O, B, I). Mend the tag, name another scheme, or score leniently.",
    ],
    [
      "gold.tsv",
      "plain.tsv",
      "F/plain.tsv:1: iob2 forbids the letter of NAME (it has O, B, I). Mend the tag, name another scheme, or score leniently.",
    ],
    [
      "gold.tsv",
      "token.tsv",
      "F/token.tsv:2: not the token of F/gold.tsv:2. Tag the same text on both sides.",
    ],
    [
      "gold.tsv",
      "short.tsv",
      "F/short.tsv:2: not the token of F/gold.tsv:2. Tag the same text on both sides.",
    ],
    ["gold.tsv", "long.tsv", "F/long.tsv:5: not the token of F/gold.tsv:5. Tag the same text on both sides."],
    [
      "gold.tsv",
      "fewer.tsv",
      "F/fewer.tsv: no sentence for that of F/gold.tsv:4. Tag the same text on both sides.",
    ],
    [
      "gold.tsv",
      "more.tsv",
      "F/more.tsv:6: a sentence that F/gold.tsv has not, or has elsewhere. Tag the same text.",
    ],
    [
      "gold.tsv",
      "single.tsv",
      "F/single.tsv:2: a token without a tag. Write TOKEN<TAB>TAG, blank lines between sentences.",
    ],
    ["gold.tsv", "empty.tsv", "F/empty.tsv: no sentence in it. Write TOKEN<TAB>TAG a line."],
    ["gold.tsv", "none.tsv", "F/none.tsv: nothing there. Name letters, or a file of tags."],
    [
      "gold.jsonl",
      "two.jsonl",
      "F/gold.jsonl:3: no letter of its id in F/two.jsonl. Annotate the same letters.",
    ],
    ["two.jsonl", "brat", "F/brat/c.txt: no letter of its id in F/two.jsonl. Annotate the same letters."],
    [
      "brat",
      "other.jsonl",
      "F/other.jsonl:2: its text differs from that of F/brat/b.txt at code unit 8. Annotate the same text.",
    ],
    [
      "gold.jsonl",
      "gold.tsv",
      "F/gold.jsonl holds letters, F/gold.tsv columns of tags. Give both in one form.",
      2,
    ],
    [
      "gold.jsonl",
      "brat",
      "F/gold.jsonl holds letters. --tags and --lenient are for columns of tags.",
      2,
      "--tags=iob1",
    ],
  ];
  for (const [left, right, line, expected = 1, ...more] of cases) {
    const { code, said } = await palimpsest(
      "score-ner",
      `${folder}/${left}`,
      `${folder}/${right}`,
      "--schemes=seqeval",
      `${folder}/out.json`,
      ...more,
    );
    equal(said.replaceAll(folder, "F"), line);
    equal(code, expected, line);
  }
  const { code, said } = await palimpsest(
    "score-ner",
    "gold",
    "pred",
    "--schemes=seqeval,nervaluate-typ",
    "out.json",
  );
  equal(code, 2);
  ok(
    said.startsWith('unknown scheme "nervaluate-typ". Did you mean nervaluate-type? Known: seqeval, '),
    said,
  );
  await Deno.remove(folder, { recursive: true });
});
