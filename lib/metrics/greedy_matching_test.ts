import { deepEqual, ok, rejects, throws } from "node:assert/strict";
import oracle from "./bertscore_oracle.json" with { type: "json" };
import { openGreedyMatcher } from "./greedy_matching.ts";
import { inverseDocumentFrequency } from "./inverse_document_frequency.ts";

const side = ({ embeddings, weights }: { embeddings: number[][]; weights: number[] }) => ({
  embeddings: Float32Array.from(embeddings.flat()),
  hidden: oracle.hidden,
  weights,
});

Deno.test("GreedyMatcher equals bert_score 0.3.13 within float32's rounding", async () => {
  const matcher = await openGreedyMatcher();
  for (const { reference, candidate, prf: [precision = NaN, recall = NaN, f1 = NaN] } of oracle.cases) {
    const score = await matcher.match(side(reference), side(candidate));
    const gap = Math.max(
      Math.abs(score.precision - precision),
      Math.abs(score.recall - recall),
      Math.abs(score.f1 - f1),
    );
    ok(gap <= 5e-7, `${reference.weights.length} × ${candidate.weights.length} tokens: off by ${gap}`);
  }
  await matcher.close();
});

Deno.test("inverseDocumentFrequency() equals bert_score 0.3.13", () => {
  const { documents, weights, unseen } = inverseDocumentFrequency(
    oracle.idf.ids.map((ids) => Int32Array.from(ids)),
  );
  deepEqual(documents, 4);
  for (const [id, weight] of Object.entries(oracle.idf.weights)) {
    ok(Math.abs((weights.get(Number(id)) ?? NaN) - weight) <= 1e-15, id);
  }
  ok(Math.abs(unseen - oracle.idf.unseen) <= 1e-15);
  throws(() => inverseDocumentFrequency([Int32Array.of(1)]), /at least 2/);
});

Deno.test("GreedyMatcher rejects embeddings that do not fit or cannot be normalised", async () => {
  const matcher = await openGreedyMatcher();
  const good = { embeddings: Float32Array.of(1, 0, 0, 1), hidden: 2, weights: [1, 1] };
  await rejects(matcher.match(good, { ...good, hidden: 4 }), /reference has 2 dimensions, candidate 4/);
  await rejects(matcher.match(good, { ...good, weights: [1] }), /4 numbers for 1 weights × 2/);
  const zero = { ...good, embeddings: Float32Array.of(1, 0, 0, 0) };
  await rejects(matcher.match(good, zero), /token 1 has squared length 0/);
  const broken = { ...good, embeddings: Float32Array.of(NaN, 0, 0, 1) };
  await rejects(matcher.match(broken, good), /squared length NaN/);
  await matcher.close();
});
