import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { letters } from "../corpus/letters.ts";
import { Output } from "../corpus/output.ts";
import { tinyGpt2 } from "../fill/causal/tiny_gpt2.ts";
import { main } from "../cli/main.ts";
import { SPECIAL_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { writeWordPiece } from "../tokenizers/train/write_word_piece.ts";
import { project } from "../project.ts";
import { readPrompts } from "./prompts.ts";
import { synthesize } from "./synthesize.ts";

const prompts = [{ id: "a", text: "no fever and" }, { id: "b", text: "seen in the clinic today" }];
const how = { seed: 1, samples: 5, maxTokens: 20, filters: [] };

async function folderWithModel(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await tinyGpt2(`${folder}/tiny`);
  return folder;
}

Deno.test("letters follow from seed, prompt and number, whatever else is sampled", async () => {
  const folder = await folderWithModel();
  const run = async (name: string, some: typeof prompts, options: object) => {
    await synthesize(`${folder}/tiny`, some, `${folder}/${name}.jsonl`, { ...how, ...options });
    return await letters(`${folder}/${name}.jsonl`);
  };
  const all = await run("all", prompts, {});
  deepEqual(all.map(({ id }) => id), ["a-1", "a-2", "a-3", "a-4", "a-5", "b-1", "b-2", "b-3", "b-4", "b-5"]);
  deepEqual(await run("small", prompts, { batch: 3 }), all);
  deepEqual(await run("one", prompts.slice(1), { samples: 2 }), all.slice(5, 7));
  ok(new Set(all.map(({ text }) => text)).size > 8);
  ok(all.every(({ text, meta, spans }) => text.startsWith(meta["prompt"] ?? "?") && spans.length === 0));
  equal(all[6]?.meta["promptId"], "b");
  equal(all[6]?.meta["sample"], "2");
  const other = await run("other", prompts, { seed: 2 });
  ok(other.every(({ text }, i) => text !== all[i]?.text));
});

Deno.test("a run that was killed goes on to the same bytes", async () => {
  const folder = await folderWithModel();
  const run = async (name: string, prompts: Parameters<typeof synthesize>[1], samples: number) =>
    await synthesize(`${folder}/tiny`, prompts, `${folder}/${name}.jsonl`, { ...how, samples, batch: 2 });
  await run("whole", prompts, 6);
  const whole = await Deno.readTextFile(`${folder}/whole.jsonl`);
  // As a kill leaves it: four samples are safe, half a line is not.
  const { checkpoint } = Output.prototype;
  let saved = 0;
  Output.prototype.checkpoint = async function (note) {
    await checkpoint.call(this, note);
    if (++saved === 2) throw new Error("killed");
  };
  try {
    await rejects(run("cut", prompts, 6), /killed/);
  } finally {
    Output.prototype.checkpoint = checkpoint;
  }
  await Deno.writeTextFile(`${folder}/.cut.jsonl.partial`, '{"id":"half', { append: true });
  const counts = await run("cut", prompts, 6);
  equal(counts.sampled, 12);
  equal(await Deno.readTextFile(`${folder}/cut.jsonl`), whole);
  deepEqual(
    await Deno.readTextFile(`${folder}/cut.summary.json`),
    await Deno.readTextFile(`${folder}/whole.summary.json`),
  );
});

Deno.test("what filters leave out is counted, by the first that does", async () => {
  const folder = await folderWithModel();
  const out = `${folder}/out.jsonl`;
  await synthesize(`${folder}/tiny`, prompts, out, how);
  const [first, ...others] = await letters(out);
  const training = first
    ? [{ ...first, text: `Before: ${first.text.replaceAll(" ", "\n")} and behind` }]
    : [];
  const filtered = await synthesize(`${folder}/tiny`, prompts, out, {
    ...how,
    filters: ["copies"],
    training,
  });
  deepEqual(filtered.leftOut, { copies: 1 });
  deepEqual(await letters(out), others);
  const ended = [first, ...others].filter((letter) => letter?.meta["ended"] === "true").length;
  equal(filtered.ended, ended);
  const summary = JSON.parse(await Deno.readTextFile(`${folder}/out.summary.json`));
  deepEqual(summary.leftOut, filtered.leftOut);
  await rejects(
    synthesize(`${folder}/tiny`, prompts, `${folder}/none.jsonl`, {
      ...how,
      filters: ["length"],
      minWords: 99,
    }),
    /none\.jsonl: the filters left out all samples \(10 sampled, 0 kept.*10 by length/,
  );
});

Deno.test("what cannot be is said before any work", async () => {
  const folder = await folderWithModel();
  const out = `${folder}/out.jsonl`;
  const long = [{ id: "c", text: "no fever and ".repeat(40) }];
  await rejects(
    synthesize(`${folder}/tiny`, long, out, how),
    /prompt c: \d+ pieces, but the window of tiny has 48/,
  );
  await rejects(synthesize(`${folder}/tiny`, prompts, out, { ...how, topP: 2 }), /topP 2/);
  await rejects(synthesize(`${folder}/tiny`, prompts, out, { ...how, samples: 0 }), /samples 0/);
  await rejects(synthesize(`${folder}/tiny`, prompts, out, { ...how, filters: ["x"] }), /unknown filter "x"/);
  await rejects(synthesize(`${folder}/tiny`, prompts, out, { ...how, filters: ["copies"] }), /copies needs/);
  await tinyModel(`${folder}/encoder`, { pieces: ["fever"], positions: 16 });
  await rejects(
    synthesize(`${folder}/encoder`, prompts, out, how),
    /bert is of the kind encoder, wanted .* decoder/,
  );
  const pieces = Array.from({ length: 200 }, (_, i) => `w${i}`);
  await writeWordPiece(`${folder}/tiny`, [...SPECIAL_TOKENS, ...pieces], 48);
  await rejects(synthesize(`${folder}/tiny`, prompts, out, how), /tiny: no end-of-text/);
  await rejects(Deno.stat(out), Deno.errors.NotFound);
});

Deno.test("readPrompts() takes prompts as they are and first words of letters, and names what is wrong", async () => {
  const folder = await Deno.makeTempDir();
  const file = async (name: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  deepEqual(await readPrompts(await file("a.txt", "Seen in clinic\n\nNo fever\n")), [
    { id: "1", text: "Seen in clinic" },
    { id: "3", text: "No fever" },
  ]);
  deepEqual(await readPrompts(await file("a.jsonl", '{"id":"x","prompt":"Seen in"}')), [{
    id: "x",
    text: "Seen in",
  }]);
  const own = await readPrompts(`${project.root}/data/letters`);
  ok(own.length >= 50 && own.every(({ text }) => text.split(/\s+/).length === 3));
  await rejects(
    readPrompts(await file("b.jsonl", '{"id":"x","text":"Seen in"}')),
    /b\.jsonl:1: letter x has 2 words/,
  );
  await rejects(readPrompts(await file("c.jsonl", '{"id":"x"}')), /c\.jsonl:1: neither prompt nor text/);
  await rejects(readPrompts(await file("d.txt", "\n")), /d\.txt: no prompt/);
  await rejects(
    readPrompts(await file("e.jsonl", '{"id":"x","prompt":"a"}\n{"id":"x","prompt":"b"}')),
    /e\.jsonl: two prompts have the id x/,
  );
});

Deno.test("palimpsest synthesize writes letters and tells what was left out", async () => {
  const folder = await folderWithModel();
  await Deno.writeTextFile(`${folder}/prompts.txt`, "no fever and\n");
  const said: string[] = [];
  const { error } = console;
  console.error = (...parts: unknown[]) => void said.push(parts.join(" "));
  try {
    const [model, given] = [["--model", `${folder}/tiny`], ["--prompts", `${folder}/prompts.txt`]];
    const out = `${folder}/out.jsonl`;
    const small = ["--samples", "3", "--max-tokens", "12", "--min-words", "1"];
    equal(await main(["synthesize", ...model, ...given, out, ...small]), 0);
    match(
      said.join("\n"),
      /3 sampled, \d kept, \d ended by the model; left out: \d by length, \d by repetition/,
    );
    equal(await main(["synthesize", ...model, ...given, out, "--top-p", "2"]), 2);
    equal(await main(["synthesize", ...model, ...given, out, "--filters", "nope"]), 2);
    equal(await main(["synthesize", ...model, ...given, out, "--filters", "copies"]), 2);
    equal(await main(["synthesize", "--model", `${folder}/none`, ...given, out]), 1);
    match(said.at(-1) ?? "", /unknown model/);
  } finally {
    console.error = error;
  }
});
