import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { copyRate } from "./copy_rate.ts";
import { maskedShare } from "./masked_share.ts";
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
    ["invalid-prediction-rate", "invalid-prediction-rate|v2", ["b", "a"], [0.5, NaN]],
    ["rouge2-stem", "rouge2|stem:yes|tok:rouge_score|v1", ["b", "a"], [1, 0]],
    ["copy-rate", "copy-rate|case:folded|v2", ["b", "a"], [0.5, NaN]],
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

Deno.test("metrics of fills take a letter without masked words for unscored, and want what they judge", async () => {
  const names = ["copy-rate", "invalid-prediction-rate", "masked-share"];
  const scores = await score(pairs.map((pair) => ({ ...pair, words: 8 })), names);
  deepEqual(scores.map(({ values, unscored }) => unscored?.get(1) ?? values[1]), [
    "no masked word",
    "no masked word",
    0,
  ]);
  equal(scores[2]?.values[0], 0.5);
  throws(() => copyRate([]), /no fill/);
  throws(() => maskedShare(3, 2), /3 masked words of 2/);
  await rejects(score(pairs, ["masked-share"]), /letter b comes without the number of its words/);
  await rejects(score(pairs, ["inference-time"]), /letter b has no time for its seconds/);
  await rejects(
    score(pairs.map((pair) => ({ ...pair, seconds: NaN })), ["inference-time"]),
    /letter b has NaN/,
  );
});

Deno.test("metricNamed() reads options behind a name, and says which are wrong", () => {
  const names = {
    "bleu-intl-floor=0.2-lowercase":
      "bleu|nrefs:1|case:lc|eff:yes|tok:intl|smooth:floor[0.20]|version:2.6.0|v1",
    "bleu-none-unsmoothed-all-orders": "bleu|nrefs:1|case:mixed|eff:no|tok:none|smooth:none|version:2.6.0|v1",
    "bleu-add-k=2": "bleu|nrefs:1|case:mixed|eff:yes|tok:13a|smooth:add-k[2.00]|version:2.6.0|v1",
    "chrf-characters=4-words=1-beta=3-lowercase-whitespace":
      "chrf|nrefs:1|case:lc|eff:yes|nc:4|nw:1|space:yes|beta:3|version:2.6.0|v1",
    "chrf++-beta=1": "chrf++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|beta:1|version:2.6.0|v1",
    "meteor-wordpunct-alpha=0.8":
      "meteor|tok:wordpunct|stages:exact,porter,wordnet-3.0|alpha:0.8|beta:3|gamma:0.5|nltk:3.10|v1",
    "smog-0.7.13": "smog|lang:en|syllables:cmudict,pyphen-0.18.1|textstat:0.7.13|v1",
    "mattr-window=10": "mattr|window:10|tok:unicode|case:folded|v1",
  };
  for (const [name, signature] of Object.entries(names)) {
    equal(metricNamed(name).name, name);
    equal(metricNamed(name).signature({}), signature);
    equal(metricNamed(name), metricNamed(name));
  }
  equal(metricNamed("bleu-exp-13a"), metricNamed("bleu"));
  equal(metricNamed("chrf-words=2"), metricNamed("chrf++"));
  const wrong = {
    "bleu-itnl": /bleu-itnl: no option "itnl"\. The nearest is intl\. Known: 13a, intl/,
    "bleu-intl-char": /bleu-intl-char: two options decide the tokenizer/,
    "bleu-intl=2": /intl takes no number/,
    "bleu-floor=x": /floor is "x", no number/,
    "mattr-window": /window wants a number/,
    "mattr-window=0": /the window is 0/,
    "ttr-stem": /ttr-stem: "stem" is no option: there are none/,
    "rougeL-stem-unicode": /Drop one of the two/,
    "rouge-L": /unknown metric "rouge-L"\. The nearest is rougeL\./,
  };
  for (const [name, message] of Object.entries(wrong)) throws(() => metricNamed(name), message);
});

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
  deepEqual([first?.mean, first?.n, first?.unscored], [3, 2, { "no text": 1 }]);
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
