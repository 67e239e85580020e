/** Every family of encoders fills, in every way. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { env, pipeline } from "@huggingface/transformers";
import { z } from "zod";
import { convertFolder } from "../export/convert_folder.ts";
import type { MaskedLetter } from "../mask/mask.ts";
import { isAlphabetic } from "../text/alphabetic.ts";
import { words } from "../text/words.ts";
import { countWords } from "../tokenizers/train/count_words.ts";
import { CAUSAL_BPE_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { BYTE_LEVEL, trainBpe } from "../tokenizers/train/train_bpe.ts";
import { writeBpe } from "../tokenizers/train/write_bpe.ts";
import { encoder } from "./encoder.ts";
import { openMaskedLM } from "./encoder_model.ts";
import { fillModes } from "./encoder_options.ts";
import { filledLetters } from "./fill.ts";
import { encoderFamilies, type EncoderFamily, tinyEncoder } from "./tiny_encoders.ts";

const TEXT =
  "She was seen in clinic today (no fever).\nChest pain and cough: not on the ward.\n\nFelt well at home.";

/** A letter with every `every`-th word of letters masked. */
function masked(text: string, every: number, id = "a"): MaskedLetter {
  const all = words(text);
  const alphabetic = all.flatMap(({ text }, i) => isAlphabetic(text) ? [i] : []);
  return {
    letter: { id, text, spans: [], meta: {} },
    words: all,
    protectedBy: all.map(() => undefined),
    heldBy: all.map(() => []),
    masked: alphabetic.filter((_, i) => i % every === 0),
  };
}

async function tiny(family: EncoderFamily, positions = 48) {
  const root = await Deno.makeTempDir();
  await tinyEncoder(`${root}/${family}`, family, positions);
  const model = await openMaskedLM(`${root}/${family}`, { threads: 1 });
  return {
    root,
    folder: `${root}/${family}`,
    model,
    async [Symbol.asyncDispose]() {
      await model.close();
      await Deno.remove(root, { recursive: true });
    },
  };
}

for (const family of encoderFamilies) {
  Deno.test(`${family} fills whole words in every mode, by arg-max and by chance, in one piece and in several`, async () => {
    await using opened = await tiny(family);
    const { model } = opened;
    const one = masked(TEXT.repeat(3), 3);
    for (const mode of fillModes) {
      for (const sampling of [undefined, { seed: 7, topK: 6 }, { seed: 7, topP: 0.9, temperature: 1.5 }]) {
        for (const [pieces, window] of [[1, undefined], [1, 16], [2, undefined]] as const) {
          const options = {
            mode,
            pieces,
            candidates: 3,
            ...(sampling && { sampling }),
            ...(window !== undefined && { window }),
          };
          const [fills = []] = await encoder(model, options).fill([one]);
          deepEqual(fills.map(({ word }) => word), [...one.masked]);
          ok(fills.every(({ text }) => isAlphabetic(text)), JSON.stringify(fills.map(({ text }) => text)));
          const [filled] = filledLetters([one], [fills]);
          equal(words(filled?.text ?? "").length, one.words.length);
          const [again] = await encoder(model, { ...options, tokensPerBatch: 50 }).fill([one]);
          deepEqual(again?.map(({ text }) => text), fills.map(({ text }) => text));
        }
      }
    }
  });
}

const FillMask = z.array(z.object({ score: z.number(), token: z.number() }));

for (const family of ["bert", "distilbert", "roberta"] as const) {
  Deno.test(`${family} gives transformers.js's scores and pieces where one word is masked`, async () => {
    await using opened = await tiny(family);
    const { root, folder, model } = opened;
    await convertFolder(folder, `${root}/converted`);
    env.localModelPath = `${root}/`;
    env.allowRemoteModels = false;
    const theirs = await pipeline("fill-mask", "converted", { device: "cpu", dtype: "fp32" });
    const [text] = TEXT.split("\n");
    const all = words(text ?? "");
    for (const word of [0, 2, 5, 7, 8]) {
      const one = { ...masked(text ?? "", 1), masked: [word] };
      const { start = 0, end = 0 } = all[word] ?? {};
      const input = `${text?.slice(0, start)}${model.piece(model.maskId)}${text?.slice(end)}`;
      const expected = FillMask.parse(await theirs(input, { top_k: 8 }));
      const [fills] = await encoder(model, { candidates: 8 }).fill([one]);
      const [fill] = fills ?? [];
      const likeliest = fill?.candidates?.filter(({ pieces }) => pieces.length === 1).slice(0, 8) ?? [];
      deepEqual(likeliest.map(({ pieces }) => pieces[0]), expected.map(({ token }) => token));
      for (const [i, { probability }] of likeliest.entries()) {
        const gap = Math.abs(probability - (expected[i]?.score ?? NaN));
        ok(gap < 1e-5, `${family}, word ${word}: candidate ${i + 1} differs by ${gap}`);
      }
    }
    await theirs.dispose();
  });
}

Deno.test("a Longformer sees 4,096 positions at once, and a letter longer than that in several windows", async () => {
  await using opened = await tiny("longformer", 4096);
  const { model } = opened;
  equal(model.maxLength, 4096);
  const asked: number[] = [];
  const watched = {
    ...model,
    likeliest: (...[windows, howMany]: Parameters<typeof model.likeliest>) => {
      asked.push(...windows.map(({ ids }) => ids.length));
      return model.likeliest(windows, howMany);
    },
  };
  const text = Array.from({ length: 110 }, (_, i) => TEXT.replace("today", "a".repeat(1 + i % 7))).join("\n");
  const [fills] = await encoder(watched).fill([masked(text, 9)]);
  ok(
    asked.length > 1 && asked.every((length) => length <= 4096) && asked.some((length) => length > 4000),
    `${asked}`,
  );
  ok(fills?.every(({ text }) => isAlphabetic(text)));
});

Deno.test("openMaskedLM() refuses a model without a mask token, and one that is no encoder, in one line", async () => {
  await using opened = await tiny("roberta");
  const { folder } = opened;
  const special = CAUSAL_BPE_TOKENS;
  const trained = trainBpe(countWords(["no fever no fever"], { ...BYTE_LEVEL, special }), {
    size: 260,
    special,
  });
  await writeBpe(folder, trained, 48);
  await rejects(openMaskedLM(folder), /tokenizer\.json: no mask token\. Name a model that has one\.$/);
  const causal = { model_type: "gpt2", vocab_size: 8, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 8 };
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(causal));
  await rejects(openMaskedLM(folder), /gpt2 is of the kind decoder, wanted is one of the kind encoder/);
  await rejects(openMaskedLM(`${folder}/none`), /none\/config\.json: missing/);
});

Deno.test("int8 fills too, most words as float32 does", async () => {
  await using opened = await tiny("bert");
  const { folder, model } = opened;
  const small = await openMaskedLM(folder, { int8: true, threads: 1 });
  const one = masked(TEXT.repeat(5), 2);
  const [exact = []] = await encoder(model).fill([one]);
  const [rounded = []] = await encoder(small).fill([one]);
  const same = exact.filter(({ text }, i) => rounded[i]?.text === text).length;
  ok(same > 0.5 * exact.length, `${same} of ${exact.length}`);
  await small.close();
});
