import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { splitAtSpaces } from "../words/python_spaces.ts";
import { Vocabulary } from "../words/vocabulary.ts";
import { meteor, meteorMetric } from "./meteor.ts";
import oracle from "./meteor_oracle.json" with { type: "json" };
import { MeteorScorer } from "./meteor_scorer.ts";
import { METEOR_TOKENIZERS, readMeteorWords } from "./meteor_words.ts";
import { openWordNet, WordNet } from "./wordnet.ts";

const wordnet = await openWordNet();

function wordsOf(text: string): string[] {
  const words: string[] = [];
  splitAtSpaces(text, (start, end) => words.push(text.slice(start, end)));
  return words;
}

Deno.test("WordNet.synonyms() equals NLTK's synsets of WordNet 3.0, irregular and inflected forms included", () => {
  for (const line of oracle.synonyms.split("\n")) {
    const [word = "", ...expected] = line.split(" ");
    const found = [...wordnet.synonyms(word)].map((entry) => wordnet.entry(entry)).sort();
    deepEqual(found, expected.sort(), word);
  }
});

Deno.test("WordNet.numberOf() finds every entry, and nothing else", () => {
  for (let entry = 0; entry < wordnet.size; entry += 97) equal(wordnet.numberOf(wordnet.entry(entry)), entry);
  for (const word of ["", "a\u0000", "zzzz", "élan", "😀", "aspirinx", "~"]) {
    equal(wordnet.numberOf(word), -1, word);
  }
});

Deno.test("MeteorScorer equals NLTK 3.10's meteor_score within 1e-9, whatever came before", () => {
  for (const { tokenizer, parameters, scores } of oracle.runs) {
    const cut = METEOR_TOKENIZERS.find((one) => one === tokenizer) ?? "whitespace";
    const scorer = new MeteorScorer(wordnet, parameters);
    for (let round = 0; round < 2; round++) {
      oracle.texts.forEach(({ references, candidate }, i) => {
        const score = scorer.scoreTexts(references, candidate, cut);
        ok(
          Math.abs(score - (scores[i] ?? NaN)) <= 1e-9,
          `${tokenizer}, text ${i}: ${score}, not ${scores[i]}`,
        );
        if (cut !== "whitespace") return;
        equal(scorer.score(references.map(wordsOf), wordsOf(candidate)), score);
      });
    }
  }
});

Deno.test("readMeteorWords() equals NLTK's wordpunct_tokenize", () => {
  const vocabulary = new Vocabulary();
  oracle.words.split("\n").forEach((line, i) => {
    const text = oracle.texts[i]?.references[0] ?? "";
    const numbers = new Int32Array(text.length);
    const words = numbers.subarray(0, readMeteorWords(text, "wordpunct", vocabulary, numbers));
    // By the word, since Python cuts first and NLTK lower-cases after.
    const expected = line.split(" ").map((word) => word.toLowerCase()).join(" ");
    equal(Array.from(words, (word) => vocabulary.word(word)).join(" "), expected);
  });
});

Deno.test("meteor() lies between 0 and 1, is highest for the same text, and does not depend on the order of references", () => {
  const scorer = new MeteorScorer(wordnet);
  for (const { references, candidate } of oracle.texts) {
    const score = scorer.scoreTexts(references, candidate, "whitespace");
    equal(scorer.scoreTexts(references.toReversed(), candidate, "whitespace"), score);
    const words = wordsOf(candidate).length;
    const same = scorer.scoreTexts([candidate], candidate, "whitespace");
    // One run of all words; words that repeat are matched from the end, which is in order too.
    if (words > 0) ok(Math.abs(same - (1 - 0.5 / words ** 3)) < 1e-12);
    ok(score >= 0 && score <= same, candidate);
  }
});

Deno.test("meteor() of a letter of a million characters", () => {
  const words = Array.from({ length: 170_000 }, (_, i) => `w${i * i % 4999}s`);
  const edited = words.map((word, i) => i % 5 === 0 ? "pains" : word);
  const score = meteor(words.join(" "), edited.join(" "), wordnet);
  ok(score > 0.7 && score < 0.8, `${score}`);
  equal(meteor("y".repeat(1_000_000), "y".repeat(1_000_000), wordnet), 0.5);
});

Deno.test("METEOR rejects a candidate without references, and a table that is missing or no table", async () => {
  throws(() => meteor([], "text", wordnet), /meteor: got 0 references/);
  throws(() => new WordNet(new TextEncoder().encode("palimpsest wordnet 0\0")), /not a table of synonyms/);
  throws(() => new WordNet(new TextEncoder().encode("palimpsest wordnet 1\0\x05\0ab")), /cut short/);
  const metric = meteorMetric({}, () => openWordNet("nowhere.gz"));
  await rejects(async () => await metric.score([], {}), /nowhere\.gz: missing\. It is part of the project/);
  const file = await Deno.makeTempFile();
  await rejects(openWordNet(file), new RegExp(`^Error: ${file}: `));
  await Deno.remove(file);
});
