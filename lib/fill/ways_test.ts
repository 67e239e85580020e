/** The ways in which an encoder fills, with a model that everything is known of. */
import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import type { MaskedLetter } from "../mask/mask.ts";
import { words } from "../text/words.ts";
import { countFills } from "./counts.ts";
import { encoder } from "./encoder.ts";
import type { EncoderOptions } from "./encoder_options.ts";
import { likelyPieces } from "./likely_pieces.ts";
import type { HowMany, Likely, MaskedLanguageModel, Window } from "./masked_language_model.ts";

const VOCABULARY = [
  ...["[MASK]", "[CLS]", "[SEP]", "[PAD]"],
  ...["well", "fine", "ill", "she", "is", ".", "##s", "##ing", "walk", "now"],
];
const id = (piece: string) => VOCABULARY.indexOf(piece);
const idsWhere = (test: (piece: string) => boolean) =>
  Uint8Array.from(VOCABULARY, (piece) => test(piece) ? 1 : 0);

/** Probabilities of a mask's pieces, given the pieces beside it. */
type Rule = (left: string, right: string) => Readonly<Record<string, number>>;

class Known implements MaskedLanguageModel {
  readonly name = "known";
  readonly maxLength = 32;
  readonly maskId = 0;
  readonly clsId = 1;
  readonly sepId = 2;
  readonly padId = 3;
  readonly seesBlanks = false;
  readonly tails = idsWhere((piece) => /^##[a-z]+$/.test(piece));
  readonly asked: Window[] = [];
  constructor(readonly rule: Rule, readonly words = idsWhere((piece) => /^[a-z]+$/.test(piece))) {}
  pieces(word: string): number[] {
    const small = word.toLowerCase();
    const [, stem = "", tail = ""] = small.match(/^(walk)(ing|s)$/) ?? [];
    return stem ? [id(stem), id(`##${tail}`)] : [Math.max(3, id(small))];
  }
  piece(id: number): string {
    return VOCABULARY[id] ?? "";
  }
  surface(id: number) {
    const piece = this.piece(id);
    return { text: piece.replace("##", ""), begins: !piece.startsWith("##") };
  }
  likeliest(windows: readonly Window[], { all, words }: HowMany): Promise<Likely[][]> {
    return Promise.resolve(
      this.#scored(windows).map((places) =>
        places.map((scores) => ({
          all: likelyPieces(scores, all),
          words: likelyPieces(scores, words, this.words),
        }))
      ),
    );
  }
  scores(windows: readonly Window[]): Promise<Float32Array[][]> {
    return Promise.resolve(this.#scored(windows));
  }
  #scored(windows: readonly Window[]): Float32Array[][] {
    this.asked.push(...windows);
    return windows.map(({ ids, masked }) =>
      masked.map((place) => {
        equal(ids[place], this.maskId);
        const shares = this.rule(this.piece(ids[place - 1] ?? -1), this.piece(ids[place + 1] ?? -1));
        return Float32Array.from(VOCABULARY, (piece) => Math.log(shares[piece] ?? 1e-6));
      })
    );
  }
}

function masked(text: string, blanks: readonly number[], name = "a"): MaskedLetter {
  const all = words(text);
  return {
    letter: { id: name, text, spans: [], meta: {} },
    words: all,
    protectedBy: all.map(() => undefined),
    heldBy: all.map(() => []),
    masked: blanks,
  };
}

async function fill(rule: Rule, one: MaskedLetter, options: EncoderOptions = {}) {
  const [fills = []] = await encoder(new Known(rule), options).fill([one]);
  return fills;
}
const texts = async (...args: Parameters<typeof fill>) =>
  (await fill(...args)).map(({ text }) => text).join(" ");

Deno.test("blanks are filled at once, or one after the other, each in sight of those before", async () => {
  const likeLeft: Rule = (left) => ({ [left === "[MASK]" ? "fine" : left]: 0.9 });
  const likeRight: Rule = (_, right) => ({ [right === "[MASK]" ? "fine" : right]: 0.9 });
  const one = masked("well one two three ill", [1, 2, 3]);
  equal(await texts(likeLeft, one), "well fine fine");
  equal(await texts(likeLeft, one, { mode: "left-to-right" }), "well well well");
  equal(await texts(likeLeft, one, { mode: "right-to-left" }), "well fine fine");
  equal(await texts(likeRight, one), "fine fine ill");
  equal(await texts(likeRight, one, { mode: "left-to-right" }), "fine fine ill");
  equal(await texts(likeRight, one, { mode: "right-to-left" }), "ill ill ill");
});

Deno.test("most-certain fills first where the model is surest of a word", async () => {
  // Beside "ill" the model is sure, and of what stands beside a filled blank it is surer than of others.
  const rule: Rule = (left, right) =>
    right === "ill"
      ? { now: 0.9 }
      : right === "now"
      ? { is: 0.8 }
      : left === "well"
      ? { she: 0.7 }
      : { fine: 0.5 };
  const one = masked("well one two three ill", [1, 2, 3]);
  equal(await texts(rule, one), "she fine now");
  equal(await texts(rule, one, { mode: "most-certain" }), "she is now");
  const sure: Rule = (left, right) =>
    right === "ill" ? { "##s": 0.95 } : left === "well" ? { she: 0.7 } : { fine: 0.5 };
  const model = new Known(sure);
  await encoder(model, { mode: "most-certain" }).fill([one]);
  deepEqual(model.asked[1]?.ids.slice(1, 3).map((id) => VOCABULARY[id]), ["well", "she"]); // a tail makes no word sure
});

Deno.test("a window of so many pieces stands around each blank, and nothing else is seen", async () => {
  const text = Array.from({ length: 60 }, (_, i) => ["well", "fine", "ill", "is"][i % 4]).join(" ");
  for (const mode of ["one-pass", "left-to-right", "right-to-left", "most-certain"] as const) {
    const model = new Known(() => ({ now: 0.5 }));
    await encoder(model, { window: 9, mode }).fill([masked(text, [0, 5, 30, 31, 59])]);
    for (const { ids, masked } of model.asked) {
      ok(ids.length <= 9 && masked.length === 1);
      const [left, right] = [(masked[0] ?? 0) - 1, ids.length - 2 - (masked[0] ?? 0)];
      ok(ids.length < 9 || Math.abs(left - right) <= 1 || left === 0 || right === 0, `${left} ${right}`);
    }
    ok(model.asked.some(({ masked, ids }) => masked[0] === 4 && ids.length === 9));
  }
});

Deno.test("most-certain asks again only for windows that changed", async () => {
  const text = Array.from({ length: 40 }, (_, i) => ["well", "fine", "ill", "is", "she"][i % 5]).join(" ");
  const model = new Known(() => ({ now: 0.5 }));
  await encoder(model, { window: 5, mode: "most-certain" }).fill([masked(text, [3, 14, 25, 36])]);
  equal(model.asked.length, 4);
});

Deno.test("filters refuse the likeliest words, each is counted, and nothing is written where none is left", async () => {
  const rule: Rule = () => ({ well: 0.5, fine: 0.3, ill: 0.1, she: 0.05 });
  const one = masked("Well fine now", [0, 1, 2]);
  equal(await texts(rule, one), "Well well well");
  equal(await texts(rule, one, { filters: ["copy"] }), "Fine well well");
  equal(await texts(rule, one, { filters: ["repeat"] }), "Well fine well");
  const both = await fill(rule, one, { filters: ["copy", "repeat"], candidates: 3 });
  deepEqual(both.map(({ text }) => text), ["Fine", "well", "fine"]);
  deepEqual(both[0]?.candidates?.map(({ text, refused }) => [text, refused]), [
    ["well", "copy"],
    ["fine", undefined],
    ["ill", undefined],
  ]);
  deepEqual(both[0]?.choice?.rank, 2);
  deepEqual(countFills([{ fills: both }]).refused, { copy: 1, repeat: 1 });
  const only = masked("now well", [0]);
  const model = new Known(() => ({ well: 0.5 }), idsWhere((piece) => piece === "well"));
  const [[left] = []] = await encoder(model, { filters: ["repeat"], candidates: 1 }).fill([only]);
  deepEqual([left?.text, left?.left, left?.choice, left?.refused], ["___", true, undefined, { repeat: 1 }]);
});

Deno.test("candidates are told with probabilities and why they were refused, and the choice", async () => {
  const rule: Rule = () => ({ "##s": 0.4, ".": 0.3, ill: 0.2, fine: 0.05 });
  const [told] = await fill(rule, masked("Now she", [0]), { candidates: 3 });
  deepEqual(told?.original, "Now");
  deepEqual(
    told?.candidates?.map(({ text, probability, refused }) => [text, probability.toFixed(2), refused]),
    [["s", "0.42", "part of a word"], [".", "0.32", "no word of letters"], ["ill", "0.21", undefined]],
  );
  equal(told?.choice?.how, "likeliest");
  equal(told?.choice?.rank, 1);
  deepEqual([told?.text, told?.raw, told?.valid], ["Ill", "##s", false]);
  const [short] = await fill(rule, masked("Now she", [0]), { candidates: 1 });
  deepEqual(short?.candidates?.map(({ text }) => text), ["s", "ill"]); // what was chosen is always told
});

Deno.test("by chance words come as often as they are likely, within top-k, nucleus and temperature", async () => {
  const rule: Rule = () => ({ "##s": 0.5, well: 0.3, fine: 0.15, ill: 0.05 });
  const many = masked(Array<string>(2000).fill("now").join(" "), Array.from({ length: 2000 }, (_, i) => i));
  const shares = async (sampling: Omit<NonNullable<EncoderOptions["sampling"]>, "seed">) => {
    const fills = await fill(rule, many, { sampling: { seed: 3, ...sampling } });
    return Object.fromEntries(
      ["well", "fine", "ill"].map((word) => [word, fills.filter(({ text }) => text === word).length / 2000]),
    );
  };
  const close = (given: Record<string, number>, expected: Record<string, number>) => {
    for (const [word, share] of Object.entries(expected)) {
      ok(Math.abs((given[word] ?? 0) - share) < 0.04, JSON.stringify(given));
    }
  };
  close(await shares({}), { well: 0.6, fine: 0.3, ill: 0.1 });
  close(await shares({ topK: 2 }), { well: 2 / 3, fine: 1 / 3, ill: 0 });
  close(await shares({ topP: 0.55 }), { well: 1, fine: 0, ill: 0 });
  close(await shares({ topP: 0.85 }), { well: 2 / 3, fine: 1 / 3, ill: 0 });
  close(await shares({ temperature: 0.01 }), { well: 1, fine: 0, ill: 0 });
  const half = [9, 2.25, 0.25].map((square) => square / 11.5);
  close(await shares({ temperature: 0.5 }), { well: half[0] ?? 0, fine: half[1] ?? 0, ill: half[2] ?? 0 });
});

Deno.test("chance goes by the seed, the letter and the word, whatever is filled beside it", async () => {
  const rule: Rule = () => ({ well: 0.3, fine: 0.3, ill: 0.3 });
  const letters = ["a", "b", "c"].map((name) =>
    masked("is now she is now she is now", [0, 1, 2, 3, 4, 5, 6, 7], name)
  );
  const filler = (seed: number, options: EncoderOptions = {}) =>
    encoder(new Known(rule), { sampling: { seed }, ...options });
  const expected = await filler(1).fill(letters);
  deepEqual(await filler(1, { tokensPerBatch: 1 }).fill(letters.toReversed()), expected.toReversed());
  deepEqual(await filler(1, { mode: "right-to-left" }).fill(letters), expected);
  ok(new Set(expected.map((fills) => fills.map(({ text }) => text).join())).size === 3);
  ok(
    `${(await filler(2).fill(letters)).flat().map(({ text }) => text)}` !==
      `${expected.flat().map(({ text }) => text)}`,
  );
  const drawn = await filler(1, { candidates: 2, filters: ["copy"] }).fill(letters);
  ok(drawn.flat().every(({ choice }) => choice?.how === "drawn"));
});

Deno.test("a word of several pieces is written where it is likelier a piece than a word of one", async () => {
  const rule: Rule = (left, right) =>
    left === "walk"
      ? { "##ing": 0.95, ".": 0.05 }
      : right === "[MASK]"
      ? { walk: 0.9, ".": 0.1 }
      : left === "she"
      ? { now: 0.2, ".": 0.8 }
      : { fine: 0.95, ".": 0.05 };
  const one = masked("she ill . well", [1]);
  for (const mode of ["one-pass", "left-to-right"] as const) {
    equal(await texts(rule, one, { mode }), "now");
    const [long] = await fill(rule, one, { mode, pieces: 3, candidates: 1 });
    deepEqual([long?.text, long?.choice?.how], ["walking", "several pieces"]);
    ok(Math.abs((long?.choice?.probability ?? 0) - 0.9 * 0.95) < 1e-3);
    ok(long?.candidates?.some(({ text, pieces }) => text === "walking" && pieces.length === 2));
  }
  equal(await texts(rule, masked("well ill . well", [1]), { pieces: 2 }), "fine");
});

Deno.test("a word of which masks are pieces is written in as many, and what no mask touches stays", async () => {
  const rule: Rule = (left, right) =>
    left === "walk"
      ? { "##s": 0.6, "##ing": 0.4 }
      : /MASK|##/.test(right)
      ? { walk: 0.4, fine: 0.3 }
      : { fine: 0.95 };
  const text = "she Walking now";
  const mask = (...cuts: [number, number][]) => ({
    ...masked(text, [1]),
    masks: cuts.map(([start, end]) => ({ word: 1, start, end })),
  });
  for (const mode of ["one-pass", "left-to-right", "most-certain"] as const) {
    equal(await texts(rule, mask([4, 11]), { mode }), "Fine"); // one mask
    equal(await texts(rule, mask([4, 8], [8, 11]), { mode }), "Walks");
    equal(await texts(rule, mask([8, 11]), { mode }), "Walks");
    equal(await texts(rule, mask([4, 8]), { mode }), "Walking"); // the tail stays
    equal(await texts(rule, mask([8, 11]), { mode, filters: ["copy"] }), "Walks");
  }
  const [told] = await fill(rule, mask([8, 11]), { candidates: 2 });
  deepEqual([told?.choice?.how, told?.choice?.probability.toFixed(1)], ["several pieces", "0.6"]);
});

Deno.test("encoder() refuses what cannot be chosen, with the nearest name", () => {
  const model = new Known(() => ({}));
  const refused: [EncoderOptions | Record<string, unknown>, RegExp][] = [
    [
      { mode: "left-to-rigth" },
      /unknown mode "left-to-rigth"\. Did you mean "left-to-right"\? Known are one-pass, /,
    ],
    [{ filters: ["coppy"] }, /unknown filter "coppy"\. Did you mean "copy"\?/],
    [{ window: 2 }, /window 2: choose a whole number of 5 or more/],
    [{ pieces: 0 }, /pieces 0: choose a whole number of 1 or more/],
    [{ candidates: -1 }, /candidates -1: choose a whole number of 0 or more/],
    [{ sampling: { seed: 1, topK: 0 } }, /topK 0: choose a whole number of 1 or more/],
    [{ sampling: { seed: 1, topP: 0 } }, /topP 0: choose a number above 0, at most 1/],
    [{ sampling: { seed: 1, temperature: 0 } }, /temperature 0: choose a number above 0/],
    [{ sampling: { seed: 1.5 } }, /seed 1\.5 is no whole number/],
  ];
  // What a notebook or the command line may give, types or not.
  for (const [options, message] of refused) throws(() => encoder(model, Object.assign({}, options)), message);
});

Deno.test("encoder() says so when a model has no whole word to write", async () => {
  const none = new Known(() => ({}), new Uint8Array(VOCABULARY.length));
  await rejects(
    encoder(none).fill([masked("now", [0])]),
    /model known has no piece that is a whole word of letters/,
  );
});
