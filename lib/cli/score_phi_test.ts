import { deepEqual, equal, ok } from "node:assert/strict";
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

const line = (id: string, text: string, ...spans: [word: string, label: string][]) =>
  JSON.stringify({
    id,
    text,
    spans: spans.map(([word, label]) => ({
      start: text.indexOf(word),
      end: text.indexOf(word) + word.length,
      label,
    })),
  });

const gold = [
  line("a", "Ann has lymphoma. Call (555) 0100.", ["Ann", "NAME"], ["lymphoma", "PROBLEM"], [
    "(555) 0100",
    "PHONE",
  ]),
  line("b", "Bo is well.", ["Bo", "NAME"]),
  line("c", "No one."),
].join("\n");
const predicted = [
  line("a", "Ann has lymphoma. Call (555) 0100.", ["Ann has", "NAME"], ["lymphoma", "NAME"], [
    "555) 0100",
    "ID",
  ]),
  line("b", "Bo is well.", ["Bo", "NAME"]),
  line("c", "No one."),
].join("\n");

Deno.test("score-phi writes both ways of counting, clinical words and the precision at a recall", async () => {
  const folder = await Deno.makeTempDir();
  const file = async (name: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  const [left, right] = [await file("gold.jsonl", gold), await file("pred.jsonl", predicted)];
  const candidates = await file(
    "candidates.jsonl",
    `{"id":"a","spans":[{"start":0,"end":3,"label":"NAME","score":0.9},{"start":23,"end":33,"label":"PHONE","score":0.5},` +
      `{"start":4,"end":7,"label":"NAME","score":0.6}]}\n{"id":"b","spans":[{"start":0,"end":2,"label":"NAME","score":0.8}]}\n`,
  );
  const out = `${folder}/out.json`;
  const more = ["--clinical-labels", "PROBLEM", "--candidates", candidates];
  const { code, said } = await palimpsest("score-phi", left, right, out, ...more);
  equal(code, 0, said);
  const report = JSON.parse(await Deno.readTextFile(out));
  // PHI: Ann, the phone of ten characters without its bracket, Bo; " has" is boundary excess, "lymphoma" a false span.
  const { counts, recall, leaking, labels, intervals } = report.blind;
  deepEqual(counts, {
    phi: 15,
    found: 14,
    mislabelled: 0,
    nonPhi: 37,
    boundaryExcess: 4,
    falseSpan: 8,
    redacted: 26,
  });
  equal(recall, 14 / 15);
  deepEqual([leaking.letters, leaking.withPhi, leaking.rate], [1, 2, 0.5]);
  deepEqual(labels.PHONE, { recall: 0.9, phi: 10, found: 9 });
  ok(intervals.recall.low <= recall && recall <= intervals.recall.high);
  deepEqual([report.aware.counts.found, report.aware.counts.mislabelled, report.aware.recall], [5, 9, 1 / 3]);
  deepEqual([report.clinicalWords.words, report.clinicalWords.redacted, report.clinicalWords.rate], [
    1,
    1,
    1,
  ]);
  deepEqual(report.precisionAtRecall.blind, {
    signature: "deid-precision|recall:0.99|labels:blind|characters:all|v1",
    precision: 15 / 18,
    recall: 1,
    threshold: 0.5,
  });
  const names = await palimpsest(
    "score-phi",
    left,
    right,
    out,
    "--labels",
    "NAME",
    "--characters",
    "alphanumeric",
  );
  equal(names.code, 0, names.said);
  equal(JSON.parse(await Deno.readTextFile(out)).blind.counts.phi, 5);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("score-phi pairs columns of tags by their number, and says what is wrong", async () => {
  const folder = await Deno.makeTempDir();
  const files: Record<string, string> = {
    "gold.tsv": "Ann\tB-NAME\nsaw\tO\n\nBo\tB-NAME\n",
    "pred.tsv": "Ann\tB-NAME\nsaw\tO\n\nBo\tO\n",
    "short.tsv": "Ann\tB-NAME\nsaw\tO\n",
    "gold.jsonl": gold,
    "two.jsonl": predicted.split("\n").slice(0, 2).join("\n"),
    "other.jsonl": predicted.replace("Bo is", "Bo as"),
    "unknown.jsonl": '{"id":"z","spans":[]}\n',
    "outside.jsonl": '\n{"id":"b","spans":[{"start":1,"end":99,"label":"NAME","score":1}]}\n',
    "unscored.jsonl": '{"id":"b","spans":[{"start":0,"end":2,"label":"NAME"}]}\n',
  };
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
  const out = `${folder}/out.json`;
  const run = (left: string, right: string, ...more: string[]) =>
    palimpsest(
      "score-phi",
      `${folder}/${left}`,
      `${folder}/${right}`,
      out,
      ...more.map((arg) => arg.replace("F/", `${folder}/`)),
    );
  const columns = await run("gold.tsv", "pred.tsv");
  equal(columns.code, 0, columns.said);
  const { blind } = JSON.parse(await Deno.readTextFile(out));
  deepEqual([blind.counts.phi, blind.counts.found, blind.leaking.rate], [5, 3, 0.5]);
  await Deno.remove(out);
  const cases: [left: string, right: string, said: string, code?: number, ...more: string[]][] = [
    [
      "gold.jsonl",
      "two.jsonl",
      "F/gold.jsonl:3: no letter of its id in F/two.jsonl. Annotate the same letters.",
    ],
    [
      "two.jsonl",
      "gold.jsonl",
      "F/gold.jsonl:3: no letter of its id in F/two.jsonl. Annotate the same letters.",
    ],
    ["gold.tsv", "short.tsv", "F/gold.tsv:4: no letter of its id in F/short.tsv. Annotate the same letters."],
    [
      "gold.jsonl",
      "other.jsonl",
      "F/other.jsonl:2: its text differs from that of F/gold.jsonl:2 at code unit 3. Annotate the same text.",
    ],
    ["gold.jsonl", "none.jsonl", "F/none.jsonl: nothing there. Name a file or folder of letters."],
    [
      "gold.jsonl",
      "gold.jsonl",
      'F/gold.jsonl: no span is labelled "NAMES". The nearest is NAME.',
      1,
      "--labels=NAMES",
    ],
    [
      "gold.jsonl",
      "gold.jsonl",
      "F/unknown.jsonl:1: no letter of its id in F/gold.jsonl. Annotate the same letters.",
      1,
      "--candidates",
      "F/unknown.jsonl",
    ],
    [
      "gold.jsonl",
      "gold.jsonl",
      "F/outside.jsonl:2: span [1, 99) lies outside the letter [0, 11). Fix the offsets.",
      1,
      "--candidates",
      "F/outside.jsonl",
    ],
  ];
  for (const [left, right, expected, wanted = 1, ...more] of cases) {
    const { code, said } = await run(left, right, ...more);
    equal(said.replaceAll(folder, "F"), expected);
    equal(code, wanted, expected);
  }
  ok(
    (await run("gold.jsonl", "gold.jsonl", "--candidates", "F/unscored.jsonl")).said.includes(
      "unscored.jsonl:1: spans.0.score",
    ),
  );
  equal((await run("gold.jsonl", "gold.jsonl", "--recall", "99")).code, 2);
  await Deno.remove(folder, { recursive: true });
});
