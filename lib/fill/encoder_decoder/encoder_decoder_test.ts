import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import type { Found } from "../../generate/beam.ts";
import { mask, type MaskedLetter } from "../../mask/mask.ts";
import { applyFills } from "../apply_fills.ts";
import { LEFT_BLANK } from "../filler.ts";
import { encoderDecoder } from "./encoder_decoder.ts";
import { type InfillingModel, openInfillingModel } from "./infilling_model.ts";
import { infillingSettings, PROMPT } from "./options.ts";
import { sentinelWindows } from "./sentinel_windows.ts";
import { tinyT5 } from "./tiny_t5.ts";

const SENTINELS = Array.from({ length: 100 }, (_, i) => 1000 - i);

/** A model whose pieces are words, and that writes what it is told to for each window. */
function fake(answer: (blanks: number, text: number) => readonly string[][], maxLength = 64) {
  const words: string[] = ["<pad>", "</s>", "<unk>"];
  const id = (word: string) => {
    if (!words.includes(word)) words.push(word);
    return words.indexOf(word);
  };
  const asked: number[][] = [];
  const model: InfillingModel = {
    ...{ name: "fake", maxLength, sentinels: SENTINELS, end: [1] },
    pieces: (text) => text.split(/\s+/).map(id),
    text: (pieces) => pieces.map((piece) => words[piece]).join(" "),
    search: (texts) => {
      asked.push(...texts.map((text) => [...text]));
      return Promise.resolve(texts.map((text, i) => {
        const blanks = text.filter((piece) => SENTINELS.includes(piece)).length;
        return answer(blanks, i).map((parts): Found => {
          const pieces = parts.map((part) =>
            /^<\d+>$/.test(part) ? SENTINELS[Number(part.slice(1, -1))] ?? 0 : id(part)
          );
          return { pieces, score: 0, logProbabilities: pieces.map(() => Math.log(0.5)) };
        });
      }));
    },
  };
  return {
    model,
    asked,
    shown: (ids: readonly number[]) => ids.map((x) => words[x] ?? `<${1000 - x}>`).join(" "),
  };
}

function maskedOf(text: string, only?: readonly string[]): MaskedLetter {
  const letter = { id: "a", text, spans: [], meta: {} };
  const [one] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
  if (!one) throw new Error("mask() gave nothing");
  return only ? { ...one, masked: one.masked.filter((i) => only.includes(one.words[i]?.text ?? "")) } : one;
}

Deno.test("a sentinel stands for each masked word, behind the prompt, and the first word behind it is taken", async () => {
  const { model, asked, shown } = fake(() => [["<0>", "WAS", "seen", "<1>", "home"]]);
  const masked = maskedOf("She is well today.", ["is", "today"]);
  const [fills] = await encoderDecoder(model).fill([masked]);
  deepEqual(asked.map(shown), [`${PROMPT.trim()} She <0> well <1> . </s>`]);
  deepEqual(fills?.map(({ text, raw, valid }) => [text, raw, valid]), [
    ["was", "WAS seen", false],
    ["home", "home", true],
  ]);
  equal(applyFills(masked, fills ?? []).text, "She was well home.");
});

Deno.test("missing, empty, repeated and surplus sentinels are counted, and what has no word stays blank", async () => {
  const { model } = fake(() => [["x", "<0>", "<1>", "12", "<1>", "later", "<7>", "never", "<2>", "now"]]);
  const masked = maskedOf("She is well today and fine.", ["is", "well", "today", "fine"]);
  const filler = encoderDecoder(model, { candidates: 2 });
  const [fills] = await filler.fill([masked]);
  deepEqual(fills?.map(({ text, raw, left }) => [text, raw, left]), [
    [LEFT_BLANK, "", true],
    [LEFT_BLANK, "12", true],
    ["now", "now", undefined],
    [LEFT_BLANK, "", true],
  ]);
  deepEqual(fills?.[1]?.candidates?.map(({ text, refused }) => [text, refused]), [[
    "12",
    "no word of letters",
  ]]);
  deepEqual(filler.sentinels, { asked: 4, missing: 2, surplus: 2 });
});

Deno.test("with a second round the model is asked for what it passed over, its own words being text by then", async () => {
  const { model, asked, shown } = fake((blanks) => [blanks === 2 ? ["<1>", "home"] : ["<0>", "was"]]);
  const filler = encoderDecoder(model, { rounds: 2, prompt: "" });
  const [fills] = await filler.fill([maskedOf("She is well today.", ["is", "today"])]);
  deepEqual(asked.map(shown), ["She <0> well <1> . </s>", "She <0> well home . </s>"]);
  deepEqual(fills?.map(({ text }) => text), ["was", "home"]);
  deepEqual(filler.sentinels, { asked: 3, missing: 1, surplus: 0 });
});

Deno.test("candidates are what the beams have, filters refuse and are counted, and the choice says why", async () => {
  const { model } = fake(() => [["<0>", "is"], ["<0>", "was"], ["<0>", "is"], ["<1>", "home"]]);
  const [fills] = await encoderDecoder(model, { candidates: 5, filters: ["copy"] })
    .fill([maskedOf("She is well.", ["is"])]);
  const [fill] = fills ?? [];
  equal(fill?.text, "was");
  deepEqual(fill?.candidates?.map(({ text, probability, refused }) => [text, probability, refused]), [
    ["is", 0.5, "copy"],
    ["was", 0.5, undefined],
  ]);
  deepEqual([fill?.original, fill?.refused, fill?.choice], [
    "is",
    { copy: 1 },
    { rank: 2, probability: 0.5, how: "likeliest" },
  ]);
});

Deno.test("windows hold whole sentences, no more pieces than the model takes, no more blanks than it has sentinels", () => {
  const sentence = "She was seen today and felt well. ";
  const masked = maskedOf(sentence.repeat(40));
  const { model } = fake(() => [], 40);
  const windows = sentinelWindows(masked, model, { prompt: PROMPT });
  ok(windows.every(({ ids }) => ids.length <= 40));
  deepEqual(windows.flatMap(({ words }) => words), masked.masked);
  ok(windows.every(({ ids }) => ids.at(-1) === 1));
  const { model: wide } = fake(() => [], 5000);
  const many = sentinelWindows(masked, wide, { prompt: "" }); // 280 blanks
  deepEqual(many.map(({ words }) => words.length), [98, 98, 84]);
  const lined = sentinelWindows(maskedOf("He coughs.\nNo fever.\nHome today."), wide, {
    prompt: "",
    minLines: 2,
  });
  deepEqual(lined.map(({ words }) => words.length), [4, 2]);
});

Deno.test("what cannot be is refused by name", async () => {
  throws(() => infillingSettings({ beams: 2, sampling: { seed: 1 } }), /2 beams and sampling: choose one/);
  throws(() => infillingSettings({ rounds: 0 }), /rounds 0: choose/);
  throws(() => infillingSettings({ sampling: { seed: 1, topP: 0 } }), /topP 0/);
  const { model } = fake(() => [], 8);
  throws(
    () => sentinelWindows(maskedOf("She is."), model, { prompt: "a b c d e f g h i" }),
    /holds nothing beside the prompt's 9/,
  );
  const long = { ...model, pieces: (text: string) => Array(text.length).fill(5) };
  await rejects(
    encoderDecoder(long, { prompt: "" }).fill([maskedOf("She takes hydrochlorothiazide.", ["She"])]),
    /letter a: the words at 10 have 20 pieces, the model takes 7/,
  );
});

Deno.test("a tiny T5 writes the same whatever letters are with it, and by chance as its seed has it", async () => {
  const folder = `${await Deno.makeTempDir()}/tiny`;
  await tinyT5(folder, { spread: 0.02, sentinels: 8 }); // nearly every piece is as likely, sentinels among them
  const model = await openInfillingModel(folder, { threads: 1 });
  const corpus = [
    "She felt well today. No chest pain was seen.",
    "Fever and cough.",
    "Was ill at home, in clinic today.",
  ]
    .map((text, i) => ({ id: `${i}`, text, spans: [], meta: {} }));
  const masked = mask(corpus, { strategy: "random", ratio: 0.6, seed: 1 });
  for (const options of [{ beams: 3 }, { sampling: { seed: 7, topP: 0.9 } }] as const) {
    const all = await encoderDecoder(model, { ...options, candidates: 3 }).fill(masked);
    const alone = await encoderDecoder(model, { ...options, candidates: 3 }).fill(masked.slice(1, 2));
    deepEqual(alone[0]?.map(({ text }) => text), all[1]?.map(({ text }) => text));
    deepEqual(all.map((fills) => fills.length), masked.map((one) => one.masked.length));
  }
  const drawn = (seed: number) => encoderDecoder(model, { sampling: { seed }, pieces: 20 }).fill(masked);
  ok(JSON.stringify(await drawn(1)) !== JSON.stringify(await drawn(2)));
  await model.close();
});

Deno.test("the text of a sentinel in a letter is text", async () => {
  const folder = `${await Deno.makeTempDir()}/tiny`;
  await tinyT5(folder);
  const model = await openInfillingModel(folder, { threads: 1 });
  const windows = sentinelWindows(maskedOf("Seen <extra_id_0> today </s> well.", ["Seen"]), model, {
    prompt: "",
  });
  equal(windows[0]?.ids.filter((id) => model.sentinels.includes(id)).length, 1);
  equal(windows[0]?.ids.filter((id) => id === 1).length, 1);
  await model.close();
});
