import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Command } from "commander";
import { addScore } from "./score.ts";

/** Runs `score` on pairs; gives the lines, the summary and what went wrong. */
async function score(pairs: readonly object[], metrics: string) {
  const folder = await Deno.makeTempDir();
  const [file, out] = [`${folder}/pairs.jsonl`, `${folder}/out.jsonl`];
  await Deno.writeTextFile(file, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(""));
  const program = new Command().exitOverride();
  addScore(program);
  try {
    await program.parseAsync(["score", file, out, "--metrics", metrics], { from: "user" });
    const lines = (await Deno.readTextFile(out)).trimEnd().split("\n").map((line) => JSON.parse(line));
    return { lines, summary: JSON.parse(await Deno.readTextFile(`${folder}/out.summary.json`)), said: "" };
  } catch (error) {
    return { lines: [], summary: {}, said: String(error).replaceAll(folder, "FOLDER") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("score gives null with a reason, and a mean over the other letters", async () => {
  const texts = {
    empty: "",
    one: "word",
    marks: "?!",
    emoji: "\u{1f600}\u{1f600}",
    right: "\u05d4\u05db\u05d0\u05d1 \u05d7\u05dc\u05e3.",
  };
  const pairs = Object.entries(texts).map(([id, text]) => ({
    id,
    reference: ["pain", text],
    candidate: text,
  }));
  const { lines, summary } = await score(
    pairs,
    "bleu-char-floor=0.2, ttr,flesch-reading-ease,smog-0.7.13,mtld",
  );
  deepEqual(lines.map(({ scores }) => scores.ttr), [null, 1, null, null, 1]);
  equal(lines[2].unscored.ttr, "no word");
  equal(lines[1].unscored.mtld, "no word comes twice");
  deepEqual([summary.ttr.n, summary.ttr.unscored], [2, { "no word": 3 }]);
  deepEqual([summary.mtld.mean, summary.mtld.n], [null, 0]);
  match(summary["bleu-char-floor=0.2"].signature, /nrefs:2.*tok:char\|smooth:floor\[0\.20\]/);
  ok(typeof summary["bleu-char-floor=0.2"].corpus.value === "number");
});

Deno.test("score takes what was masked from the lines", async () => {
  const fills = [
    { original: "mild", text: "severe", valid: true },
    { original: "Pain", text: "pain", valid: true },
    { original: "daily", text: "___", valid: false },
  ];
  const texts = { reference: "mild Pain daily now", candidate: "severe pain ___ now" };
  const pairs = [{ id: "a", ...texts, fills, words: 4, seconds: 0.5 }];
  const { lines } = await score(pairs, "copy-rate,invalid-prediction-rate,masked-share,inference-time");
  const third = 1 / 3;
  deepEqual(lines, [{
    id: "a",
    scores: {
      "copy-rate": third,
      "invalid-prediction-rate": third,
      "masked-share": 0.75,
      "inference-time": 0.5,
    },
  }]);
});

Deno.test("score names the line, or the option, that is wrong", async () => {
  const pair = { id: "a", reference: "well", candidate: "well" };
  const said = async (pairs: readonly object[], metrics: string) => (await score(pairs, metrics)).said;
  match(
    await said([pair, pair], "bleu"),
    /FOLDER\/pairs\.jsonl:2: id "a" stands at FOLDER\/pairs\.jsonl:1 too/,
  );
  match(await said([{ ...pair, reference: [] }], "bleu"), /pairs\.jsonl:1: reference: /);
  match(await said([{ ...pair, seconds: -1 }], "inference-time"), /pairs\.jsonl:1: seconds: /);
  match(await said([pair], "bleu,bleu-13a"), /--metrics: bleu comes twice/);
  match(await said([pair], "bleu-inlt"), /no option "inlt"\. The nearest is intl/);
  match(await said([pair], ""), /unknown metric ""/);
});
