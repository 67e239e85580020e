import { deepEqual, equal, match, ok } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import { fill } from "../fill/fill.ts";
import { openUncertainty } from "../fill/uncertainty.ts";
import { mask } from "../mask/mask.ts";
import { maskedLetter } from "../mask/rewrite.ts";
import { wordEntropies } from "../mask/strategies/entropy.ts";
import { score } from "../metrics/score.ts";
import { pairsOf } from "../metrics/score_letters.ts";
import { describe } from "../metrics/stats/describe.ts";
import { project } from "../project.ts";
import { learntText, tinyPhiTagger } from "../phi/tiny_phi_tagger.ts";
import { tinyProject } from "./tiny_project.ts";

/** `deno task palimpsest`, and what it said. */
async function palimpsest(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "palimpsest", ...args],
    cwd: project.root,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), said: new TextDecoder().decode(stderr) };
}

Deno.test("mask --phi tagger masks what rules and the tagger find", async () => {
  const folder = await Deno.makeTempDir();
  const model = await tinyPhiTagger();
  const letter = { id: "a", text: learntText, spans: [], meta: {} };
  await Deno.writeTextFile(`${folder}/letters.jsonl`, `${JSON.stringify(letter)}\n`);
  const to = `${folder}/masked.jsonl`;
  const how = ["--ratio=0", "--phi=tagger", `--phi-model=${model}`];
  const { code, said } = await palimpsest("mask", `${folder}/letters.jsonl`, to, ...how);
  equal(code, 0, said);
  equal((await letters(to))[0]?.text, "Seen [MASK] on monday by Dr [MASK].");
  const unknown = await palimpsest("mask", `${folder}/letters.jsonl`, to, "--phi=tagger", "--phi-model=none");
  equal(unknown.code, 1);
  match(unknown.said, /none/);
});

Deno.test("letters, mask and fill keep ids and write what they say", async () => {
  await using made = await tinyProject(["encoder"]);
  const { folder } = made;
  const corpus = await letters(`${folder}/letters.jsonl`);
  const run = async (...args: string[]) => equal((await palimpsest(...args)).code, 0, args.join(" "));
  await run("letters", `${folder}/letters.jsonl`, `${folder}/brat`);
  deepEqual((await letters(`${folder}/brat`)).map(({ text }) => text), corpus.map(({ text }) => text));
  await run("mask", `${folder}/letters.jsonl`, `${folder}/masked.jsonl`, "--ratio=1");
  equal((await letters(`${folder}/masked.jsonl`))[0]?.text, `${Array(30).fill("[MASK]").join(" ")}.`);
  await run(
    "fill",
    `${folder}/letters.jsonl`,
    `${folder}/filled.jsonl`,
    "--ratio=0.5",
    `--model=${folder}/models/encoder`,
  );
  const filled = await letters(`${folder}/filled.jsonl`);
  deepEqual(filled.map(({ id }) => id), corpus.map(({ id }) => id));
  const changed =
    filled[0]?.text.split(" ").filter((word, i) => word !== corpus[0]?.text.split(" ")[i]).length ?? 0;
  ok(changed > 0 && changed <= 15, `${changed} words changed`);
});

Deno.test("mask by entropy asks a model; fill tells the seconds of each letter where asked to", async () => {
  await using made = await tinyProject(["encoder"]);
  const { folder } = made;
  const run = async (...args: string[]) => equal((await palimpsest(...args)).code, 0, args.join(" "));
  const entropy = ["--strategy=entropy", `--entropy-model=${folder}/models/encoder`, "--ratio=0.5"];
  await run("mask", `${folder}/letters.jsonl`, `${folder}/masked.jsonl`, ...entropy);
  const [masked] = await letters(`${folder}/masked.jsonl`);
  const model = await openUncertainty(`${folder}/models/encoder`);
  const corpus = await letters(`${folder}/letters.jsonl`);
  const entropies = await wordEntropies(corpus, model);
  await model.close();
  const [expected] = mask(corpus, { strategy: "entropy", ratio: 0.5, seed: 42, entropies });
  equal(masked?.text, expected && maskedLetter(expected, "[MASK]").text);
  const filling = [`--model=${folder}/models/encoder`, "--time"];
  await run("fill", `${folder}/letters.jsonl`, `${folder}/filled.jsonl`, ...filling, ...entropy);
  const filled = await letters(`${folder}/filled.jsonl`);
  equal(filled.length, corpus.length);
  ok(filled.every(({ meta }) => Number(meta.seconds) > 0));
});

Deno.test("score --against pairs letters by id, with what fill has told of them", async () => {
  await using made = await tinyProject(["encoder"]);
  const { folder } = made;
  const run = async (...args: string[]) => equal((await palimpsest(...args)).code, 0, args.join(" "));
  const [original, filled] = [`${folder}/letters.jsonl`, `${folder}/filled.jsonl`];
  await run("fill", original, filled, `--model=${folder}/models/encoder`, "--candidates=2", "--time");
  const metrics = "--metrics=rougeL,copy-rate,masked-share,inference-time";
  await run("score", filled, `${folder}/scores.jsonl`, `--against=${original}`, metrics);
  const summary = JSON.parse(await Deno.readTextFile(`${folder}/scores.summary.json`));
  const corpus = await letters(original);
  const masked = mask(corpus, { strategy: "random", ratio: 0.5, seed: 42 });
  const expected = await fill(masked, { model: `${folder}/models/encoder` });
  const pairs = pairsOf(corpus, expected);
  for (const metric of ["copy-rate", "masked-share"]) {
    const [{ values } = { values: [] }] = await score(pairs, [metric], {});
    equal(summary[metric].mean, describe(values).mean);
  }
  ok(summary["inference-time"].mean > 0);
  const other = `${folder}/other.jsonl`;
  await Deno.writeTextFile(other, '{"id":"unknown","text":"Well."}\n');
  const { code, said } = await palimpsest(
    "score",
    other,
    `${folder}/no.jsonl`,
    `--against=${original}`,
    metrics,
  );
  equal(code, 1);
  match(said, /other\.jsonl:1: letter "unknown" is not in .*letters\.jsonl\./);
});

Deno.test("score writes each pair's scores and a summary with intervals", async () => {
  const folder = await Deno.makeTempDir();
  const pairs = [
    { id: "a", reference: "no chest pain", candidate: "no back pain" },
    { id: "b", reference: "well", candidate: "well" },
  ];
  await Deno.writeTextFile(
    `${folder}/pairs.jsonl`,
    pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(""),
  );
  equal(
    (await palimpsest("score", `${folder}/pairs.jsonl`, `${folder}/out.jsonl`, "--metrics=rougeL")).code,
    0,
  );
  const [first] = (await Deno.readTextFile(`${folder}/out.jsonl`)).split("\n");
  const two = 2 / 3;
  deepEqual(JSON.parse(first ?? ""), {
    id: "a",
    scores: { rougeL: { precision: two, recall: two, f1: two } },
  });
  const { rougeL } = JSON.parse(await Deno.readTextFile(`${folder}/out.summary.json`));
  deepEqual([rougeL.mean, rougeL.n, rougeL.signature], [
    (two + 1) / 2,
    2,
    "rougeL|stem:no|tok:rouge_score|v1",
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("commands tell wrong use from failure, in one line, without quoting a letter", async () => {
  const file = await Deno.makeTempFile({ suffix: ".jsonl" });
  await Deno.writeTextFile(file, '{"id": "a", "reference": "secret"\n');
  for (
    const [args, expected, message] of [
      [["phi", "nope"], 2, /^unknown command 'nope'\. Known: find, replace, evaluate, score-replaced\.\n$/],
      [["experiment", "nope"], 2, /^unknown command 'nope'\. Known: ls, why, run, gc\.\n$/],
      [["nope"], 2, /^unknown command 'nope'\. Known: repro, .*score/],
      [["mask", "in", "out", "--ratio=2"], 2, /'2' is invalid\. Choose a number from 0 to 1/],
      [["mask", "in", "out", "--strategy=best"], 2, /Allowed choices are random/],
      [
        ["score", file, "out.jsonl", "--metrics=blue"],
        2,
        /^unknown metric "blue"\. The nearest is bleu\. Known: rouge1/,
      ],
      [["score", file, "out.jsonl", "--metrics=rougeL"], 1, /:1: not valid JSON/],
      [["fill", "/nowhere", "out.jsonl", "--model=trigram"], 1, /^\/nowhere: nothing there/],
    ] as const
  ) {
    const { code, said } = await palimpsest(...args);
    equal(code, expected, said);
    match(said, message);
    ok(!said.includes("secret") && said.trim().split("\n").length === 1, said);
  }
  await Deno.remove(file);
});
