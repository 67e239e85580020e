import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import type { Continuation, GenerateOptions } from "../../generate/decoder.ts";
import { mask, type MaskedLetter } from "../../mask/mask.ts";
import { applyFills } from "../apply_fills.ts";
import { LEFT_BLANK } from "../filler.ts";
import { openFamily } from "../families.ts";
import { causal } from "./causal.ts";
import { type CausalModel, openCausalModel } from "./causal_model.ts";
import { causalSettings } from "./options.ts";
import { tinyGpt2 } from "./tiny_gpt2.ts";

/** A model whose pieces are characters, and that writes what it is told to behind each prompt. */
function fake(answer: (prompt: string) => string) {
  const asked: { readonly prompt: string; readonly room: number; readonly name: string | undefined }[] = [];
  const model: CausalModel = {
    ...{ name: "fake", maxLength: 64, begin: [1], ends: [2] },
    pieces: (text) => [...text].map((character) => character.codePointAt(0) ?? 0),
    text: (pieces) => String.fromCodePoint(...pieces.filter((piece) => piece > 2)),
    async *generate(prompts: readonly (readonly number[])[], options: GenerateOptions) {
      for (const [i, pieces] of prompts.entries()) {
        const prompt = model.text(pieces);
        asked.push({ prompt, room: options.maxPieces, name: options.names?.[i] });
        const written = model.pieces(answer(prompt)).slice(0, options.maxPieces);
        const standings = written.map((_, at) => ({ logProbability: 0, rank: at + 1 }));
        await Promise.resolve();
        yield { pieces: written, ended: false, standings } satisfies Continuation;
      }
    },
  };
  return { model, asked };
}

function maskedOf(text: string, only: readonly string[]): MaskedLetter {
  const letter = { id: "a", text, spans: [], meta: {} };
  const [one] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
  if (!one) throw new Error("mask() gave nothing");
  return { ...one, masked: one.masked.filter((i) => only.includes(one.words[i]?.text ?? "")) };
}

Deno.test("each stretch is written from what stands before it, earlier stretches as they were written", async () => {
  const { model, asked } = fake((prompt) => prompt.endsWith("She") ? " was very ill" : ", at home");
  const masked = maskedOf("She is well, seen today.", ["is", "well", "today"]);
  const [fills] = await causal(model, { candidates: 1 }).fill([masked]);
  deepEqual(asked, [
    { prompt: "She", room: 10, name: "a/0" },
    { prompt: "She was very, seen", room: 6, name: "a/1" },
  ]);
  equal(applyFills(masked, fills ?? []).text, "She was very, seen at.");
  deepEqual(fills?.[0]?.candidates?.map(({ text, probability }) => [text, probability]), [["was", 1]]);
  deepEqual(fills?.[0]?.choice, { rank: 2, probability: 1, how: "drawn" });
  equal(fills?.[0]?.original, "is");
});

Deno.test("what stands before the cut stays, and words that the model does not come to stay blank", async () => {
  const { model, asked } = fake(() => " now 12");
  const masked = maskedOf("She is well and she feels fine today.", ["is", "fine", "today"]);
  const [fills] = await causal(model, { keep: 0.5 }).fill([masked]);
  equal(asked.length, 1);
  deepEqual(fills?.map(({ text, left }) => [text, left]), [
    ["is", undefined],
    ["now", undefined],
    [LEFT_BLANK, true],
  ]);
});

Deno.test("a letter that begins with a blank is begun by the model, and long ones are read from as far as it takes", async () => {
  const { model, asked } = fake(() => "Seen");
  await causal(model).fill([maskedOf("Is well.", ["Is"]), maskedOf(`${"a b ".repeat(80)}ill.`, ["ill"])]);
  equal(asked[0]?.prompt, "");
  equal(asked[1]?.prompt.length, 64 - 6 - 1);
  ok(asked[1]?.prompt.endsWith("a b"));
});

Deno.test("a tiny GPT-2 writes by its seed, the same whatever letters are with it", async () => {
  const folder = `${await Deno.makeTempDir()}/tiny`;
  await tinyGpt2(folder);
  const model = await openCausalModel(folder, { threads: 1 });
  const corpus = [
    "She felt well today. No chest pain was seen.",
    "Fever and cough.",
    "Was ill at home in clinic today.",
  ]
    .map((text, i) => ({ id: `${i}`, text, spans: [{ start: 0, end: 3, label: "X" }], meta: {} }));
  const masked = mask(corpus, { strategy: "random", ratio: 0.7, seed: 1 });
  const texts = async (seed: number, some = masked) => {
    const fills = await causal(model, { sampling: { seed, topP: 0.95 } }).fill(some);
    return some.map((one, i) => applyFills(one, fills[i] ?? []).text);
  };
  const all = await texts(1);
  deepEqual(await texts(1, masked.slice(1, 2)), all.slice(1, 2));
  ok(`${await texts(2)}` !== `${all}`);
  ok(all.every((text, i) => text.slice(0, 3) === corpus[i]?.text.slice(0, 3))); // the entity stays
  await model.close();
});

Deno.test("a causal folder is opened for filling by its configuration, and options of others are refused", async () => {
  const folder = `${await Deno.makeTempDir()}/tiny`;
  await tinyGpt2(folder);
  const filler = await openFamily(folder, { keep: 0.3, threads: 1 });
  deepEqual((await filler.fill([maskedOf("She is well.", ["is"])])).map((fills) => fills.length), [1]);
  await filler.close();
  await rejects(
    openFamily(folder, { beams: 2 }),
    /beams is for encoder-decoders, and gpt2 is a causal language model/,
  );
  throws(() => causalSettings({ keep: -1 }), /keep -1/);
  throws(() => causalSettings({ pieces: 0 }), /pieces 0/);
  throws(() => causalSettings({ sampling: { seed: 1.5 } }), /seed 1.5/);
});
