import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../../checkpoint/tiny_model.ts";
import { project } from "../../project.ts";
import { bertscorePairs } from "../bertscore.ts";
import { openTokenEncoder } from "../encoder_embeddings.ts";
import type { PrecisionRecallF1 } from "../precision_recall_f1.ts";
import { readBaseline } from "./baseline_file.ts";
import { bertscoreMetric } from "./bertscore_metric.ts";
import oracle from "./encoder_oracle.json" with { type: "json" };

const MODEL = `${project.models}/encoder-small`;
const references = oracle.pairs.map(([reference = ""]) => reference);
const candidates = oracle.pairs.map(([, candidate = ""]) => candidate);

function close(
  scores: readonly PrecisionRecallF1[],
  expected: readonly (readonly number[])[],
  tolerance: number,
) {
  equal(scores.length, expected.length);
  scores.forEach(({ precision, recall, f1 }, i) => {
    const [p = NaN, r = NaN, f = NaN] = expected[i] ?? [];
    const gap = Math.max(Math.abs(precision - p), Math.abs(recall - r), Math.abs(f1 - f));
    ok(gap <= tolerance, `pair ${i}: [${precision}, ${recall}, ${f1}] is off by ${gap}`);
  });
}

const triples = ({ parts }: { parts?: Readonly<Record<string, Float64Array>> }) =>
  Array.from(parts?.["f1"] ?? [], (f1, i) => ({
    f1,
    precision: parts?.["precision"]?.[i] ?? NaN,
    recall: parts?.["recall"]?.[i] ?? NaN,
  }));

for (const [layer, expected] of Object.entries(oracle.layers)) {
  Deno.test(`bertscorePairs() equals bert_score 0.3.13 at layer ${layer} of encoder-small`, async () => {
    const encoder = await openTokenEncoder(MODEL, { layer: Number(layer), long: "truncate" });
    close(await bertscorePairs(encoder, references, candidates), expected, 2e-6);
    match(encoder.signature, new RegExp(`^encoder-small\\|layer:${layer}\\|truncate:128$`));
    await encoder.close();
  });
}

Deno.test("bertscoreMetric() equals bert_score with idf, a baseline file and several references", async () => {
  const file = await Deno.makeTempFile({ suffix: ".tsv" });
  await Deno.writeTextFile(file, oracle.baseline);
  const second = await openTokenEncoder(MODEL, { layer: 2, long: "truncate" });
  const last = {
    ...await openTokenEncoder(MODEL, { layer: 4, long: "truncate" }),
    baseline: await readBaseline(file, 4),
  };
  const pairs = oracle.pairs.map(([reference = "", candidate = ""], i) => ({
    id: `${i}`,
    reference,
    candidate,
  }));
  const chosen = [...pairs.slice(0, 4), ...pairs.slice(6, 9)];
  const idf = bertscoreMetric({ idf: "references" });
  // A text of which every token is in every reference weighs nothing: NaN in bert_score, 0 here; there is none among these.
  close(triples(await idf.score(chosen, { encoder: second })), oracle.idf, 2e-6);
  match(idf.signature({ encoder: second }, chosen), /\|idf:7\|rescaled:no\|v1$/);
  const rescaled = bertscoreMetric({ baseline: "encoder" });
  equal(rescaled.name, "bertscore-rescaled");
  close(triples(await rescaled.score(pairs.slice(0, 4), { encoder: last })), oracle.rescaled, 4e-6);
  match(rescaled.signature({ encoder: last }), /\|rescaled:0\.55\/0\.56\/0\.57\|v1$/);
  await rejects(async () => await rescaled.score(pairs, { encoder: second }), /has no baseline\. Name a/);
  const several = oracle.candidates.map((candidate, i) => ({
    id: `${i}`,
    reference: oracle.references[i] ?? [],
    candidate,
  }));
  close(triples(await bertscoreMetric().score(several, { encoder: second })), oracle.several, 2e-6);
  await Promise.all([second.close(), last.close(), Deno.remove(file)]);
});

Deno.test("a letter's BERTScore does not depend on what is scored with it", async () => {
  const encoder = await openTokenEncoder(MODEL, { layer: 2 });
  const together = await bertscorePairs(encoder, references, candidates);
  for (const [i, reference] of references.entries()) {
    const [alone] = await bertscorePairs(encoder, [reference], [candidates[i] ?? ""]);
    close([alone ?? { precision: NaN, recall: NaN, f1: NaN }], [Object.values(together[i] ?? {})], 1e-6);
  }
  await encoder.close();
});

Deno.test("a letter of a megabyte is scored to its end with windows, and said to be cut off with truncate", async () => {
  const folder = await Deno.makeTempDir();
  await tinyModel(folder, { pieces: ["fever", "cough", "."], positions: 64 });
  const letter = "fever cough . ".repeat(75_000);
  const changed = `${letter.slice(0, -8)}fever .`;
  const windows = await openTokenEncoder(folder, { layer: 1 });
  const [score] = await bertscorePairs(windows, [letter], ["fever cough ."]);
  ok(score && score.precision > 0 && score.recall <= 1, JSON.stringify(score));
  const lastOf = async (text: string) => {
    const [{ embeddings, hidden } = { embeddings: new Float32Array(), hidden: 1 }] = await windows.encode([
      text,
    ]);
    return embeddings.slice(-3 * hidden);
  };
  notEqual(
    `${await lastOf("fever cough . ".repeat(100))}`,
    `${await lastOf("fever cough . ".repeat(99) + "fever fever .")}`,
  );
  const cut = await openTokenEncoder(folder, { layer: 1, long: "truncate" });
  deepEqual(await cut.encode([letter]), await cut.encode([changed]));
  match(windows.signature, /\|window:64\|overlap:15$/);
  match(cut.signature, /\|truncate:64$/);
  await Promise.all([windows.close(), cut.close(), Deno.remove(folder, { recursive: true })]);
});

Deno.test("encodings by workers are those of one session", async () => {
  const folder = await Deno.makeTempDir();
  await tinyModel(folder, { pieces: ["fever", "cough", "."], positions: 64 });
  const [one, two] = [
    await openTokenEncoder(folder, { layer: 2, threads: 1 }),
    await openTokenEncoder(folder, { layer: 2, threads: 2 }),
  ];
  const texts = Array.from({ length: 1500 }, (_, i) => "fever cough . ".repeat(3 + i % 7));
  const [alone, shared] = [await one.encode(texts), await two.encode(texts)];
  for (const [i, { ids, embeddings }] of shared.entries()) {
    deepEqual(ids, alone[i]?.ids);
    ok(embeddings.every((x, k) => Math.abs(x - (alone[i]?.embeddings[k] ?? NaN)) <= 1e-6));
  }
  await Promise.all([one.close(), two.close(), Deno.remove(folder, { recursive: true })]);
});

Deno.test("int8 is a variant of its own, near the other", async () => {
  const [whole, eighth] = [
    await openTokenEncoder(MODEL, { layer: 2, long: "truncate" }),
    await openTokenEncoder(MODEL, { layer: 2, long: "truncate", precision: "int8" }),
  ];
  const expected = await bertscorePairs(whole, references, candidates);
  const scores = await bertscorePairs(eighth, references, candidates);
  close(scores, expected.map(({ precision, recall, f1 }) => [precision, recall, f1]), 0.03);
  ok(scores.some(({ f1 }, i) => Math.abs(f1 - (expected[i]?.f1 ?? NaN)) > 1e-5));
  match(eighth.signature, /\|truncate:128\|int8$/);
  const [alone] = await bertscorePairs(eighth, [references[0] ?? ""], [candidates[0] ?? ""]);
  deepEqual(alone, scores[0]);
  await Promise.all([whole.close(), eighth.close()]);
});
