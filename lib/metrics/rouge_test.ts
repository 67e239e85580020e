import { equal, ok, throws } from "node:assert/strict";
import oracle from "./rouge_oracle.json" with { type: "json" };
import { porterStem } from "./porter.ts";
import { rouge, ROUGE_TYPES, rougeMetric } from "./rouge.ts";

Deno.test("porterStem() equals NLTK's Porter stemmer on every root and ending of the fixture", () => {
  for (const entry of oracle.stems.split(" ")) {
    const [word = "", stem = ""] = entry.split(":");
    equal(porterStem(word), stem, word);
  }
});

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

Deno.test("rouge() with the unicode tokenizer keeps accented words whole", () => {
  const options = { tokenizer: "unicode" } as const;
  equal(rouge("rouge1", "el médico", "el módico").f1, 1); // both read "el m dico"
  equal(rouge("rouge1", "el médico", "el módico", options).f1, 1 / 2);
  equal(rouge("rouge1", "el me\u0301dico", "el m\u00e9dico", options).f1, 1);
});

Deno.test("rouge() rejects an empty list of references, and a stemmer for Unicode words", () => {
  throws(() => rouge("rougeL", [], "text"), /rougeL: got 0 references/);
  throws(
    () => rouge("rougeL", "a", "b", { tokenizer: "unicode", stemmer: true }),
    /tokenizer rouge_score only/,
  );
});

Deno.test("rougeMetric() gives F1 as the value of a letter, and its parts beside", async () => {
  const metric = rougeMetric("rouge1");
  const { values, parts } = await metric.score([{ id: "1", reference: "a b c d", candidate: "a b" }], {});
  equal(values[0], 2 / 3);
  equal(parts?.["precision"]?.[0], 1);
  equal(parts?.["recall"]?.[0], 0.5);
});
