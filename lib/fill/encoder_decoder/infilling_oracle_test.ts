import { deepEqual, equal, ok } from "node:assert/strict";
import { z } from "zod";
import { readConfig } from "../../checkpoint/config.ts";
import { openEncoderDecoder } from "../../checkpoint/model.ts";
import { letters } from "../../corpus/letters.ts";
import { openWriter } from "../../generate/encoder_decoder.ts";
import { mask } from "../../mask/mask.ts";
import { project } from "../../project.ts";
import { card } from "../../train/card.ts";
import { Forward } from "../../train/forward.ts";
import { readRecipe } from "../../train/recipe.ts";
import { inputFor } from "../../train/task.ts";
import { TrainingLog } from "../../train/training_log.ts";
import { fill } from "../fill.ts";

const MODEL = "t5-small-clinical";
const folder = `${project.models}/${MODEL}`;
const HEAD = { kind: "language-model" } as const;
const record = new URL("infilling_oracle.json", import.meta.url);

const Oracle = z.object({
  every: z.number(),
  searches: z.array(z.object({
    num_beams: z.number(),
    no_repeat_ngram_size: z.number(),
    max_new_tokens: z.number(),
    length_penalty: z.number(),
    early_stopping: z.boolean(),
  })),
  texts: z.array(z.object({
    text: z.string(),
    ids: z.array(z.number()),
    written: z.array(z.number()),
    largest: z.number(),
    logits: z.array(z.array(z.number())),
    best: z.array(z.number()),
    found: z.array(z.object({
      sequences: z.array(z.array(z.number())),
      scores: z.array(z.number()).nullable(),
    })),
  })),
});

const oracle = Oracle.parse(JSON.parse(await Deno.readTextFile(record)));
const { architecture, parameters, tokenizer } = await openEncoderDecoder(folder, HEAD);

Deno.test("the logits of t5-small-clinical equal those of Python's T5ForConditionalGeneration", async () => {
  const forward = new Forward(parameters, (net, batch) => {
    const [ids, written] = [inputFor(net.b, batch, "ids"), inputFor(net.b, batch, "written")];
    const memory = architecture.memory(net, architecture.encode(net, { ids }), 1, ids.shape[1] ?? 1);
    const { hidden } = architecture.decode(net, { ids: written, memory });
    return { logits: architecture.languageModel(net, hidden) };
  }, { threads: 1 });
  const int64 = (values: readonly number[]) =>
    ({ dtype: "int64", shape: [1, values.length], data: BigInt64Array.from(values, BigInt) }) as const;
  for (const { text, ids, written, largest, logits, best } of oracle.texts) {
    deepEqual(tokenizer.withSpecial(tokenizer.encode(text)), ids, text);
    const { logits: ours } = await forward.run({ ids: int64(ids), written: int64(written) });
    for (const [at, expected] of logits.entries()) {
      const row = Array.from(
        ours?.data.slice(at * architecture.vocabulary, (at + 1) * architecture.vocabulary) ?? [],
        Number,
      );
      expected.forEach((x, k) =>
        ok(Math.abs((row[k * oracle.every] ?? NaN) - x) < 1e-4 * largest, `${text}, ${at}`)
      );
      equal(row.indexOf(Math.max(...row)), best[at]);
    }
  }
  await forward.close();
});

Deno.test("its beams fill the blanks of a sentence as Python's do, all of them, with their scores", async () => {
  const writer = await openWriter(architecture, parameters, { threads: 1 });
  for (const [i, options] of oracle.searches.entries()) {
    const found = await writer.search(oracle.texts.map(({ ids }) => ids), {
      beams: options.num_beams,
      noRepeat: options.no_repeat_ngram_size,
      maxPieces: options.max_new_tokens,
      lengthPenalty: options.length_penalty,
      earlyStopping: options.early_stopping,
    });
    for (const [text, { found: recorded }] of oracle.texts.entries()) {
      const python = recorded[i]?.sequences.map((sequence) => {
        const written = sequence.slice(1);
        return written.includes(1) ? written.slice(0, written.indexOf(1)) : written;
      });
      deepEqual(found[text]?.map(({ pieces }) => pieces), python, JSON.stringify(options));
      recorded[i]?.scores?.forEach((score, k) =>
        ok(Math.abs((found[text]?.[k]?.score ?? NaN) - score) < 1e-4)
      );
    }
  }
  await writer.close();
});

Deno.test("fill() takes it for an encoder-decoder, and its card is that of its recipe and its log", async () => {
  const [letter] = await letters(project.letters);
  const masked = mask(letter ? [letter] : [], { strategy: "random", ratio: 0.3, seed: 42 });
  const [filled] = await fill(masked, { model: MODEL, beams: 2, candidates: 2, threads: 1 });
  equal(filled?.fills.length, masked[0]?.masked.length);
  ok(filled?.fills.some(({ choice }) => choice !== undefined));
  const recipe = await readRecipe(`${folder}/recipe.json`);
  const log = TrainingLog.parse(JSON.parse(await Deno.readTextFile(`${folder}/training.json`)));
  equal(
    await Deno.readTextFile(`${folder}/README.md`),
    card(recipe, log, (await readConfig(folder)).architecture),
  );
  ok(recipe.texts.every(({ file }) => !file.includes("letters")));
  let bytes = 0;
  for await (const { name } of Deno.readDir(folder)) bytes += (await Deno.stat(`${folder}/${name}`)).size;
  ok(bytes <= 30e6, `${bytes} bytes`);
});
