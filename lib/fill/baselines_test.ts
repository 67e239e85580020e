import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import type { Letter } from "../corpus/letter.ts";
import { mask } from "../mask/mask.ts";
import { random } from "../random.ts";
import { crossFit } from "./cross_fit.ts";
import { frequentWord } from "./frequent_word.ts";
import { trigram } from "./trigram.ts";
import { contextOf, lineEnd, TrigramModel } from "./trigram_model.ts";

const letter = (id: string, text: string, fold?: string): Letter => (
  { id, text, spans: [], meta: fold === undefined ? {} : { fold } }
);
const all = { strategy: "random", ratio: 1, seed: 42 } as const;
const texts = async (filler: ReturnType<typeof trigram>, letters: Letter[]) =>
  (await filler.fill(mask(letters, all))).map((fills) => fills.map(({ text }) => text).join(" "));

Deno.test("crossFit() never trains on the letter's own fold, and says when it cannot", () => {
  throws(() => crossFit([letter("a", "x", "0"), letter("b", "x")], () => 1), /letter b has no fold/);
  const model = crossFit([letter("a", "x", "0")], () => 1);
  throws(() => model(letter("c", "x")), /letter c has no fold/);
  throws(() => model(letter("c", "x", "0")), /letter c: all letters are in fold 0/);
  equal(model(letter("c", "x", "1")), 1);
});

Deno.test("frequentWord() counts without case and takes the first of equals", async () => {
  const corpus = [letter("a", "Own own own own", "0"), letter("b", "Zest zest able ABLE 9 9 9 , , ,", "1")];
  deepEqual(await texts(frequentWord(corpus), corpus.slice(0, 1)), ["Able able able able"]);
  await rejects(texts(frequentWord([letter("b", "9 9", "1")]), corpus.slice(0, 1)), /no alphabetic word/);
});

Deno.test("trigram() uses what it filled on the left and what it sees on the right", async () => {
  const corpus = [
    letter("a", "Whatever went here.\nNew whatever", "0"),
    letter("b", "Patient was seen.\nPlan made.\nPatient was seen.", "1"),
  ];
  deepEqual(await texts(trigram(corpus), corpus.slice(0, 1)), ["Patient was seen Patient was"]);
});

Deno.test("trigram() keeps a letter out of its own training", async () => {
  const secret = letter("a", "Zebra zebra zebra zebra.", "0");
  const [filled] = await texts(trigram([secret, letter("b", "Seen well today.", "1")]), [secret]);
  ok(filled && !/zebra/i.test(filled));
});

Deno.test("TrigramModel takes the word with the greatest score of the whole vocabulary", () => {
  const stream = random("trigram");
  const vocabulary = ["pain", "fever", "no", "the", "and", "well", ",", "7", "home"];
  const pick = () => vocabulary[Math.floor(vocabulary.length * stream.next() ** 2)] ?? "";
  const lines = Array.from({ length: 12 }, () => Array.from({ length: 8 }, pick));
  const model = new TrigramModel([letter("a", lines.map((line) => line.join(" ")).join("\n"))]);

  // The same by the definition: counts of word sequences, every line with its ends.
  const padded = lines.map((line) => [lineEnd, lineEnd, ...line.map(contextOf), lineEnd]);
  const count = (...sequence: string[]) =>
    padded.reduce(
      (sum, line) =>
        sum + line.filter((_, i) =>
          i >= sequence.length - 1 && sequence.every((word, j) => line[i - sequence.length + 1 + j] === word)
        ).length,
      0,
    );
  const share = (word: string, ...before: string[]) => {
    const total =
      padded.flatMap((line) =>
        line.filter((_, i) => i >= 2 && before.every((w, j) => line[i - before.length + j] === w))
      ).length;
    return total === 0 ? 0 : count(...before, word) / total;
  };
  const words = lines.flat().map(contextOf);
  const frequency = (word: string) => words.filter((other) => other === word).length / words.length;
  const candidates = [...new Set(words)].filter((word) => /^\p{L}+$/u.test(word)).sort();
  for (let round = 0; round < 100; round++) {
    const [a, b, right] = [pick(), pick(), stream.next() < 0.3 ? undefined : pick()].map((word) =>
      word && contextOf(word)
    );
    const score = (word: string) => {
      const left = 0.6 * share(word, a ?? "", b ?? "") + 0.3 * share(word, b ?? "") + 0.1 * frequency(word);
      if (right === undefined) return left;
      const smoothed = (words.filter((other) => other === right).length + 1) /
        (words.length + new Set(words).size + 1);
      return left * (0.9 * share(right, word) + 0.1 * smoothed);
    };
    const guess = model.guess(a ?? "", b ?? "", right);
    ok(score(guess) >= Math.max(...candidates.map(score)) - 1e-12, `${a} ${b} _ ${right}: ${guess}`);
  }
});
