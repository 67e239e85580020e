/** Near-duplicates, neighbours, exposure and membership against their definitions. */
import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import { exposure, exposures } from "./exposure.ts";
import { membershipInference } from "./membership_inference.ts";
import { nearDuplicates } from "./near_duplicates.ts";
import { neighbourRatios, textNeighbourRatios, vectorNeighbourRatios } from "./nearest_neighbours.ts";
import { wordOverlap } from "./word_overlap.ts";

const rng = random("memorisation");
const near = (a: number | null | undefined, b: number, what = "") =>
  ok(Math.abs((a ?? NaN) - b) <= 1e-12, `${what}: ${a} is not ${b}`);

/** Letters, some of which are others with a few words changed. */
function madeUp(count: number, name: string) {
  const letters: { id: string; text: string }[] = [];
  for (let i = 0; i < count; i++) {
    const words = Array.from({ length: rng.below(30) }, () => `w${rng.below(50)}`);
    const base = rng.next() < 0.5 ? letters[rng.below(letters.length)] : undefined;
    const text = base?.text.replaceAll(/w\d+/g, (word) => rng.next() < 0.03 ? "changed" : word);
    letters.push({ id: `${name}${i}`, text: text ?? words.join(" ") });
  }
  return letters;
}

function brutePairs(a: string, b: string, size: number): number {
  const set = (text: string) => {
    const words = text.split(" ").filter((word) => word !== "");
    const runs = Array.from(
      { length: words.length - size + 1 },
      (_, i) => words.slice(i, i + size).join(" "),
    );
    return new Set(words.length === 0 ? [] : words.length < size ? [words.join(" ")] : runs);
  };
  const [x, y] = [set(a), set(b)];
  return x.size === 0 || y.size === 0 ? 0 : x.intersection(y).size / x.union(y).size;
}

Deno.test("nearDuplicates() finds what comparing every pair finds, within a corpus and between two", () => {
  for (const [words, threshold] of [[5, 0.5], [3, 0.8], [1, 0.35], [2, 1]] as const) {
    const [train, synthetic] = [madeUp(60, "t"), madeUp(30, "s")];
    synthetic.push(...train.slice(0, 4).map(({ text }, i) => ({ id: `copy${i}`, text: text.toUpperCase() })));
    const expected = (left: typeof train, right: typeof train, of: (i: number, j: number) => boolean) =>
      left.flatMap((a, i) =>
        right.flatMap((b, j) => {
          const jaccard = brutePairs(a.text, b.text.toLowerCase(), words);
          return of(i, j) && jaccard >= threshold ? [{ a: a.id, b: b.id, jaccard }] : [];
        })
      ).sort((x, y) => y.jaccard - x.jaccard || (x.a === y.a ? x.b < y.b ? -1 : 1 : x.a < y.a ? -1 : 1));
    const between = nearDuplicates(train, synthetic, { words, threshold });
    deepEqual(between.pairs, expected(train, synthetic, () => true));
    ok(between.missChance <= 1e-6);
    deepEqual(
      nearDuplicates(train, undefined, { words, threshold }).pairs,
      expected(train, train, (i, j) => i < j),
    );
  }
  throws(() => nearDuplicates([], [], { threshold: 0 }), /threshold is 0/);
  throws(
    () => nearDuplicates([], [], { threshold: 0.01 }),
    /128 hashes are too few for a threshold of 0.01. Take 13\d\d/,
  );
  throws(() => nearDuplicates([{ id: "a", text: "" }, { id: "a", text: "" }]), /letter id a comes twice/);
  throws(() => nearDuplicates([], [], { words: 0 }), /a run of 0 words/);
});

Deno.test("neighbourRatios() is the mean over all samples of the smaller side's size", () => {
  const subsets = (values: readonly number[], size: number): number[][] =>
    size === 0
      ? [[]]
      : values.flatMap((value, i) => subsets(values.slice(i + 1), size - 1).map((rest) => [value, ...rest]));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let round = 0; round < 60; round++) {
    const row = (length: number) => Array.from({ length }, () => rng.below(5) / 4);
    const [train, holdout] = [row(1 + rng.below(6)), row(1 + rng.below(6))];
    const size = Math.min(train.length, holdout.length);
    const [near1, far1] = [train, holdout].map((side) =>
      subsets(side, size).map((some) => Math.min(...some))
    );
    const closer = mean((near1 ?? []).flatMap((a) => (far1 ?? []).map((b) => a < b ? 1 : a === b ? 0.5 : 0)));
    const { letters } = neighbourRatios(
      { synthetic: 1, train: train.length, holdout: holdout.length },
      (_, side) => side === "train" ? train : holdout,
    );
    near(letters[0]?.train, mean(near1 ?? []), "train");
    near(letters[0]?.holdout, mean(far1 ?? []), "holdout");
    near(letters[0]?.closer, closer, "closer");
  }
});

Deno.test("neighbour ratios see copies of training letters, and refuse what they cannot use", () => {
  const text = (id: string, text: string) => ({ id, text });
  const train = [text("t1", "a b c d"), text("t2", "e f g h")];
  const holdout = [text("h1", "a b x y"), text("h2", "z z")];
  const copies = textNeighbourRatios([text("s1", "A B C D"), text("s2", "h g f e")], train, holdout);
  deepEqual(copies.letters.map(({ ratio, closer }) => [ratio, closer]), [[0, 1], [0, 1]]);
  deepEqual([copies.closerToTrain.mean, copies.ratio.n], [1, 2]);
  const held = textNeighbourRatios([text("s", "z")], train, holdout);
  deepEqual([held.letters[0]?.ratio, held.ratio.n, held.ratio.mean, held.letters[0]?.closer], [
    null,
    0,
    null,
    0,
  ]);
  equal(textNeighbourRatios([text("s", "q")], train, holdout).letters[0]?.closer, 0.5);
  near(vectorNeighbourRatios([[1, 1]], [[0, 2]], [[-1, 0]]).letters[0]?.train, 1 - Math.SQRT1_2);
  throws(() => textNeighbourRatios([], train, []), /holdout has 0 letters/);
  throws(() => vectorNeighbourRatios([[1, 0]], [[1]], [[0, 1]]), /a vector of 1 numbers/);
  throws(() => vectorNeighbourRatios([[NaN, 0]], [[1, 0]], [[0, 1]]), /norm NaN/);
  throws(() => neighbourRatios({ synthetic: 1, train: 1, holdout: 1 }, () => [NaN]), /letter 0 is NaN away/);
});

Deno.test("exposure() counts the canary among its candidates: first has log2 of them all, last has 0", () => {
  const others = Array.from({ length: 1023 }, (_, i) => i + 1);
  deepEqual(exposure(0, others), { exposure: 10, rank: 1, candidates: 1024, p: 1 / 1024 });
  deepEqual(exposure(2000, others), { exposure: 0, rank: 1024, candidates: 1024, p: 1 });
  deepEqual(exposure(1, [1, 1, 1]), { exposure: Math.log2(4 / 2.5), rank: 2.5, candidates: 4, p: 0.625 });
  const { mean, low, high } = exposures([0, 0, 500, 20], others);
  ok((low ?? NaN) < mean && mean < (high ?? NaN));
  deepEqual([exposures([0], others).mean, exposures([0], others).low], [10, null]);
  throws(() => exposure(1, []), /no other candidate/);
  throws(() => exposure(NaN, [1]), /the canary's loss is NaN/);
  throws(() => exposure(1, [1, NaN]), /candidate 1 is NaN/);
  throws(() => exposures([], [1]), /no canary/);
});

Deno.test("membershipInference() equals its definition over all pairs and thresholds, ties included", () => {
  for (let round = 0; round < 100; round++) {
    const losses = (shift: number) => Array.from({ length: 1 + rng.below(40) }, () => shift + rng.below(12));
    const [members, others] = [losses(0), losses(rng.below(4))];
    const fpr = [0.01, 0.1, 0.3][rng.below(3)] ?? 0.01;
    const wins = members.flatMap((a) => others.map((b) => a < b ? 1 : a === b ? 0.5 : 0));
    const auc = wins.reduce((sum: number, win) => sum + win, 0) / wins.length;
    const rate = (side: readonly number[], threshold: number) =>
      side.filter((loss) => loss <= threshold).length / side.length;
    const best = Math.max(
      ...[-1, ...members].filter((t) => rate(others, t) <= fpr + 1e-12).map((t) => rate(members, t)),
    );
    const result = membershipInference(members, others, { falsePositiveRate: fpr, resamples: 5 });
    near(result.auc.value, auc, "auc");
    near(result.truePositives.value, best, "true positives");
    if (result.threshold !== null) near(rate(members, result.threshold), best, "threshold");
  }
});

Deno.test("membershipInference()'s intervals hold the truth about as often as they say, and are the same again", () => {
  let held = 0;
  for (let round = 0; round < 100; round++) {
    const normal = (shift: number) => Array.from({ length: 60 }, () => rng.normal() + shift);
    const { auc } = membershipInference(normal(0), normal(1), { resamples: 200, seed: round });
    if (auc.low <= 0.760249938906523 && 0.760249938906523 <= auc.high) held++; // Φ(1 / √2)
  }
  ok(held >= 86, `${held} of 100`); // the 0.1% point of Binomial(100, 0.95) is 88; percentile intervals are a little short
  deepEqual(membershipInference([1, 2], [2, 3]), membershipInference([1, 2], [2, 3]));
  equal(membershipInference([1], Array.from({ length: 300 }, (_, i) => i)).falsePositivesAllowed, 3);
  throws(() => membershipInference([], [1]), /no loss of members/);
  throws(() => membershipInference([1], [1, NaN]), /loss 1 of others is NaN/);
  throws(() => membershipInference([1], [1], { falsePositiveRate: 0 }), /falsePositiveRate is 0/);
});

Deno.test("wordOverlap() is symmetric, 1 of a text with itself, and breaks ties by code unit", () => {
  const [left, right] = [madeUp(5, "l"), madeUp(5, "r")].map((letters) => letters.map(({ text }) => text));
  equal(wordOverlap(left ?? [], right ?? [], 20).shared, wordOverlap(right ?? [], left ?? [], 20).shared);
  equal(wordOverlap(left ?? [], left ?? []).share, 1);
  deepEqual(wordOverlap(["b a c"], ["A"], 1).words, ["a"]);
  deepEqual([wordOverlap(["…"], [""]).share, wordOverlap(["a"], [""]).share], [null, 0]);
  deepEqual(wordOverlap(["the pain the"], ["the fever"], 1, { ignore: new Set(["the"]) }).words, []);
  throws(() => wordOverlap([], [], 1.5), /top is 1.5/);
});
