import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import oracle from "./rouge_oracle.json" with { type: "json" };
import { rouge, ROUGE_TYPES, rougeMetric } from "./rouge.ts";

Deno.test("rouge() equals rouge_score 0.1.2 within 1e-12, with and without the stemmer", () => {
  for (const { references, candidate, stem } of oracle.cases) {
    for (const type of ROUGE_TYPES) {
      for (const stemmer of [false, true]) {
        const [precision = NaN, recall = NaN, f1 = NaN] = stem[stemmer ? "yes" : "no"][type];
        const score = rouge(type, references, candidate, { stemmer });
        const gap = Math.max(
          Math.abs(score.precision - precision),
          Math.abs(score.recall - recall),
          Math.abs(score.f1 - f1),
        );
        ok(gap <= 1e-12, `${type}, stemmer ${stemmer}, ${JSON.stringify(candidate)}: off by ${gap}`);
      }
    }
  }
});

Deno.test("rouge() of a text with itself is 1, lies between 0 and 1, and swaps with its texts", () => {
  const texts = oracle.cases.map(({ candidate }) => candidate);
  for (const type of ROUGE_TYPES) {
    for (const options of [{}, { stemmer: true }, { tokenizer: "unicode" }] as const) {
      for (const [i, text] of texts.entries()) {
        const same = rouge(type, text, text, options).f1;
        ok(same === 0 || same === 1, `${type}: ${same}`); // 0 without words, or pairs of them
        if (type === "rouge1" && /[a-z]/.test(text)) equal(same, 1);
        const other = texts[(i + 7) % texts.length] ?? "";
        const [there, back] = [rouge(type, text, other, options), rouge(type, other, text, options)];
        ok(there.f1 >= 0 && there.f1 <= 1);
        if (type !== "rougeLsum") deepEqual([there.precision, there.f1], [back.recall, back.f1]);
      }
    }
  }
});

Deno.test("rouge() does not depend on the order of references", () => {
  for (const { references, candidate } of oracle.cases) {
    for (const type of ROUGE_TYPES) {
      equal(rouge(type, references.toReversed(), candidate).f1, rouge(type, references, candidate).f1);
    }
  }
});

Deno.test("rouge() with the unicode tokenizer keeps the words of other languages whole", () => {
  const options = { tokenizer: "unicode" } as const;
  equal(rouge("rouge1", "el médico", "el módico").f1, 1); // both read "el m dico"
  equal(rouge("rouge1", "el médico", "el módico", options).f1, 1 / 2);
  equal(rouge("rouge1", "el me\u0301dico", "el m\u00e9dico", options).f1, 1);
  equal(
    rouge("rouge1", "Patienten får läkemedel på sjukhuset", "patienten FÅR mat på sjukhuset", options).recall,
    4 / 5,
  );
  equal(rouge("rougeLsum", "Över\nÅt", "åt\növer", options).f1, 1);
});

Deno.test("rouge() of a letter of a million characters, in one word, one line and many lines", () => {
  const rng = random(5);
  const word = () => `w${rng.below(5000)}`;
  const words = Array.from({ length: 170_000 }, word);
  const [long, edited] = [words.join(" "), words.map((w) => rng.next() < 0.2 ? word() : w).join(" ")];
  const { f1 } = rouge("rougeL", long, edited);
  ok(f1 > 0.79 && f1 < 0.81, `${f1}`);
  ok(rouge("rouge2", long, edited).f1 > 0.6);
  const lines = (text: string) => text.replace(/((?:\S+ ){12})/g, "$1\n");
  ok(rouge("rougeLsum", lines(long), lines(edited)).f1 > f1);
  const huge = "a".repeat(1_000_000);
  equal(rouge("rouge1", huge, huge, { stemmer: true }).f1, 1);
  equal(rouge("rouge1", huge, `${huge}b`).f1, 0);
});

Deno.test("rouge() reads İ and the Kelvin sign as Python's lower case does, whatever was read before", () => {
  const words = Array.from({ length: 40 }, (_, i) => `word${i}`);
  for (let round = 0; round < 50; round++) {
    equal(rouge("rouge1", `${words.join(" ")} \u0130stanbul`, `${words.join(" ")} i stanbul`).f1, 1);
    equal(rouge("rouge2", "37 \u212aelvin", `37 kelvin ${words[round % 40]}`).recall, 1);
  }
});

Deno.test("rouge() counts the same beside many references as beside one", () => {
  const rng = random(11);
  const text = () => Array.from({ length: 1500 }, () => `w${rng.below(20_000)}`).join(" ");
  const references = [text(), text(), text(), text()];
  const candidate = references[2]?.replace(/w7/g, "w8") ?? "";
  for (const type of ROUGE_TYPES) {
    const best = Math.max(...references.map((reference) => rouge(type, reference, candidate).f1));
    equal(rouge(type, references, candidate).f1, best);
  }
});

Deno.test("rouge() rejects an empty list of references, and a stemmer for Unicode words", () => {
  throws(() => rouge("rougeL", [], "text"), /rougeL: got 0 references/);
  throws(
    () => rouge("rougeL", "a", "b", { tokenizer: "unicode", stemmer: true }),
    /tokenizer rouge_score only/,
  );
});

Deno.test("rougeMetric() gives F1 as the value of a letter, and its parts beside", async () => {
  const { values, parts } = await rougeMetric("rouge1").score([{
    id: "1",
    reference: "a b c d",
    candidate: "a b",
  }], {});
  equal(values[0], 2 / 3);
  equal(parts?.["precision"]?.[0], 1);
  equal(parts?.["recall"]?.[0], 0.5);
});

Deno.test("rougeMetric() sees that a list of pairs was changed since it was read", async () => {
  const pairs = [{ id: "1", reference: "no pain", candidate: "no pain" }];
  const [first, second] = [rougeMetric("rouge1"), rougeMetric("rougeL")];
  equal((await first.score(pairs, {})).values[0], 1);
  pairs[0] = { id: "1", reference: "no pain", candidate: "fever" };
  equal((await second.score(pairs, {})).values[0], 0);
  pairs.push({ id: "2", reference: "well", candidate: "well" });
  deepEqual([...(await first.score(pairs, {})).values], [0, 1]);
});
