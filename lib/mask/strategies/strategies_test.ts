import { deepEqual, equal, ok, throws } from "node:assert/strict";
import type { Letter } from "../../corpus/letter.ts";
import { letters } from "../../corpus/letters.ts";
import { project } from "../../project.ts";
import { stopwords } from "../../text/stopwords.ts";
import { mask, masker, type MaskOptions } from "../mask.ts";
import { maskedSpans } from "../masked_letter.ts";
import { wordEntropies } from "./entropy.ts";
import { wordFrequencies } from "./rarest.ts";

const corpus = (await letters(project.letters)).slice(0, 12);
const plain = (text: string, spans: Letter["spans"] = []): Letter => ({ id: "a", text, spans, meta: {} });
const maskedWords = (letter: Letter, options: MaskOptions) => {
  const { words, masked } = masker(options)(letter);
  return masked.map((index) => words[index]?.text);
};
const lengths = {
  name: "length",
  entropies: (_letter: Letter, words: readonly { text: string }[]) => words.map(({ text }) => text.length),
};
const entropies = await wordEntropies(corpus, lengths);

const byRatio: Record<string, (ratio: number) => MaskOptions> = {
  random: (ratio) => ({ strategy: "random", ratio, seed: 42 }),
  stopwords: (ratio) => ({ strategy: "stopwords", ratio, seed: 42 }),
  nouns: (ratio) => ({ strategy: "nouns", ratio, seed: 42 }),
  verbs: (ratio) => ({ strategy: "verbs", ratio, seed: 42 }),
  adjectives: (ratio) => ({ strategy: "adjectives", ratio, seed: 42 }),
  others: (ratio) => ({ strategy: "others", ratio, seed: 42 }),
  classes: (ratio) => ({ strategy: "classes", classes: ["nouns", "verbs"], ratio, seed: 42 }),
  hybrid: (ratio) => ({ strategy: "hybrid", ratios: { nouns: ratio, stopwords: ratio / 2 }, seed: 42 }),
  spans: (ratio) => ({ strategy: "spans", ratio, seed: 42 }),
  rarest: (ratio) => ({ strategy: "rarest", ratio, seed: 42 }),
  entropy: (ratio) => ({ strategy: "entropy", entropies, ratio, seed: 42 }),
  away: (ratio) => ({ strategy: "away-from-entities", distance: 2, ratio, seed: 42 }),
  near: (ratio) => ({ strategy: "near-entities", distance: 2, ratio, seed: 42 }),
};

Deno.test("every strategy but the authors' masks at a ratio all that it masks at a lower one, of words that are not protected", () => {
  for (const [name, options] of Object.entries(byRatio)) {
    const before = corpus.map((): ReadonlySet<number> => new Set());
    for (const ratio of [0, 0.3, 0.5, 1]) {
      for (const [i, one] of mask(corpus, options(ratio)).entries()) {
        const now = new Set(one.masked);
        ok(before[i]?.isSubsetOf(now), `${name} at ${ratio}`);
        ok(one.masked.every((index) => one.heldBy[index]?.length === 0), name);
        if (ratio === 0) equal(now.size, 0);
        before[i] = now;
      }
    }
  }
});

Deno.test("every strategy masks floor(n × ratio) of the n words that it masks at ratio 1", () => {
  for (const [name, options] of Object.entries(byRatio)) {
    if (name === "hybrid") continue; // its classes have shares of their own
    const all = mask(corpus, options(1));
    for (const ratio of [0.29, 0.5, 0.57]) {
      for (const [i, one] of mask(corpus, options(ratio)).entries()) {
        equal(
          one.masked.length,
          Math.floor((all[i]?.masked.length ?? 0) * ratio + 1e-9),
          `${name} at ${ratio}`,
        );
      }
    }
  }
});

Deno.test("classes are told by list and by part of speech, in English and in Spanish", () => {
  const english = plain("She can take strong tablets and sleeps quietly in her own bed");
  const all = (
    strategy: "nouns" | "verbs" | "adjectives" | "adverbs" | "modals" | "stopwords",
    letter: Letter,
  ) => maskedWords(letter, { strategy, ratio: 1, seed: 42 });
  deepEqual(all("nouns", english), ["tablets", "bed"]);
  deepEqual(all("verbs", english), ["take", "sleeps"]);
  deepEqual(all("modals", english), ["can"]);
  deepEqual(all("adverbs", english), ["quietly"]);
  deepEqual(all("stopwords", english), ["She", "can", "and", "in", "her", "own"]);
  const spanish = plain("La paciente presenta dolor abdominal intenso y fue ingresada en el hospital");
  deepEqual(all("nouns", spanish), ["paciente", "dolor", "hospital"]);
  deepEqual(all("verbs", spanish), ["presenta", "fue", "ingresada"]);
  deepEqual(all("adjectives", spanish), ["abdominal", "intenso"]);
  deepEqual(all("stopwords", spanish), ["La", "y", "fue", "en", "el"]);
});

Deno.test("a letter's own language is read from its meta, the option goes first", () => {
  const letter = { ...plain("de la no"), meta: { language: "en" } };
  deepEqual(maskedWords(letter, { strategy: "stopwords", ratio: 1, seed: 1 }), ["no"]);
  deepEqual(maskedWords(letter, { strategy: "stopwords", ratio: 1, seed: 1, language: "es" }), [
    "de",
    "la",
    "no",
  ]);
});

Deno.test("hybrid masks of each class its own share, and a word of two classes once", () => {
  for (const letter of corpus) {
    const all = (strategy: "stopwords" | "verbs") =>
      new Set(masker({ strategy, ratio: 1, seed: 42 })(letter).masked);
    const [stop, verbs] = [all("stopwords"), all("verbs").difference(all("stopwords"))];
    const { words, masked } = masker({
      strategy: "hybrid",
      ratios: { verbs: 0.5, stopwords: 0.3 },
      seed: 42,
    })(letter);
    const stopped = masked.filter((index) => stopwords("en").has(words[index]?.text.toLowerCase() ?? ""));
    equal(stopped.length, Math.floor(stop.size * 0.3 + 1e-9));
    equal(masked.length - stopped.length, Math.floor(verbs.size * 0.5 + 1e-9));
  }
  const swapped: MaskOptions = { strategy: "hybrid", ratios: { stopwords: 0.3, verbs: 0.5 }, seed: 42 };
  deepEqual(mask(corpus, swapped), mask(corpus, { ...swapped, ratios: { verbs: 0.5, stopwords: 0.3 } }));
});

Deno.test("spans masks stretches of words beside each other, of the lengths asked for", () => {
  const letter = plain("word ".repeat(2000));
  const { words, masked } = masker({ strategy: "spans", ratio: 0.1, meanLength: 4, seed: 42 })(letter);
  const found = maskedSpans({ words, masked }).map((span) => span.words.length);
  const mean = found.reduce((sum, length) => sum + length, 0) / found.length;
  equal(masked.length, 200);
  ok(mean > 3.4 && mean < 5.5, `${mean}`); // neighbours may meet
  const single = masker({ strategy: "spans", ratio: 0.1, meanLength: 1, seed: 42 })(letter);
  ok(maskedSpans(single).length > 150);
});

Deno.test("rarest masks what occurs least in the letters, or in what it is told", () => {
  const [one, two] = [plain("common rare common"), { ...plain("common word word"), id: "b" }];
  const masked = mask([one, two], { strategy: "rarest", ratio: 0.34, seed: 42 });
  deepEqual(masked.map(({ words, masked }) => masked.map((index) => words[index]?.text)), [["rare"], [
    "word",
  ]]);
  const frequencies = { rare: 9, word: 5 };
  deepEqual(maskedWords(one, { strategy: "rarest", ratio: 0.67, seed: 42, frequencies }), [
    "common",
    "common",
  ]);
  deepEqual(wordFrequencies([one, two]), { common: 3, rare: 1, word: 2 });
  throws(() => masker({ strategy: "rarest", ratio: 0.5, seed: 42 }), /needs the words' frequencies/);
});

Deno.test("entropy masks what the model is least certain of, and refuses another model's letters", () => {
  const letter = plain("a mild unremarkable pain");
  const known = { name: "m", of: { a: [0.1, 2, 3, 1] } };
  deepEqual(maskedWords(letter, { strategy: "entropy", entropies: known, ratio: 0.5, seed: 42 }), [
    "mild",
    "unremarkable",
  ]);
  throws(
    () =>
      maskedWords(letter, {
        strategy: "entropy",
        entropies: { name: "m", of: { a: [1] } },
        ratio: 0.5,
        seed: 42,
      }),
    /letter a: m has 1 entropies for its 4 words/,
  );
  throws(
    () =>
      maskedWords(letter, { strategy: "entropy", entropies: { name: "m", of: {} }, ratio: 0.5, seed: 42 }),
    /m has no entropies/,
  );
});

Deno.test("away-from-entities and near-entities go by the distance in words", () => {
  const letter = plain("one two three pain five six seven", [{ start: 14, end: 18, label: "PROBLEM" }]);
  const words = (strategy: "away-from-entities" | "near-entities", distance: number) =>
    maskedWords(letter, { strategy, distance, ratio: 1, seed: 42 });
  deepEqual(words("away-from-entities", 2), ["one", "two", "six", "seven"]);
  deepEqual(words("near-entities", 1), ["three", "five"]);
  const none = plain("no entity here");
  deepEqual(maskedWords(none, { strategy: "away-from-entities", distance: 9, ratio: 1, seed: 42 }).length, 3);
  deepEqual(maskedWords(none, { strategy: "near-entities", distance: 9, ratio: 1, seed: 42 }), []);
});

Deno.test("authors draws as Python does, the same places in every letter", () => {
  const letter = plain("w ".repeat(10));
  const { masked } = masker({ strategy: "authors", ratio: 0.4, seed: 42 })(letter);
  deepEqual(masked, [0, 1, 4, 9]); // random.seed(42); random.sample(range(10), 4)
  deepEqual(masker({ strategy: "authors", ratio: 0.4, seed: 42 })({ ...letter, id: "b" }).masked, masked);
});
