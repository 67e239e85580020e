import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { bertscorePairs } from "./bertscore.ts";
import { bertscoreMetric } from "./bertscore/bertscore_metric.ts";
import { bertscoreBaseline } from "./bertscore_baseline.ts";
import { inverseDocumentFrequency } from "./inverse_document_frequency.ts";
import type { TokenEncoder } from "./token_encoder.ts";

/** An encoder whose tokens are words with directions of their own, and that remembers what it was asked for. */
function wordEncoder() {
  const asked: string[] = [];
  const words = ["[E]", "pain", "ache", "no", "fever"];
  const vectors = [[1, 1, 1], [1, 0, 0], [0.8, 0.6, 0], [0, 1, 0], [0, 0, 1]];
  const encoder: TokenEncoder = {
    signature: "words",
    specialIds: [0],
    encode(texts) {
      asked.push(...texts);
      return Promise.resolve(texts.map((text) => {
        const ids = [0, ...text.split(" ").filter((w) => w !== "").map((w) => words.indexOf(w)), 0];
        return {
          ids: Int32Array.from(ids),
          embeddings: Float32Array.from(ids.flatMap((id) => vectors[id] ?? [])),
          hidden: 3,
        };
      }));
    },
  };
  return { encoder, asked };
}

const near = (a: number | undefined, b: number) => ok(Math.abs((a ?? NaN) - b) < 1e-6, `${a} is not ${b}`);

Deno.test("bertscorePairs() encodes each distinct text once, whatever the order of its uses", async () => {
  const { encoder, asked } = wordEncoder();
  const references = ["pain", "no pain", "pain", "fever", "pain"];
  const candidates = ["ache", "pain", "no pain", "fever", "ache"];
  const scores = await bertscorePairs(encoder, references, candidates);
  deepEqual(asked.toSorted(), ["ache", "fever", "no pain", "pain"]);
  equal(scores.length, 5);
  deepEqual(scores[0], scores[4]);
  near(scores[3]?.f1, 1);
});

Deno.test("bertscorePairs() matches special tokens but gives them no weight", async () => {
  const { encoder } = wordEncoder();
  const [score] = await bertscorePairs(encoder, ["fever"], ["pain"]);
  near(score?.precision, 1 / Math.sqrt(3)); // "pain" is nearer to [E] than to "fever"
  const [empty] = await bertscorePairs(encoder, ["fever"], [""]);
  deepEqual(empty, { precision: 0, recall: 0, f1: 0 });
});

Deno.test("bertscorePairs() weighs by idf and rescales by a baseline", async () => {
  const { encoder } = wordEncoder();
  const idf = inverseDocumentFrequency([Int32Array.of(0, 1, 0), Int32Array.of(0, 1, 3, 0)]);
  const [weighted] = await bertscorePairs(encoder, ["pain no"], ["no"], { idf });
  near(weighted?.recall, 1); // "pain" is in both documents and weighs nothing
  const baseline = { precision: 0.5, recall: 0.25, f1: 0.2 };
  const [rescaled] = await bertscorePairs(encoder, ["pain"], ["ache"], { baseline });
  near(rescaled?.precision, (Math.max(0.8, 1.4 / Math.sqrt(3)) - 0.5) / 0.5);
});

Deno.test("bertscorePairs() rejects lists of different lengths and an encoder that loses texts", async () => {
  const { encoder } = wordEncoder();
  await rejects(bertscorePairs(encoder, ["pain"], []), /1 references for 0 candidates/);
  const lossy = { ...encoder, encode: () => Promise.resolve([]) };
  await rejects(bertscorePairs(lossy, ["pain"], ["no"]), /encoder words: gave 0 texts for 2/);
});

Deno.test("bertscoreMetric() takes the best of several references and names what is missing", async () => {
  const { encoder } = wordEncoder();
  const metric = bertscoreMetric();
  const pair = { id: "1", reference: ["fever", "no pain"], candidate: "no pain" };
  near((await metric.score([pair], { encoder })).values[0], 1);
  equal(metric.signature({ encoder }), "bertscore|encoder:words|idf:no|rescaled:no|v1");
  await rejects(async () => await metric.score([pair], {}), /needs a token encoder/);
  await rejects(
    async () => await metric.score([{ ...pair, reference: [] }], { encoder }),
    /letter 1 has 0 references/,
  );
});

Deno.test("bertscoreBaseline() averages pairs of different texts, the same for the same seed", async () => {
  const { encoder } = wordEncoder();
  const texts = ["pain", "fever", "no"];
  const baseline = await bertscoreBaseline(encoder, texts, { pairs: 20, seed: 1 });
  near(baseline.f1, 1 / Math.sqrt(3));
  deepEqual(baseline, await bertscoreBaseline(encoder, texts, { pairs: 20, seed: 1 }));
  await rejects(bertscoreBaseline(encoder, ["pain", "pain"]), /1 distinct texts/);
});
