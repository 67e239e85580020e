import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { main } from "../cli/main.ts";
import type { Letter } from "../corpus/letter.ts";
import { letters } from "../corpus/letters.ts";
import { words } from "../text/words.ts";
import { Annotator } from "./annotate.ts";
import { overlappingWindows } from "./overlapping_windows.ts";
import { openTagger } from "./tagger.ts";
import { trainTagger } from "./train_tagger.ts";
import { writeLetters } from "../corpus/write_letters.ts";

const pieces = ["on", "aspirin", "and", "ramipril", "today", "fever", "cough", "no", ".", "##s", "x"];
const LABELS: Readonly<Record<string, string>> = { aspirin: "DRUG", ramipril: "DRUG", fever: "PROBLEM" };

function letterOf(id: string, text: string): Letter {
  const spans = words(text).flatMap(({ start, end, text: word }) =>
    LABELS[word] === undefined ? [] : [{ start, end, label: LABELS[word] }]
  );
  return { id, text, spans, meta: { fold: "1" } };
}

const LONG = letterOf(
  "a",
  "On aspirin and ramipril today. No fever. On aspirin. Today no cough. 🩺 ".repeat(4),
);
const SHORT = letterOf("b", "No fever today.");
const bare = [LONG, SHORT].map((letter) => ({ ...letter, spans: [] }));

async function folderWithTaggers(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await tinyModel(`${folder}/tiny`, { pieces, positions: 16, layers: 1 });
  const settings = { model: "tiny", models: folder, steps: 120, batch: 4, learningRate: 0.03 };
  // A window may begin anywhere: so do the letters to learn from.
  const cut = Array.from(
    { length: 12 },
    (_, i) => letterOf(`c${i}`, LONG.text.split(" ").slice(i).join(" ")),
  );
  for (const [seed, scheme] of [[1, "iob2"], [2, "iob2"], [3, "bilou"]] as const) {
    await using tagger = await trainTagger([...cut, SHORT], { ...settings, seed, scheme });
    await tagger.save(`${folder}/tagger-${seed}`);
  }
  return folder;
}

const folder = await folderWithTaggers();

Deno.test("annotators find spans in overlapping windows, alone, in BILOU and together", async () => {
  for (const names of [["tagger-1"], ["tagger-3"], ["tagger-1", "tagger-2"]]) {
    const taggers = await Promise.all(names.map((name) => openTagger(name, { models: folder })));
    const annotator = new Annotator(taggers, { probabilities: true });
    const annotated = await annotator.annotate(bare);
    deepEqual(annotated.map(({ spans }) => spans), [LONG.spans, SHORT.spans]);
    const probabilities: number[] = JSON.parse(annotated[0]?.meta["probabilities"] ?? "[]");
    equal(probabilities.length, LONG.spans.length);
    ok(probabilities.every((p) => p > 0.5 && p <= 1));
    equal(annotated[0]?.meta["fold"], "1");
    deepEqual(annotator.report, { found: "17 spans in 2 letters: DRUG 12, PROBLEM 5", warnings: [] });
    for (const tagger of taggers) await tagger.close();
  }
});

Deno.test("several annotators count by the mean of their probabilities", async () => {
  const taggers = await Promise.all([1, 2].map((seed) => openTagger(`tagger-${seed}`, { models: folder })));
  const [[one], [two]] = [
    await taggers[0]?.scores([SHORT.text]) ?? [],
    await taggers[1]?.scores([SHORT.text]) ?? [],
  ];
  const tag = taggers[0]?.tags.indexOf("B-PROBLEM") ?? -1;
  const at = (taggers[0]?.tags.length ?? 0) + tag; // of the second word
  const expected = (Math.exp(one?.scores[at] ?? NaN) + Math.exp(two?.scores[at] ?? NaN)) / 2;
  const [annotated] = await new Annotator(taggers, { probabilities: true }).annotate([SHORT]);
  const [probability] = JSON.parse(annotated?.meta["probabilities"] ?? "[]");
  ok(Math.abs(probability - expected) < 2e-6);
  for (const tagger of taggers) await tagger.close();
});

Deno.test("an annotator that finds nothing is told of, and models of other labels are refused", async () => {
  await using tagger = await openTagger("tagger-1", { models: folder });
  await using other = await openTagger("tagger-3", { models: folder });
  const annotator = new Annotator([tagger]);
  await annotator.annotate([{ ...SHORT, text: "Today and today." }]);
  match(annotator.report.warnings.join(), /tagger-1 found nothing in 1 letter: it knows DRUG, PROBLEM/);
  throws(() => new Annotator([tagger, other]), /tagger-1 has the tags O B-DRUG.* tagger-3 has .* U-DRUG/);
  throws(() => new Annotator([]), /no tagger/);
  throws(() => new Annotator([tagger], { overlap: 1 }), /overlap 1/);
});

Deno.test("overlappingWindows() gives each word one window, with context on both sides", () => {
  const text = Array.from({ length: 100 }, (_, i) => `w${i}`).join(" ");
  const tokenizer = {
    pieces: (word: string) => word.endsWith("7") ? [1, 2, 3] : [1],
    around: { before: [8], after: [9] },
  };
  const windows = overlappingWindows(text, words(text), tokenizer, 22, 0.4);
  deepEqual(windows.flatMap(({ words }) => words.map(({ word }) => word)).toSorted((a, b) => a - b), [
    ...Array(100).keys(),
  ]);
  ok(windows.every(({ ids }) => ids.length <= 22));
  for (const [i, { ids, words }] of windows.entries()) {
    for (const { at } of words) {
      equal(ids[at], 1);
      if (i > 0) ok(at - 1 >= 2, "context before");
      if (i < windows.length - 1) ok(ids.length - 1 - at >= 3, "context behind");
    }
  }
});

Deno.test("palimpsest annotate writes letters with spans, the same whatever the batch, and names what is wrong", async () => {
  const [input, out] = [`${folder}/in.jsonl`, `${folder}/out.jsonl`];
  await writeLetters(input, bare);
  const said: string[] = [];
  const { error } = console;
  console.error = (...parts: unknown[]) => void said.push(parts.join(" "));
  try {
    const models = ["--model", `${folder}/tagger-1`, "--model", `${folder}/tagger-2`];
    equal(await main(["annotate", input, out, ...models, "--probabilities"]), 0);
    deepEqual((await letters(out)).map(({ spans }) => spans), [LONG.spans, SHORT.spans]);
    match(said.join("\n"), /17 spans in 2 letters/);
    await writeLetters(input, [{ ...SHORT, text: "Today and today.", spans: [] }]);
    equal(await main(["annotate", input, out, "--model", `${folder}/tagger-1`]), 0);
    match(said.join("\n"), /warning: tagger-1 found nothing in 1 letter/);
    equal(await main(["annotate", input, out, "--model", `${folder}/tagger-1`, "--overlap", "2"]), 2);
    equal(await main(["annotate", input, out, "--model", `${folder}/tiny`]), 1);
    match(said.at(-1) ?? "", /id2label is missing/);
  } finally {
    console.error = error;
  }
  const config = JSON.parse(await Deno.readTextFile(`${folder}/tagger-1/config.json`));
  config.id2label = { 0: "O", 1: "I-DRUG", 2: "I-PROBLEM", 3: "X", 4: "Y" };
  await Deno.writeTextFile(`${folder}/tagger-1/config.json`, JSON.stringify(config));
  await rejects(
    openTagger("tagger-1", { models: folder }),
    /id2label has "I-DRUG"; a tagger has tags of IOB2/,
  );
});
