import { deepEqual, equal, ok } from "node:assert/strict";
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

const letter = (id: string, text: string, ...spans: [word: string, label: string][]) => ({
  id,
  text,
  meta: {},
  spans: spans.map(([word, label]) => ({
    start: text.indexOf(word),
    end: text.indexOf(word) + word.length,
    label,
  })),
});
const train = [
  letter("t1", "Ann Lee came with chest pain on a cold day.", ["Ann Lee", "PATIENT"], [
    "chest pain",
    "PROBLEM",
  ]),
  letter("t2", "Call Bo on (555) 0100 about the results.", ["Bo", "PERSON"], ["(555) 0100", "PHONE"]),
];
const synthetic = [
  letter("s1", "He met ann lee, who came with chest pain on a cold day."),
  letter("s2", "All was well."),
];
const holdout = [
  letter("h1", "Cy had a cough.", ["Cy", "PATIENT"]),
  letter("h2", "All fine, Di.", ["Di", "PATIENT"]),
];
const lines = (letters: readonly unknown[]) => letters.map((one) => JSON.stringify(one)).join("\n");

Deno.test("score-privacy writes every measure, from letters in any format, and quotes no letter", async () => {
  const folder = await Deno.makeTempDir();
  await writeLetters(`${folder}/train`, train);
  await Deno.mkdir(`${folder}/synthetic`);
  for (const { id, text } of synthetic) await Deno.writeTextFile(`${folder}/synthetic/${id}.txt`, text);
  await Deno.writeTextFile(`${folder}/holdout.jsonl`, lines(holdout));
  const out = `${folder}/out.json`;
  const paths = [`${folder}/train`, `${folder}/synthetic`, out];
  const { code, said } = await palimpsest(
    "score-privacy",
    ...paths,
    "--holdout",
    `${folder}/holdout.jsonl`,
    "--ngrams=5",
    "--similar=0.3",
  );
  equal(code, 0, said);
  const text = await Deno.readTextFile(out);
  const report = JSON.parse(text);
  deepEqual(report.letters, { train: 2, synthetic: 2, holdout: 2 });
  equal(report.ngrams.lengths.length, 5);
  deepEqual(report.ngrams.lengths[1].recall, { shared: 8, of: 16, share: 0.5 });
  equal(report.ngrams.lengths[4].precisionOverLetters.unscored, 1); // "All was well." has no five words
  deepEqual([report.longestRuns.greatest, report.longestRuns.letters[0].words], [8, 8]);
  deepEqual(report.longestRuns.letters[0].source, { id: "t1", place: [8, 42] });
  deepEqual(report.nearDuplicates.pairs, [{ a: "t1", b: "s1", jaccard: 4 / 11 }]);
  deepEqual([report.replay.train.spans.replayed, report.replay.train.spans.of], [1, 3]); // the PROBLEM is no PHI
  deepEqual(report.replay.train.found[0].in, ["s1"]);
  equal(report.replay.holdout.spans.rate, 0);
  ok(report.replay.excess.spans.difference > 0.3);
  ok(report.neighbours.letters[0].ratio < 1);
  ok(report.holdout.longestRuns.greatest <= 1);
  ok(!/ann|lee|cold/i.test(text));

  const alone = await palimpsest("score-privacy", ...paths, "--labels", "PHONE");
  equal(alone.code, 0, alone.said);
  const less = JSON.parse(await Deno.readTextFile(out));
  deepEqual([less.replay.train.spans.of, less.neighbours, less.neighboursReason], [
    1,
    null,
    "no holdout was given",
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("score-privacy without PHI says so, and bad input gets one line", async () => {
  const folder = await Deno.makeTempDir();
  const write = (name: string, letters: readonly unknown[]) =>
    Deno.writeTextFile(`${folder}/${name}`, lines(letters));
  await write("train.jsonl", train);
  await write("synthetic.jsonl", synthetic);
  await write("holdout.jsonl", [...holdout, { id: "h3", text: train[1]?.text }]);
  const run = (...args: string[]) =>
    palimpsest("score-privacy", ...args.map((arg) => arg.replace("F/", `${folder}/`)));
  const plain = await run("F/synthetic.jsonl", "F/train.jsonl", "F/out.json");
  equal(plain.code, 0, plain.said);
  const { replay, replayReason } = JSON.parse(await Deno.readTextFile(`${folder}/out.json`));
  deepEqual([replay, replayReason.replace(folder, "F")], [null, "F/synthetic.jsonl has no span of PHI"]);
  await Deno.remove(`${folder}/out.json`);
  const three = ["F/train.jsonl", "F/synthetic.jsonl", "F/out.json"];
  const cases: [args: string[], said: string, code: number][] = [
    [
      [...three, "--holdout", "F/holdout.jsonl"],
      "F/holdout.jsonl:3: the text of F/train.jsonl:2. Leave it out of the holdout: the model saw it.",
      1,
    ],
    [
      [...three, "--labels", "PHONES"],
      'F/train.jsonl: no span is labelled "PHONES". The nearest is PHONE.',
      1,
    ],
    [
      [...three, "--same-id"],
      "phiReplay: no synthetic letter has the id t1. Give one for each letter.",
      1,
    ],
    [
      [...three, "--same-id", "--holdout", "F/holdout.jsonl"],
      "--same-id and --holdout do not go together: holdout letters have no synthetic ones.",
      2,
    ],
    [
      ["F/none", "F/synthetic.jsonl", "F/out.json"],
      "F/none: nothing there. Name a file or folder of letters.",
      1,
    ],
  ];
  for (const [args, expected, wanted] of cases) {
    const { code, said } = await run(...args);
    equal(said.replaceAll(folder, "F"), expected);
    equal(code, wanted, expected);
  }
  await Deno.remove(folder, { recursive: true });
});
