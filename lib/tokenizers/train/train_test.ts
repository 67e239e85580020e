import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { Tokenizer as Theirs } from "@huggingface/tokenizers";
import { random } from "../../random.ts";
import { Heap } from "../heap.ts";
import { Tokenizer } from "../tokenizer.ts";
import { countWords } from "./count_words.ts";
import { CAUSAL_BPE_TOKENS, MASKED_BPE_TOKENS, SPECIAL_TOKENS, UNIGRAM_TOKENS } from "./special_tokens.ts";
import { BYTE_LEVEL, trainBpe } from "./train_bpe.ts";
import oracle from "./train_oracle.json" with { type: "json" };
import { LOWER_CASE_WORDS, METASPACE, trainUnigram } from "./train_unigram.ts";
import { trainWordPiece } from "./train_wordpiece.ts";
import { writeBpe } from "./write_bpe.ts";
import { writeUnigram } from "./write_unigram.ts";
import { writeWordPiece } from "./write_word_piece.ts";

const texts = oracle.cases[0]?.texts ?? [];
const backwards = texts.toReversed();

for (const [i, { texts, minFrequency, wordPiece, bpe, unigram }] of oracle.cases.entries()) {
  Deno.test(`trainWordPiece() learns the pieces of Hugging Face's trainer, in its order (case ${i})`, () => {
    deepEqual(trainWordPiece(countWords(texts), { size: wordPiece.size, minFrequency }), wordPiece.pieces);
  });

  Deno.test(`trainBpe() learns the merges of Hugging Face's trainer, in its order (case ${i})`, () => {
    const special = CAUSAL_BPE_TOKENS;
    const words = countWords(texts, { ...BYTE_LEVEL, special });
    const { pieces, merges } = trainBpe(words, { size: bpe.size, minFrequency, special });
    deepEqual(pieces.slice(257), bpe.pieces);
    deepEqual(merges.map((pair) => pair.join(" ")), bpe.merges);
  });

  Deno.test(`trainUnigram() compresses as Hugging Face's trainer does (case ${i})`, async () => {
    const special = UNIGRAM_TOKENS;
    const size = unigram.size + special.length - 1;
    const trained = trainUnigram(countWords(texts, { ...METASPACE, special }), { size, special });
    equal(trained.length, Math.min(size, unigram.vocabulary.length + special.length - 1));
    const shared = trained.filter(([piece]) => unigram.vocabulary.includes(piece)).length;
    ok(shared >= 0.95 * unigram.vocabulary.length, `${shared} of ${unigram.vocabulary.length} pieces`);
    const folder = await Deno.makeTempDir();
    await writeUnigram(folder, trained, { maxLength: 512 });
    const tokenizer = await Tokenizer.open(folder);
    await Deno.remove(folder, { recursive: true });
    const pieces = texts.reduce((sum, text) => sum + tokenizer.encode(text).length, 0);
    ok(Math.abs(pieces / unigram.pieces - 1) < 0.02, `${pieces} pieces, Python ${unigram.pieces}`);
  });
}

Deno.test("training gives the same whatever the order of the texts", () => {
  const both = <T>(train: (texts: readonly string[]) => T) => deepEqual(train(texts), train(backwards));
  both((texts) => trainWordPiece(countWords(texts), { size: 150 }));
  both((texts) => trainBpe(countWords(texts, { ...BYTE_LEVEL, special: [] }), { size: 400 }));
  both((texts) => trainUnigram(countWords(texts, { ...METASPACE, special: [] }), { size: 120 }));
});

Deno.test("trainWordPiece() leaves out words with characters beyond the alphabet", () => {
  const words = new Map([["ab", 5], ["aż", 1], ["żb", 1]]);
  deepEqual(trainWordPiece(words, { alphabet: 2 }).slice(5), ["a", "b", "##b", "ab"]);
});

Deno.test("trainUnigram() keeps every character, and cuts with the pieces that texts repeat", () => {
  const words = new Map([["▁metoprolol", 40], ["▁metformin", 30], ["▁bisoprolol", 20], ["▁x", 1]]);
  const pieces = new Map(trainUnigram(words, { size: 24 }));
  for (const character of [..."▁metoprlfinbsx"]) ok(pieces.has(character), character);
  ok(pieces.has("▁met"));
  equal(pieces.get("<unk>"), 0);
});

Deno.test("training refuses a size that does not hold the characters", () => {
  throws(() => trainWordPiece(new Map([["abc", 1]]), { size: 9 }), /size 9: .* 10 pieces/);
  throws(() => trainBpe(new Map([["abc", 1]]), { size: 256, special: ["<s>"] }), /size 256: .* 257 pieces/);
  throws(() => trainUnigram(new Map([["abc", 1]]), { size: 3 }), /size 3: .* 4 pieces/);
});

Deno.test("countWords() normalises and splits as uncased BERT does", () => {
  const words = countWords(["Ménière's  DISEASE,\ndisease\u0000s 東京 [MASK]x[UNK]"]);
  deepEqual(Object.fromEntries(words), {
    meniere: 1,
    "'": 1,
    s: 1,
    disease: 1,
    ",": 1,
    diseases: 1,
    "東": 1,
    "京": 1,
    x: 1,
  });
});

Deno.test("Heap pops in order", () => {
  const stream = random(1);
  const numbers = Array.from({ length: 200 }, () => stream.below(50));
  const heap = new Heap<number>((a, b) => a < b);
  for (const x of numbers) heap.push(x);
  deepEqual(numbers.map(() => heap.pop()), numbers.sort((a, b) => a - b));
  equal(heap.pop(), undefined);
});

Deno.test("writers make folders that open, and that @huggingface/tokenizers opens", async () => {
  const folder = await Deno.makeTempDir();
  const sentence = texts[0] ?? "";
  const check = async (around: [first: string | undefined, last: string]) => {
    const read = async (name: string) => JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
    const theirs = new Theirs(await read("tokenizer.json"), await read("tokenizer_config.json"));
    const { tokens, ids } = theirs.encode(sentence);
    const tokenizer = await Tokenizer.open(folder);
    deepEqual(tokenizer.withSpecial(tokenizer.encode(sentence)), ids);
    if (around[0] !== undefined) equal(tokens[0], around[0]);
    equal(tokens.at(-1), around[1]);
    equal(tokenizer.maxLength, 128);
    deepEqual(
      Object.keys(await read("special_tokens_map.json")).length,
      Object.keys(tokenizer.special).length,
    );
    return tokenizer;
  };
  try {
    const pieces = trainWordPiece(countWords(texts), { size: 150 });
    await writeWordPiece(folder, pieces, 128);
    await check(["[CLS]", "[SEP]"]);
    deepEqual((await Deno.readTextFile(`${folder}/vocab.txt`)).trimEnd().split("\n"), pieces);

    const bytes = (special: readonly string[]) =>
      trainBpe(countWords(texts, { ...BYTE_LEVEL, special }), { size: 300, special });
    await writeBpe(folder, bytes(MASKED_BPE_TOKENS), 128);
    const masked = await check(["<s>", "</s>"]);
    equal(masked.encode("a <mask>").length, 2);
    await writeBpe(folder, bytes(CAUSAL_BPE_TOKENS), 128);
    const causal = await check([undefined, "."]);
    equal(causal.decode(causal.encode(sentence)), sentence);

    const special = UNIGRAM_TOKENS;
    const scored = trainUnigram(countWords(texts, { ...METASPACE, special }), { size: 100, special });
    await writeUnigram(folder, scored, { maxLength: 128, sentinels: 3 });
    const t5 = await check([undefined, "</s>"]);
    deepEqual(t5.sentinels, [102, 101, 100]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writers refuse pieces that are no vocabulary of their kind", async () => {
  await rejects(writeWordPiece("none", ["[UNK]"]), /pieces: 0 is "\[UNK\]", not \[PAD\]/);
  await rejects(writeWordPiece("none", [...SPECIAL_TOKENS, "a", "a"]), /"a" occurs twice/);
  await rejects(writeBpe("none", { pieces: ["a"], merges: [] }, 8), /pieces: 0 is "a", not <\|endoftext\|>/);
  await rejects(writeUnigram("none", [["▁", 0]], { maxLength: 8 }), /pieces: 0 is "▁", not <pad>/);
});

Deno.test("with whole words among the first pieces, frequent words that are part of no other are pieces", () => {
  const words = countWords(Array.from({ length: 20 }, () => "history of pain , history of fever ."), {
    ...LOWER_CASE_WORDS,
    special: [],
  });
  const piecesOf = (wholeWords: boolean) =>
    trainUnigram(words, { size: 40, wholeWords }).map(([piece]) => piece);
  ok(piecesOf(true).includes("▁history") && piecesOf(true).includes("▁fever"));
  ok(!piecesOf(false).includes("▁history"));
  ok(piecesOf(true).every((piece) => /^(▁?\p{L}*|\P{L}+|<unk>)$/u.test(piece))); // no letters beside marks
});
