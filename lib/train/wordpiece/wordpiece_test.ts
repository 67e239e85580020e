import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { Tokenizer } from "@huggingface/tokenizers";
import { random } from "../../random.ts";
import { countWords } from "./count_words.ts";
import { Heap } from "./heap.ts";
import { SPECIAL_TOKENS } from "./special_tokens.ts";
import { trainWordPiece } from "./train_wordpiece.ts";
import { writeTokenizer } from "./write_tokenizer.ts";
import oracle from "./wordpiece_oracle.json" with { type: "json" };

for (const [i, { texts, size, minFrequency, pieces }] of oracle.cases.entries()) {
  Deno.test(`trainWordPiece() learns the pieces of Hugging Face's trainer, in its order (case ${i})`, () => {
    deepEqual(trainWordPiece(countWords(texts), { size, minFrequency }), pieces);
  });
}

Deno.test("trainWordPiece() gives the same pieces whatever the order of the texts", () => {
  const texts = oracle.cases[0]?.texts ?? [];
  deepEqual(
    trainWordPiece(countWords(texts), { size: 150 }),
    trainWordPiece(countWords([...texts].reverse()), { size: 150 }),
  );
});

Deno.test("trainWordPiece() leaves out words with characters beyond the alphabet", () => {
  const words = new Map([["ab", 5], ["aż", 1], ["żb", 1]]);
  deepEqual(trainWordPiece(words, { alphabet: 2 }).slice(5), ["a", "b", "##b", "ab"]);
});

Deno.test("trainWordPiece() refuses a size that does not hold the characters", () => {
  throws(() => trainWordPiece(new Map([["abc", 1]]), { size: 9 }), /size 9: .* 10 pieces/);
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

Deno.test("writeTokenizer() writes a folder that @huggingface/tokenizers opens", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { texts = [], pieces = [] } = oracle.cases[0] ?? {};
    await writeTokenizer(folder, pieces, 128);
    const read = async (name: string) => JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
    const tokenizer = new Tokenizer(await read("tokenizer.json"), await read("tokenizer_config.json"));
    const { tokens } = tokenizer.encode(texts[0] ?? "");
    deepEqual([tokens[0], tokens.at(-1)], ["[CLS]", "[SEP]"]);
    equal(tokens.includes("[UNK]"), false);
    deepEqual((await Deno.readTextFile(`${folder}/vocab.txt`)).trimEnd().split("\n"), pieces);
    equal((await read("tokenizer_config.json")).model_max_length, 128);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeTokenizer() refuses pieces that are no BERT vocabulary", async () => {
  await rejects(writeTokenizer("none", ["[UNK]"]), /pieces: 0 is "\[UNK\]", not \[PAD\]/);
  await rejects(writeTokenizer("none", [...SPECIAL_TOKENS, "a", "a"]), /"a" occurs twice/);
});
