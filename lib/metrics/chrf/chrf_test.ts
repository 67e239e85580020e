import { equal, ok, throws } from "node:assert/strict";
import { chrfMetric, corpusChrf, sentenceChrf } from "./chrf.ts";
import oracle from "./chrf_oracle.json" with { type: "json" };

Deno.test("sentenceChrf() equals sacrebleu 2.6.0 within 1e-9", () => {
  for (const { options, sentences } of oracle.runs) {
    oracle.texts.forEach(({ references, candidate }, i) => {
      const gap = Math.abs(sentenceChrf(references, candidate, options) - (sentences[i] ?? NaN));
      ok(gap <= 1e-9, `${JSON.stringify(options)}, text ${i}: off by ${gap}`);
    });
  }
});

Deno.test("corpusChrf() and chrfMetric() equal sacrebleu 2.6.0 within 1e-9, its signature in ours", async () => {
  const pairs = oracle.texts.map(({ references, candidate }, i) => ({
    id: `${i}`,
    reference: references,
    candidate,
  }));
  for (const { options, corpus, signature, corpusSignature } of oracle.runs) {
    const references = pairs.map(({ reference }) => reference);
    const whole = corpusChrf(references, pairs.map(({ candidate }) => candidate), options);
    ok(Math.abs(whole - corpus) <= 1e-9, `${JSON.stringify(options)}: ${whole}, not ${corpus}`);
    const metric = chrfMetric(options);
    const scored = await metric.score(pairs, {});
    equal(scored.corpus?.value, whole);
    const ours = (theirs: string) => {
      const [name] = metric.signature({}).split("|");
      return `${name}|${theirs.replace("|version", `|beta:${options.beta ?? 2}|version`)}|v1`;
    };
    equal(scored.corpus?.signature, ours(corpusSignature));
    equal(metric.signature({}, pairs.slice(-1)), ours(signature));
  }
});

Deno.test("sentenceChrf() of a text with itself is 100, and does not depend on the order of references", () => {
  for (const { references, candidate } of oracle.texts) {
    for (const { options } of oracle.runs) {
      const same = sentenceChrf(candidate, candidate, options);
      ok(same === 0 || Math.abs(same - 100) < 1e-9);
      equal(
        sentenceChrf(references.toReversed(), candidate, options),
        sentenceChrf(references, candidate, options),
      );
    }
  }
});

Deno.test("sentenceChrf() of a letter of a million characters", () => {
  const text = Array.from({ length: 170_000 }, (_, i) => `w${i * i % 4999}`).join(" ");
  ok(Math.abs(sentenceChrf(text, text) - 100) < 1e-9);
});

Deno.test("chrF rejects a candidate without references, lists of different lengths and orders that are none", () => {
  throws(() => sentenceChrf([], "text"), /chrf: got 0 references/);
  throws(() => corpusChrf(["a"], ["a", "b"]), /chrf: 1 references and 2 candidates/);
  throws(() => chrfMetric({ wordOrder: -1 }), /wordOrder is -1/);
  throws(() => chrfMetric({ beta: 0 }), /beta is 0/);
});
