import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import { entropy } from "./entropy.ts";
import { characterEntropyMetric, mattrMetric, mtldMetric, ttrMetric, wordEntropyMetric } from "./lexical.ts";
import { lexicalWords } from "./lexical_words.ts";
import { movingAverageTypeTokenRatio, textualLexicalDiversity, typeTokenRatio } from "./type_token.ts";

const rng = random(3);
const texts = [1, 2, 7, 49, 50, 51, 400].map((length) =>
  Array.from({ length }, () => `w${rng.below(40)}${rng.below(3)}`)
);

Deno.test("entropy() is -Σ p log2 p, between 0 and log2 of the number of items", () => {
  for (const words of texts) {
    const shares = [...new Set(words)].map((type) => words.filter((w) => w === type).length / words.length);
    const expected = shares.reduce((sum, p) => sum - p * Math.log2(p), 0);
    ok(Math.abs(entropy(words) - expected) < 1e-12);
    ok(entropy(words) >= 0 && entropy(words) <= Math.log2(words.length) + 1e-12);
  }
  equal(entropy(["a", "a", "a"]), 0);
  throws(() => entropy([]), /no item/);
});

Deno.test("movingAverageTypeTokenRatio() is the mean over all windows", () => {
  for (const words of texts.slice(2)) {
    const ratios = Array.from(
      { length: words.length - 6 },
      (_, i) => typeTokenRatio(words.slice(i, i + 7)),
    );
    const expected = ratios.reduce((sum, one) => sum + one, 0) / ratios.length;
    ok(Math.abs(movingAverageTypeTokenRatio(words, 7) - expected) < 1e-12);
  }
  throws(() => movingAverageTypeTokenRatio(["a"], 2), /1 words for a window of 2/);
  throws(() => movingAverageTypeTokenRatio(["a"], 0), /window is 0/);
});

Deno.test("textualLexicalDiversity() divides the words by full factors and a part of one, from both ends", () => {
  // Forwards: a b a (2/3) and b (1, no part of a factor). Backwards the same.
  equal(textualLexicalDiversity(["a", "b", "a", "b"]), 4);
  // Forwards: a a (1/2), b c: 1 factor. Backwards: c b a a (3/4): a part of one.
  const part = (1 - 3 / 4) / (1 - 0.72);
  ok(Math.abs(textualLexicalDiversity(["a", "a", "b", "c"]) - (4 + 4 / part) / 2) < 1e-12);
  equal(textualLexicalDiversity(["a", "b"]), Infinity);
  for (const words of texts) {
    equal(textualLexicalDiversity(words), textualLexicalDiversity(words.toReversed()));
  }
  throws(() => textualLexicalDiversity(["a"], 1), /threshold is 1/);
});

Deno.test("lexicalWords() reads every script, CRLF and combining marks alike", () => {
  deepEqual(lexicalWords("cafe\u0301\r\nCAFÉ 😀 הכאב"), ["café", "café", "הכאב"]);
  deepEqual(lexicalWords("… — 😀"), []);
});

Deno.test("metrics of words say why a letter has no value", async () => {
  const pairs = ["", "?!", "one", "no no", "w ".repeat(60)].map((candidate, i) => ({
    id: `${i}`,
    reference: "",
    candidate,
  }));
  const of = async (metric: typeof ttrMetric) => {
    const { values, unscored } = await metric.score(pairs, {});
    return pairs.map((_, i) => unscored?.get(i) ?? values[i]);
  };
  deepEqual(await of(ttrMetric), ["no word", "no word", 1, 0.5, 1 / 60]);
  deepEqual(await of(wordEntropyMetric), ["no word", "no word", 0, 0, 0]);
  deepEqual((await of(characterEntropyMetric)).slice(0, 2), ["no character", 1]);
  const few = "fewer than 50 words";
  deepEqual(await of(mattrMetric()), ["no word", "no word", few, few, 1 / 50]);
  deepEqual(await of(mtldMetric()), ["no word", "no word", "no word comes twice", 2, 2]);
});

Deno.test("metrics of words take a letter of a million characters", async () => {
  const pairs = [{ id: "1", reference: "", candidate: "no pain at all ".repeat(67_000) }];
  ok((await mtldMetric().score(pairs, {})).values[0] ?? 0 > 1);
  equal((await wordEntropyMetric.score(pairs, {})).values[0], 2);
  equal((await mattrMetric().score(pairs, {})).values[0], 4 / 50);
});
