import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { copyRate } from "./copy_rate.ts";
import { metricNamed, METRICS } from "./registry.ts";
import { rougeMetric } from "./rouge/rouge.ts";
import type { Pair } from "./metric.ts";
import { score } from "./score.ts";
import { letterScores, summaryOf } from "./summary.ts";

const fills = [
  { valid: true, original: "PAIN", text: "pain" },
  { valid: false, original: "mild", text: "##ing" },
  { valid: false, original: "daily", text: "" },
  { valid: true, original: "cafe\u0301", text: "caf\u00e9" },
];
const pairs = [
  { id: "b", reference: "mild pain", candidate: "mild pain", fills },
  { id: "a", reference: "mild pain", candidate: "", fills: [] },
];

Deno.test("score() keeps the order of letters and metrics and names what each number is", async () => {
  const scores = await score(pairs, [
    "invalid-prediction-rate",
    rougeMetric("rouge2", { stemmer: true }),
    "copy-rate",
  ]);
  deepEqual(scores.map((s) => [s.metric, s.signature, s.ids, [...s.values]]), [
    ["invalid-prediction-rate", "invalid-prediction-rate|v1", ["b", "a"], [0.5, 0]],
    ["rouge2-stem", "rouge2|stem:yes|tok:rouge_score|v1", ["b", "a"], [1, 0]],
    ["copy-rate", "copy-rate|case:folded|v1", ["b", "a"], [0.5, 0]],
  ]);
});

Deno.test("score() fails before any work on an unknown name, a repeated letter and missing fills", async () => {
  await rejects(
    score(pairs, ["rougeX"]),
    /unknown metric "rougeX"\. The nearest is rouge1\. Known: rouge1, rouge2, rougeL, .*copy-rate/,
  );
  await rejects(score([...pairs, ...pairs], ["rouge1"]), /letter id b comes twice/);
  await rejects(
    score([{ id: "c", reference: "a", candidate: "b" }], ["copy-rate"]),
    /letter c comes without its fills/,
  );
});

Deno.test("METRICS have names of their own, each found by metricNamed()", () => {
  equal(new Set(METRICS.map((metric) => metric.name)).size, METRICS.length);
  for (const metric of METRICS) equal(metricNamed(metric.name), metric);
  throws(() => metricNamed(""), /unknown metric/);
});

Deno.test("copyRate() of no fills is 0", () => equal(copyRate([]), 0));

Deno.test("score() and its summary count the letters that a metric cannot score", async () => {
  const long = {
    ...rougeMetric("rouge1"),
    name: "long",
    score: (all: readonly Pair[]) => ({
      values: Float64Array.from(all, ({ candidate }) => candidate.length > 0 ? candidate.length : NaN),
      unscored: new Map(all.flatMap(({ candidate }, i) => candidate === "" ? [[i, "no text"] as const] : [])),
    }),
  };
  const letters = ["ab", "", "abcd"].map((candidate, i) => ({ id: `${i}`, reference: "", candidate }));
  const scores = await score(letters, [long, "bleu"]);
  deepEqual(letterScores(scores, 1), { scores: { long: null, bleu: 0 }, unscored: { long: "no text" } });
  deepEqual(letterScores(scores, 0), { scores: { long: 2, bleu: 0 } });
  const [first, second] = scores.map(summaryOf);
  deepEqual([first?.mean, first?.n, first?.unscored], [3, 2, 1]);
  deepEqual([second?.n, second?.unscored, second?.corpus?.value], [3, undefined, 0]);
});

Deno.test("score() knows every overlap metric, with several references", async () => {
  const both = [{ id: "a", reference: ["no chest pain", "no back pain"], candidate: "No back pain" }];
  const names = [
    "rouge1",
    "rougeLsum-stem",
    "rougeL-unicode",
    "bleu",
    "bleu-char",
    "chrf",
    "chrf++",
    "meteor",
    "polarity",
  ];
  const values = (await score(both, names)).map((one) => one.values[0]?.toFixed(3));
  deepEqual(values, ["1.000", "1.000", "1.000", "55.032", "88.011", "85.906", "79.013", "0.981", "0.000"]);
});
