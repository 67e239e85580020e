import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { bleuMetric, type BleuOptions, corpusBleu, sentenceBleu } from "./bleu.ts";
import { BLEU_SMOOTHINGS } from "./bleu_score.ts";
import { BLEU_TOKENIZERS, bleuWords } from "./bleu_words.ts";
import oracle from "./bleu_oracle.json" with { type: "json" };

const runs = oracle.runs.map((run) => ({ ...run, options: optionsOf(run.options) }));

/** The fixture's options, whose strings JSON imports as any string. */
function optionsOf({ tokenizer, smoothing, ...rest }: (typeof oracle.runs)[number]["options"]): BleuOptions {
  const [cut, smooth] = [
    BLEU_TOKENIZERS.find((one) => one === tokenizer),
    BLEU_SMOOTHINGS.find((one) => one === smoothing),
  ];
  return { ...rest, ...cut && { tokenizer: cut }, ...smooth && { smoothing: smooth } };
}

Deno.test("bleuWords() equals sacrebleu 2.6.0's tokenizers", () => {
  for (const tokenizer of BLEU_TOKENIZERS) {
    oracle.words[tokenizer].forEach((expected, i) => {
      deepEqual(
        bleuWords(oracle.texts[i]?.references[0] ?? "", tokenizer),
        expected,
        `${tokenizer}, text ${i}`,
      );
    });
  }
});

Deno.test("sentenceBleu() equals sacrebleu 2.6.0 within 1e-9 for all tokenizers and smoothings", () => {
  for (const { options, sentences } of runs) {
    oracle.texts.forEach(({ references, candidate }, i) => {
      const { score } = sentenceBleu(references, candidate, options);
      const gap = Math.abs(score - (sentences[i] ?? NaN));
      ok(gap <= 1e-9, `${JSON.stringify(options)}, text ${i}: off by ${gap}`);
    });
  }
});

Deno.test("corpusBleu() and bleuMetric() equal sacrebleu 2.6.0 within 1e-9, its signature in ours", async () => {
  const pairs = oracle.texts.map(({ references, candidate }, i) => ({
    id: `${i}`,
    reference: references,
    candidate,
  }));
  for (const { options, corpus, sentences, signature, corpusSignature } of runs) {
    const references = pairs.map(({ reference }) => reference);
    const whole = corpusBleu(references, pairs.map(({ candidate }) => candidate), options);
    ok(Math.abs(whole.score - corpus) <= 1e-9, `${JSON.stringify(options)}: ${whole.score}, not ${corpus}`);
    const metric = bleuMetric(options);
    const scored = await metric.score(pairs, {});
    equal(scored.corpus?.value, whole.score);
    equal(scored.corpus?.signature, `bleu|${corpusSignature}|v1`);
    ok(scored.values.every((value, i) => Math.abs(value - (sentences[i] ?? NaN)) <= 1e-9));
    equal(metric.signature({}, pairs.slice(-1)), `bleu|${signature}|v1`);
  }
});

Deno.test("sentenceBleu() of a text with itself is 100, and does not depend on the order of references", () => {
  for (const { references, candidate } of oracle.texts) {
    for (const { options } of runs) {
      const { score, totals } = sentenceBleu(candidate, candidate, { ...options, effectiveOrder: true });
      if ((totals[0] ?? 0) > 0) ok(Math.abs(score - 100) < 1e-9);
      const there = sentenceBleu(references, candidate, options).score;
      equal(sentenceBleu(references.toReversed(), candidate, options).score, there);
      ok(there >= 0 && there < 100 + 1e-9);
    }
  }
});

Deno.test("sentenceBleu() of a letter of a million characters", () => {
  const words = Array.from({ length: 170_000 }, (_, i) => `w${i * i % 4999}`);
  const edited = words.map((word, i) => i % 5 === 0 ? "x" : word);
  const { precisions } = sentenceBleu(words.join(" "), edited.join(" "));
  deepEqual(precisions.map((p) => Math.round(p)), [80, 60, 40, 20]);
  equal(Math.round(sentenceBleu("a".repeat(1_000_000), "a".repeat(1_000_000)).score), 100);
});

Deno.test("BLEU rejects a candidate without references, and lists of different lengths", () => {
  throws(() => sentenceBleu([], "text"), /bleu: got 0 references/);
  throws(() => corpusBleu(["a"], ["a", "b"]), /bleu: 1 references and 2 candidates/);
});
