import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import type { Letter } from "../../corpus/letter.ts";
import { project } from "../../project.ts";
import { random } from "../../random.ts";
import { compareCorpora } from "./compare_corpora.ts";
import { compressionRatio } from "./compression_ratio.ts";
import oracle from "./corpora_oracle.json" with { type: "json" };
import { distinctN } from "./distinct_n.ts";
import { jensenShannon, smoothedKullbackLeibler } from "./divergences.ts";
import { frechetDistance } from "./frechet_distance.ts";
import { singularValues, symmetricEigen } from "./householder.ts";
import { kMeans } from "./k_means.ts";
import { mauve, mauveOfHistograms } from "./mauve.ts";
import { NgramTable } from "./ngram_table.ts";
import { selfBleu } from "./self_bleu.ts";

const rows = (values: readonly (readonly number[])[]) => values.map((row) => Float64Array.from(row));
const cloud = (count: number, width: number, seed: string) => {
  const rng = random(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length: width }, () => rng.normal()));
};
function near(value: number | null | undefined, expected: number, tolerance: number, what = "") {
  ok(Math.abs((value ?? NaN) - expected) <= tolerance, `${what}: ${value} is not ${expected}`);
}

Deno.test("mauveOfHistograms() equals mauve-text 0.4.0 over the same clusters", () => {
  for (const { p, q, scale, ...expected } of oracle.mauve) {
    const found = mauveOfHistograms(p, q, scale);
    near(found.mauve, expected.mauve, 1e-12, "mauve");
    near(found.smoothed, expected.smoothed, 1e-12, "smoothed");
    near(found.frontierIntegral, expected.frontierIntegral, 1e-12, "frontier integral");
  }
});

Deno.test("mauve() equals mauve-text where clusters lie far apart, whichever way they are found", () => {
  const [{ features, ...expected } = { features: undefined, mauve: NaN, smoothed: NaN }] = oracle.mauve;
  ok(features);
  const found = mauve(rows(features.p), rows(features.q), { clusters: 3 });
  near(found.mauve, expected.mauve, 1e-12);
  near(found.smoothed, expected.smoothed, 1e-12);
});

Deno.test("MAUVE is 1 of equal corpora, symmetric, the same for the same seed, and small of corpora far apart", () => {
  const [a, b] = [cloud(40, 6, "a"), cloud(60, 6, "b")];
  near(mauve(a, a).mauve, 1, 1e-12);
  near(mauveOfHistograms([3, 4], [1, 9]).mauve, mauveOfHistograms([1, 9], [3, 4]).mauve, 1e-12);
  deepEqual(mauve(a, b), mauve(a, b));
  ok(mauve(a, a.map((row) => row.map((x, k) => k === 0 ? x + 100 : x))).mauve < 0.05);
  ok(mauve([a[0] ?? new Float64Array()], [a[1] ?? new Float64Array()]).mauve < 1);
  near(mauve(rows([[1, 2], [1, 2]]), rows([[1, 2], [1, 2]])).mauve, 1, 1e-12); // all points are one
  throws(() => mauve([], a), /no embedding in the first corpus/);
  throws(() => mauveOfHistograms([1, -1], [1, 1]), /counts that are not negative/);
  throws(() => mauveOfHistograms([1], [1, 1]), /1 clusters beside 2/);
});

Deno.test("frechetDistance() equals the closed form, with and without as many texts as dimensions", () => {
  for (const { a, b, means, covariances } of oracle.frechet) {
    const found = frechetDistance(rows(a), rows(b));
    near(found.means, means, 1e-12, "means");
    near(found.covariances, covariances, 1e-12, "covariances");
  }
});

Deno.test("the Fréchet distance of two equal corpora is 0, and it is symmetric", () => {
  for (const [count, width] of [[2, 30], [10, 30], [50, 30], [5, 1]] as const) {
    const a = cloud(count, width, `${count}`);
    equal(frechetDistance(a, a.toReversed()).covariances, 0);
    near(frechetDistance(a, a.toReversed()).distance, 0, 1e-20);
    const b = cloud(count + 3, width, "b");
    near(frechetDistance(a, b).distance, frechetDistance(b, a).distance, 1e-10);
    ok(frechetDistance(a, b).distance > 0);
  }
  const twice = cloud(8, 5, "twice");
  const doubled = frechetDistance(twice, twice.map((row) => row.map((x) => 2 * x)));
  const spread = twice.flatMap((row) => [...row]);
  ok(doubled.covariances > 0 && spread.length === 40);
  throws(() => frechetDistance(twice, twice.slice(0, 1)), /1 embeddings in the second corpus/);
  throws(
    () => frechetDistance(twice, rows([[1, 2, 3, 4, NaN], [1, 2, 3, 4, 5]])),
    /embedding 0 of the second/,
  );
});

Deno.test("symmetricEigen() and singularValues() rebuild a matrix", () => {
  const square = cloud(12, 12, "square");
  const symmetric = square.map((row, i) => row.map((x, k) => x + (square[k]?.[i] ?? 0)));
  const pairs = symmetricEigen(symmetric);
  for (let i = 0; i < 12; i++) {
    for (let k = 0; k < 12; k++) {
      const entry = pairs.reduce(
        (sum, { value, vector }) => sum + value * (vector[i] ?? 0) * (vector[k] ?? 0),
        0,
      );
      near(entry, symmetric[i]?.[k] ?? NaN, 1e-12);
    }
  }
  const sizes = [...singularValues(symmetric)].sort((a, b) => a - b);
  const expected = pairs.map(({ value }) => Math.abs(value)).sort((a, b) => a - b);
  sizes.forEach((value, i) => near(value, expected[i] ?? NaN, 1e-12));
  deepEqual([...singularValues(rows([[0, 0], [0, 0], [0, 0]]))], [0, 0]);
  const tall = cloud(9, 4, "tall");
  const squares = tall.flatMap((row) => [...row]).reduce((sum, x) => sum + x * x, 0);
  near(singularValues(tall).reduce((sum, x) => sum + x * x, 0), squares, 1e-12);
});

Deno.test("kMeans() finds clusters that lie apart, fills empty ones, and refuses more than points", () => {
  const points = [0, 10, 20].flatMap((x) => cloud(8, 2, `${x}`).map((row) => row.map((y) => x + y / 10)));
  const labels = kMeans(points, { clusters: 3 });
  for (const from of [0, 8, 16]) equal(new Set(labels.subarray(from, from + 8)).size, 1);
  equal(new Set(labels).size, 3);
  equal(kMeans(rows([[1], [1], [1]]), { clusters: 3 }).length, 3);
  throws(() => kMeans(points.slice(0, 2), { clusters: 3 }), /3 clusters of 2 points/);
});

Deno.test("jensenShannon() and smoothedKullbackLeibler() equal SciPy, and stay finite", () => {
  for (const { a, b, js, kl } of oracle.divergences) {
    near(jensenShannon(a, b), js, 1e-12);
    near(smoothedKullbackLeibler(a, b), kl, 1e-12);
    near(jensenShannon(b, a), js, 1e-12);
    ok(Number.isFinite(smoothedKullbackLeibler(b, a)));
  }
  deepEqual([jensenShannon([1], [1, 0, 0]), smoothedKullbackLeibler([2, 0], [2])], [0, 0]);
  throws(() => jensenShannon([], [1]), /counts nothing/);
  throws(() => smoothedKullbackLeibler([1], [0]), /counts nothing/);
  throws(() => jensenShannon([1, -1], [1]), /count 1 is -1/);
});

Deno.test("NgramTable numbers the n-grams of all corpora alike, none over the end of a text", () => {
  const table = new NgramTable(3);
  deepEqual(table.counts(["a b c", "a b", "A B C d"]), [2, 1]);
  deepEqual(table.counts(["b c d", "x y z"]), [0, 1, 1]);
  const rng = random("n-grams");
  const texts = Array.from(
    { length: 20 },
    () => Array.from({ length: rng.below(30) }, () => rng.below(4)).join(" "),
  );
  for (const n of [1, 2, 4]) {
    const brute = new Map<string, number>();
    for (const text of texts) {
      const found = text.split(" ").filter((word) => word !== "");
      for (let i = 0; i + n <= found.length; i++) {
        const gram = found.slice(i, i + n).join(" ");
        brute.set(gram, (brute.get(gram) ?? 0) + 1);
      }
    }
    deepEqual(new NgramTable(n).counts(texts), [...brute.values()]);
  }
});

Deno.test("selfBleu() equals sacrebleu with all other letters as references", () => {
  const [all = NaN, four = NaN, three = NaN] = oracle.selfBleu;
  near(selfBleu(oracle.texts), all, 1e-9);
  near(selfBleu(oracle.texts.slice(0, 4)), four, 1e-9);
  near(selfBleu(oracle.texts.slice(2, 5)), three, 1e-9);
  near(selfBleu([...oracle.texts, " \r\n"]), all, 1e-9);
  deepEqual([selfBleu(["no fever"]), selfBleu([])], [NaN, NaN]);
});

Deno.test("distinctN() and compressionRatio() tell a corpus that repeats itself", () => {
  equal(distinctN(["no no no", "No"], 1), 1 / 4);
  equal(distinctN(["no no no", "no"], 2), 1 / 2);
  deepEqual([distinctN(["no"], 2), compressionRatio([])], [NaN, NaN]);
  const bytes = new TextEncoder().encode(
    `${Array.from({ length: 20 }, () => oracle.texts).flat().join("\n")}\n`,
  );
  const ratio = compressionRatio(Array.from({ length: 20 }, () => oracle.texts).flat());
  ok(Math.abs(ratio / (bytes.length / oracle.gzip) - 1) < 0.05, `${ratio}`); // another deflate, another byte or two
});

const letter = (text: string, i: number, labels: readonly string[] = []): Letter => ({
  id: `${i}`,
  text,
  spans: labels.map((label) => ({ start: 0, end: 1, label })),
  meta: {},
});

Deno.test("compareCorpora() of a corpus with itself finds nothing", async () => {
  const corpus = oracle.texts.map((text, i) => letter(text, i, ["A", "B"]));
  const judge = { encoder: `${project.models}/encoder-small`, layer: 2 };
  const { letters, measures } = await compareCorpora(corpus, corpus.toReversed(), { judge });
  deepEqual(letters, { first: 8, second: 8 });
  for (const [name, { value, parts, signature }] of Object.entries(measures)) {
    ok(/\|v1$/.test(signature), signature);
    if (name === "mauve") near(value, 1, 1e-9);
    else if (name === "length-mwu" || name === "readability-mwu") near(parts?.["p"], 1, 1e-12, name);
    else if (name.endsWith("-ks")) deepEqual([value, parts?.["p"]], [0, 1]);
    else if (name === "compression-ratio") ok(Math.abs(value ?? NaN) < 0.1); // what stands near what changes
    else near(value, 0, 1e-9, name);
  }
  ok(Object.keys(measures).length >= 18);
});

Deno.test("compareCorpora() stays finite with what one corpus lacks, and says what both would need", async () => {
  const [a, b] = [[letter("fever", 0, ["PROBLEM"])], [letter("cough\r\n😀", 0)]];
  const { measures } = await compareCorpora(a, b, { embeddings: false });
  equal(measures["js-words"]?.value, 1);
  ok(
    Number.isFinite(measures["kl-words"]?.value) && Number.isFinite(measures["kl-words"]?.parts?.["reverse"]),
  );
  deepEqual([measures["js-labels"]?.value, measures["js-labels"]?.reason], [
    null,
    "no span in the second corpus",
  ]);
  equal(measures["js-2-grams"]?.reason, "no 2-gram in the first corpus");
  equal(measures["self-bleu"]?.value, null);
  const empty = await compareCorpora([letter("", 0)], b, { embeddings: false });
  equal(empty.measures["js-words"]?.reason, "no word in the first corpus");
  equal(empty.measures["readability-ks"]?.reason, "no letter with a readability in the first corpus");
  await rejects(compareCorpora([], b), /no letter in the first corpus/);
});

Deno.test("compareCorpora() takes a letter of a megabyte", async () => {
  const long = [letter("No fever, no cough. ".repeat(50_000), 0), letter("He was well.", 1)];
  const { measures } = await compareCorpora(long, long.slice(1), { embeddings: false });
  ok((measures["js-3-grams"]?.value ?? 0) > 0.9);
});
