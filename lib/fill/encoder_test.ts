import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { mask } from "../mask/mask.ts";
import { words } from "../text/words.ts";
import { encoder } from "./encoder.ts";
import type { HowMany, Likely, MaskedLanguageModel, Window } from "./masked_language_model.ts";

/** A model whose answers tell what it was asked: each mask is filled with the piece on its left, upper case, `##` where that is a tail. */
class Echo implements MaskedLanguageModel {
  readonly name = "echo";
  readonly maskId = 0;
  readonly clsId = 1;
  readonly sepId = 2;
  readonly padId = 3;
  readonly seesBlanks = false;
  readonly words = Uint8Array.of(0, 0, 0, 0, 1);
  readonly tails = new Uint8Array(5);
  readonly #pieces = ["[MASK]", "[CLS]", "[SEP]", "[PAD]", "start"];
  readonly asked: (readonly Window[])[] = [];
  constructor(readonly maxLength: number) {}
  /** Pieces of three letters at most. */
  pieces(word: string): number[] {
    const parts = word.match(/.{1,3}/gsu) ?? [];
    return parts.map((part, i) => this.#id(i === 0 ? part : `##${part}`));
  }
  piece(id: number): string {
    return this.#pieces[id] ?? "";
  }
  surface(id: number) {
    const piece = this.piece(id);
    return { text: piece.replace("##", ""), begins: !piece.startsWith("##") };
  }
  likeliest(windows: readonly Window[], _howMany: HowMany): Promise<Likely[][]> {
    this.asked.push(windows);
    return Promise.resolve(windows.map(({ ids, masked }) =>
      masked.map((place) => {
        const raw = ids[place - 1] ?? this.sepId;
        const whole = this.surface(raw).text;
        const word = /^\p{L}+$/u.test(whole) ? this.#id(whole) : 4;
        return { all: [{ id: raw, probability: 1 }], words: [{ id: word, probability: 1 }] };
      })
    ));
  }
  scores(): Promise<Float32Array[][]> {
    return Promise.reject(new Error("scores are not asked for"));
  }
  #id(piece: string): number {
    const known = this.#pieces.indexOf(piece);
    return known >= 0 ? known : this.#pieces.push(piece) - 1;
  }
}

const letter = (id: string, text: string) => ({ id, text, spans: [], meta: {} });
const options = { strategy: "random", ratio: 0.5, seed: 42 } as const;
const prose =
  "She came in feeling unwell. Breathing was easy, appetite poor. Nothing else was found on looking her over.\n";
const letters = [1, 4, 0, 9, 2].map((times, i) =>
  letter(`letter-${i}`, `Dear colleague\n${prose.repeat(times)}`)
);

Deno.test("encoder() gives the model whole sentences with one mask a word, within its length", async () => {
  const model = new Echo(20);
  const masked = mask(letters, options);
  await encoder(model).fill(masked);
  const windows = model.asked.flat();
  for (const { ids, masked } of windows) {
    ok(ids.length <= 20 && masked.length > 0);
    deepEqual([ids[0], ids.at(-1)], [model.clsId, model.sepId]);
    deepEqual(ids.flatMap((id, i) => id === model.maskId ? [i] : []), masked);
  }
  equal(new Set(windows.map(({ ids }) => `${ids}`)).size, windows.length); // what is the same is asked once
});

Deno.test("encoder() fills each mask from its own window, in the order of the words", async () => {
  const model = new Echo(512);
  const [masked] = mask([letter("a", "Anna saw 7 grown Boys")], { ...options, ratio: 1 });
  ok(masked);
  const [fills] = await encoder(model).fill([masked]);
  deepEqual(fills, [
    { word: 0, text: "Start", raw: "[CLS]", valid: false },
    { word: 1, text: "start", raw: "[MASK]", valid: false },
    { word: 3, text: "start", raw: "7", valid: false },
    { word: 4, text: "Start", raw: "[MASK]", valid: false },
  ]);
});

Deno.test("encoder() says whether the free choice was a whole word, and writes a whole word in any case", async () => {
  const [masked] = mask([letter("a", "ECG of boys ECGROOM x")], {
    ...options,
    ratio: 1,
    protect: ["all capitals"],
  });
  ok(masked);
  const [fills] = await encoder(new Echo(512)).fill([masked]);
  deepEqual(fills, [
    { word: 1, text: "ecg", raw: "ECG", valid: true },
    { word: 2, text: "start", raw: "[MASK]", valid: false },
    { word: 4, text: "m", raw: "##M", valid: false },
  ]);
});

Deno.test("encoder() writes the same whatever the batches and the other letters, and knows how far it is", async () => {
  const masked = mask(letters, options);
  const fill = (tokensPerBatch: number, some = masked) =>
    encoder(new Echo(24), { tokensPerBatch }).fill(some);
  const expected = await fill(4096);
  for (const tokens of [1, 24, 100]) deepEqual(await fill(tokens), expected);
  deepEqual(await fill(100, masked.toReversed()), expected.toReversed());
  deepEqual(expected.map((fills) => fills.map(({ word }) => word)), masked.map(({ masked }) => [...masked]));

  const steps: number[] = [];
  await encoder(new Echo(24), { tokensPerBatch: 48 }).fill(masked, (done, total) => {
    equal(total, letters.length);
    steps.push(done);
  });
  ok(steps.length > 3 && steps.every((done, i) => done >= (steps[i - 1] ?? 0)));
  equal(steps.at(-1), letters.length);
});

Deno.test("encoder() asks in batches of windows of like length, within the tokens of a batch once padded", async () => {
  const model = new Echo(24);
  await encoder(model, { tokensPerBatch: 100 }).fill(mask(letters, options));
  const lengths = model.asked.map((batch) => batch.map(({ ids }) => ids.length));
  for (const batch of lengths) ok(Math.max(...batch) * batch.length <= 100);
  deepEqual(lengths.flat(), lengths.flat().toSorted((a, b) => b - a));
});

Deno.test("encoder() leaves letters without masks to themselves", async () => {
  const model = new Echo(24);
  deepEqual(await encoder(model).fill(mask(letters, { ...options, ratio: 0 })), letters.map(() => []));
  equal(model.asked.length, 0);
});

Deno.test("encoder() rejects a word the model cannot take, an answer of another size, and a batch of nothing", async () => {
  const long = [letter("a", `${"pneumono".repeat(9)} of boys`)];
  const masked = mask(long, { ...options, ratio: 0.7 });
  const unmasked = masked.map((m) => ({ ...m, masked: [words(long[0]?.text ?? "").length - 1] }));
  await rejects(
    encoder(new Echo(20)).fill(unmasked),
    /letter a: the word at \[0, 72\) has 24 pieces, the model takes 18/,
  );
  class Silent extends Echo {
    override likeliest(windows: readonly Window[]): Promise<Likely[][]> {
      return Promise.resolve(windows.map(() => []));
    }
  }
  await rejects(encoder(new Silent(99)).fill(unmasked), /model echo answered for 0 masks, asked were 1/);
  throws(() => encoder(new Echo(20), { tokensPerBatch: 0 }), /tokensPerBatch 0/);
});
