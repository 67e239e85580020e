import { deepEqual, equal, match, ok } from "node:assert/strict";
import { project } from "../project.ts";
import { main } from "./main.ts";

async function failing(args: readonly string[]): Promise<[code: number, said: string]> {
  const said: string[] = [];
  const error = console.error;
  console.error = (line: string) => said.push(line);
  try {
    return [await main(args), said.join("\n")];
  } finally {
    console.error = error;
  }
}

Deno.test("compare writes the measures of two corpora, and names what it can't read", async () => {
  const folder = await Deno.makeTempDir();
  const jsonl = async (name: string, texts: readonly string[]) => {
    const lines = texts.map((text, i) => JSON.stringify({ id: `${i}`, text, spans: [], meta: {} }));
    await Deno.writeTextFile(`${folder}/${name}.jsonl`, lines.map((line) => `${line}\n`).join(""));
    return `${folder}/${name}.jsonl`;
  };
  const real = await jsonl("real", ["No fever. No cough.", "The patient denies chest pain.", "He was well."]);
  const synthetic = await jsonl("synthetic", ["No fever. No pain.", "The patient is well.", "She was ill."]);
  const encoder = ["--encoder", `${project.models}/encoder-small`, "--layer", "2"];
  const read = async () => JSON.parse(await Deno.readTextFile(`${folder}/out.json`));
  equal(await main(["compare", real, synthetic, `${folder}/out.json`, ...encoder]), 0);
  const { letters, measures } = await read();
  deepEqual(letters, { first: 3, second: 3 });
  ok(measures["frechet"].value > 0 && measures["mauve"].value > 0 && measures["js-words"].value > 0);
  match(measures["frechet"].signature, /^frechet\|encoder:encoder-small\|layer:2\|window:128/);
  equal(await main(["compare", real, synthetic, `${folder}/out.json`, "--no-embeddings"]), 0);
  equal("mauve" in (await read()).measures, false);

  const [code, said] = await failing(["compare", real, `${folder}/none.jsonl`, `${folder}/out.json`]);
  equal(code, 1);
  match(said, /none\.jsonl/);
  const [missing, line] = await failing([
    "compare",
    real,
    synthetic,
    `${folder}/out.json`,
    "--encoder",
    "none",
  ]);
  equal(missing, 1);
  match(line, /unknown model "none"/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("score asks the encoder, baseline and language models that are named", async () => {
  const folder = await Deno.makeTempDir();
  const pair = { id: "a", reference: "No fever.", candidate: "No cough." };
  await Deno.writeTextFile(`${folder}/pairs.jsonl`, `${JSON.stringify(pair)}\n`);
  await Deno.writeTextFile(`${folder}/baseline.tsv`, "LAYER,P,R,F\n2,0.5,0.5,0.5\n");
  const args = ["score", `${folder}/pairs.jsonl`, `${folder}/out.jsonl`, "--metrics"];
  const small = ["--encoder", `${project.models}/encoder-small`, "--layer", "2"];
  const decoder = `${project.lib}/metrics/perplexity/fixtures/tiny-gpt2`;
  const code = await main([
    ...args,
    "bertscore,bertscore-rescaled,perplexity,pseudo-perplexity",
    ...small,
    ...["--long", "truncate", "--baseline", `${folder}/baseline.tsv`, "--causal-lm", decoder],
  ]);
  equal(code, 0);
  const { scores } = JSON.parse(await Deno.readTextFile(`${folder}/out.jsonl`));
  ok(Math.abs(scores["bertscore-rescaled"].f1 - (2 * scores.bertscore.f1 - 1)) < 1e-12);
  ok(scores.perplexity > 1 && scores["pseudo-perplexity"] > 1);
  const [failed, said] = await failing([...args, "perplexity", ...small]);
  equal(failed, 1);
  match(said, /perplexity: no causal language model is named/);
  const [without, line] = await failing([...args, "bertscore-rescaled", ...small]);
  equal(without, 1);
  match(line, /has no baseline/);
  await Deno.remove(folder, { recursive: true });
});
