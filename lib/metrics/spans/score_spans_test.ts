import { deepEqual, equal, ok, throws } from "node:assert/strict";
import type { Span } from "../../corpus/letter.ts";
import { offsetMap } from "../../corpus/code_points.ts";
import { random } from "../../random.ts";
import type { PrecisionRecallF1 } from "../precision_recall_f1.ts";
import meddocan from "./meddocan_oracle.json" with { type: "json" };
import nervaluate from "./nervaluate_oracle.json" with { type: "json" };
import seqeval from "./seqeval_oracle.json" with { type: "json" };
import type { SpanPair } from "./letter_source.ts";
import { letterF1, scoreSpans, scoreTags, type SpanScores } from "./score_spans.ts";
import { SPAN_SCHEMES } from "./span_schemes.ts";
import { TAG_SCHEMES } from "../../corpus/tag_scheme.ts";

const span = (written: string): Span => {
  const [label = "", start, end] = written.split(" ");
  return { label, start: Number(start), end: Number(end) };
};
const spans = (...written: readonly string[]) => written.map(span);
const pair = (gold: readonly string[], predicted: readonly string[], id = "a"): SpanPair => (
  { id, gold: gold.map(span), predicted: predicted.map(span) }
);
const near = (found: number, expected: number | undefined, what: string) =>
  ok(Math.abs(found - (expected ?? NaN)) <= 1e-12, `${what}: ${found} is not ${expected}`);
const only = (scores: readonly SpanScores[]) => {
  const [first] = scores;
  ok(first && scores.length === 1);
  return first;
};

/** Holds scores to rows of precision, recall, F1 and, if given, gold spans: by label, and `/micro` and the like. */
function expectRows(found: SpanScores, rows: object, what: string) {
  const labels = [...found.perLabel.keys()];
  deepEqual(labels, Object.keys(rows).filter((name) => !name.startsWith("/")), what);
  const expected = new Map<string, readonly number[]>(Object.entries(rows));
  const all: [string, PrecisionRecallF1][] = [
    ...found.perLabel,
    ["/micro", found.micro],
    ["/macro", found.macro],
    ["/weighted", found.weighted],
  ];
  for (const [name, { precision, recall, f1 }] of all) {
    const [p, r, f, support] = expected.get(name) ?? [];
    near(precision, p, `${what} ${name} precision`);
    near(recall, r, `${what} ${name} recall`);
    near(f1, f, `${what} ${name} F1`);
    const possible = found.perLabel.get(name)?.counts.possible;
    if (support !== undefined && possible !== undefined) equal(possible, support, what);
  }
}

Deno.test("scoreTags() equals seqeval's default and strict mode and scikit-learn on tokens", () => {
  let strictCases = 0;
  for (const { scheme, gold, predicted, lenient, strict, tokens, tokenTags } of seqeval) {
    if (!lenient || !tokens || !tokenTags) continue; // tags without label: only their reading is compared
    const sentences = gold.map((tags, i) => ({
      gold: tags.split(" "),
      predicted: predicted?.[i]?.split(" ") ?? [],
    }));
    const what = `${scheme}: ${gold} / ${predicted}`;
    // How sentences are grouped into letters changes no corpus score.
    for (
      const pairs of [[{ id: "a", sentences }], sentences.map((one, i) => ({ id: `${i}`, sentences: [one] }))]
    ) {
      expectRows(only(scoreTags(pairs, ["seqeval"])), lenient, `${what}, default`);
      expectRows(only(scoreTags(pairs, ["token"])), tokens, `${what}, tokens`);
      expectRows(only(scoreTags(pairs, ["token-tags"])), tokenTags, `${what}, tags`);
      const tags = TAG_SCHEMES.find((one) => one === scheme);
      if (strict && tags) {
        expectRows(only(scoreTags(pairs, ["seqeval-strict"], { tags })), strict, `${what}, strict`);
        strictCases++;
      }
    }
  }
  ok(strictCases > 100, `${strictCases} strict cases`);
});

/** Nervaluate's numbers: correct, incorrect, partial, missed, spurious, possible, actual, precision, recall, F1. */
function expectCounts(found: SpanScores, numbers: object, what: string) {
  for (const [label, expected] of Object.entries(numbers)) {
    const { counts: c, precision, recall, f1 } = (label === "" ? found.micro : found.perLabel.get(label)) ??
      {};
    ok(c !== undefined && precision !== undefined && recall !== undefined && f1 !== undefined, what);
    const counts = [c.correct, c.incorrect, c.partial, c.missed, c.spurious, c.possible, c.actual];
    deepEqual(counts, expected.slice(0, 7), `${what} ${label}`);
    [precision, recall, f1].forEach((value, i) => near(value, expected[7 + i], `${what} ${label}`));
  }
}

type Case = { readonly gold: readonly string[][]; readonly predicted: readonly string[][] };
const pairsOf = ({ gold, predicted }: Case) => gold.map((one, i) => pair(one, predicted[i] ?? [], `${i}`));
const expectAll = (pairs: readonly SpanPair[], numbers: Record<string, object>, what: string) => {
  for (const [strategy, expected] of Object.entries(numbers)) {
    expectCounts(only(scoreSpans(pairs, [`nervaluate-${strategy}`])), expected, `${what} ${strategy}`);
  }
};

Deno.test("scoreSpans() equals nervaluate on predictions that do not overlap and come in order", () => {
  for (const one of nervaluate.disjoint) expectAll(pairsOf(one), one.asListed, JSON.stringify(one.predicted));
});

Deno.test("scoreTags() equals nervaluate on columns of tags", () => {
  for (const { gold, predicted, asListed } of nervaluate.tagged) {
    const sentences = gold.map((tags, i) => ({
      gold: tags.split(" "),
      predicted: predicted[i]?.split(" ") ?? [],
    }));
    for (const [strategy, expected] of Object.entries(asListed)) {
      const found = only(scoreTags([{ id: "a", sentences }], [`nervaluate-${strategy}`]));
      expectCounts(found, expected, `${strategy} ${gold}`);
    }
  }
});

Deno.test("scoreSpans() equals nervaluate on overlapping spans once sorted, those that equal a gold span first", () => {
  for (const one of nervaluate.overlapping) {
    expectAll(pairsOf(one), one.inOrder, JSON.stringify(one.predicted));
  }
});

Deno.test("known divergences from nervaluate: its counts depend on the order in which spans are listed", () => {
  deepEqual(
    nervaluate.divergent.map(({ why, asListed, inOrder }) => [
      why,
      Object.entries(asListed).filter(([name, numbers]) =>
        `${numbers[""]}` !== `${new Map(Object.entries(inOrder)).get(name)?.[""]}`
      ).map(([name]) => name),
    ]),
    [
      ["a prediction that overlaps takes the gold span from one that equals it", [
        "strict",
        "exact",
        "partial",
      ]],
      [
        "a long prediction takes the first of the gold spans, which another equals",
        ["strict", "exact", "partial"],
      ],
      ["another label at the same place takes the gold span from its own label", ["strict", "type"]],
      ["predictions listed from right to left: the first takes what the second needs", [
        "strict",
        "exact",
        "partial",
        "type",
      ]],
      ["gold spans listed from right to left: the same", ["strict", "exact", "partial", "type"]],
    ],
  );
  for (const one of nervaluate.divergent) expectAll(pairsOf(one), one.inOrder, one.why);
});

Deno.test("scoreSpans() equals MEDDOCAN's script: NER, spans, merged, leak", () => {
  for (const { letters, ner, leak, spans: strict, merged } of meddocan) {
    const pairs = letters.map(({ text, gold, predicted, sentences }, i) => {
      const { toUnits } = offsetMap(text);
      const units = ({ start, end, label }: Span) => ({ start: toUnits(start), end: toUnits(end), label });
      return {
        id: `${i}`,
        text,
        sentences,
        gold: gold.map(span).map(units),
        predicted: predicted.map(span).map(units),
      };
    });
    const names = ["meddocan-ner", "meddocan-spans", "meddocan-merged"];
    const found = scoreSpans(pairs, names);
    for (const [i, expected] of [ner, strict, merged].entries()) {
      const { precision, recall, f1, counts } = found[i]?.micro ?? {};
      const what = `${names[i]} ${JSON.stringify(letters)}`;
      deepEqual([counts?.correct, counts?.spurious, counts?.missed], expected.slice(3), what);
      [precision, recall, f1].forEach((value, j) => near(value ?? NaN, expected[j], what));
    }
    near(found[0]?.leak?.rate ?? NaN, leak, "leak");
  }
});

Deno.test("merged joins neighbours with nothing between but signs, and counts each once", () => {
  const text = "Ana Ruiz, (+34) 612 in Lund";
  const [name, family, phone, town] = spans("A 0 3", "A 4 8", "B 10 19", "C 23 27");
  ok(name && family && phone && town);
  const joined = { start: 0, end: 19, label: "A" };
  const pairs = [{ id: "a", text, gold: [name, family, phone, town], predicted: [joined] }];
  const [merged, official] = scoreSpans(pairs, ["merged", "meddocan-merged"]);
  deepEqual([merged?.micro.counts.correct, merged?.micro.counts.missed], [1, 1]);
  deepEqual([official?.micro.counts.correct, official?.micro.counts.missed], [1, 1]);
  const same = scoreSpans([{ id: "a", text, gold: [name, family], predicted: [name, family] }], [
    "merged",
    "meddocan-merged",
  ]);
  deepEqual(same.map(({ micro }) => micro.counts.correct), [1, 3]); // the script counts the two and their join
  deepEqual(same.map(({ micro }) => micro.f1), [1, 1]);
});

/** Random spans over 40 characters, overlapping and repeated. */
function randomSpans(seed: string): Span[] {
  const rng = random(seed);
  return Array.from({ length: rng.below(9) }, () => {
    const start = rng.below(30);
    return { start, end: start + 1 + rng.below(9), label: ["A", "B", "C"][rng.below(3)] ?? "" };
  });
}

Deno.test("every scheme: bounds, identity, the order of spans, and precision for recall when sides change", () => {
  const text = "Ana (b. 1950) met Dr. Bo; no fever since.";
  const names = SPAN_SCHEMES.map(({ name }) => name);
  for (let seed = 0; seed < 60; seed++) {
    const [gold, predicted] = [randomSpans(`gold/${seed}`), randomSpans(`predicted/${seed}`)];
    const of = (left: Span[], right: Span[]) =>
      scoreSpans([{ id: "a", text, gold: left, predicted: right }], names);
    const found = of(gold, predicted);
    for (const { scheme, micro, macro, weighted, perLabel, leak } of found) {
      for (const score of [micro, macro, weighted, ...perLabel.values()]) {
        for (const value of [score.precision, score.recall, score.f1]) ok(value >= 0 && value <= 1, scheme);
      }
      ok((leak?.rate ?? 0) >= 0);
    }
    const rng = random(`order/${seed}`);
    const shuffled = of(rng.shuffle([...gold]), rng.shuffle([...predicted]));
    const exchanged = of(predicted, gold);
    for (const [i, { scheme, micro, perLabel }] of found.entries()) {
      deepEqual(shuffled[i]?.micro, micro, `${scheme} ${seed}`);
      deepEqual(shuffled[i]?.perLabel, perLabel, `${scheme} ${seed}`);
      // nervaluate's greedy choice and its 1% of the gold span, and the first span a token is in, have a side.
      if (/^(?:nervaluate|token)/.test(scheme)) continue;
      near(exchanged[i]?.micro.precision ?? NaN, micro.recall, `${scheme} ${seed}`);
      near(exchanged[i]?.micro.f1 ?? NaN, micro.f1, `${scheme} ${seed}`);
    }
    for (const { scheme, micro } of of(gold, gold)) {
      // A text's words may lie outside all spans.
      if (gold.length > 0 && micro.counts.possible > 0) {
        equal(micro.f1, 1, `${scheme} ${JSON.stringify(gold)}`);
      }
    }
  }
});

Deno.test("no gold, no prediction, neither: 0, not an error", () => {
  const schemes = ["seqeval", "nervaluate-type", "meddocan-spans"];
  const scored = (gold: string[], predicted: string[]) =>
    scoreSpans([pair(gold, predicted)], schemes).map((
      { micro: { f1, counts } },
    ) => [f1, counts.missed, counts.spurious]);
  deepEqual(scored([], ["A 0 1"]), schemes.map(() => [0, 0, 1]));
  deepEqual(scored(["A 0 1"], []), schemes.map(() => [0, 1, 0]));
  deepEqual(scored([], []), schemes.map(() => [0, 0, 0]));
  deepEqual(only(scoreSpans([], ["seqeval"])).micro.f1, 0);
  deepEqual(letterF1(only(scoreSpans([pair([], [])], ["seqeval"]))), [null]);
});

Deno.test("adjacent spans do not overlap, nested predictions are one match and one spurious", () => {
  const [partial] = scoreSpans([pair(["A 0 4"], ["A 4 8"])], ["nervaluate-partial"]);
  deepEqual([partial?.micro.counts.partial, partial?.micro.counts.spurious], [0, 1]);
  const [strict] = scoreSpans([pair(["A 0 8"], ["A 2 4", "A 0 8"])], ["nervaluate-strict"]);
  deepEqual([strict?.micro.counts.correct, strict?.micro.counts.spurious], [1, 1]);
});

Deno.test("token schemes label words by the first span over them, half-covered and inner words too", () => {
  const text = "Dr. O'Neil, tel. (555) 01-23."; // words: Dr . O ' Neil , tel . ( 555 ) 01 - 23 .
  const gold = spans("NAME 4 10", "PHONE 17 28");
  const predicted = spans("NAME 6 10", "PHONE 18 28");
  const [labels, tags] = scoreSpans([{ id: "a", text, gold, predicted }], ["token", "token-tags"]);
  deepEqual(labels?.micro.counts, {
    correct: 6,
    incorrect: 0,
    partial: 0,
    missed: 3, // the O, its apostrophe and the bracket
    spurious: 0,
    possible: 9,
    actual: 6,
  });
  deepEqual(tags?.micro.counts.correct, 4); // both spans begin elsewhere
  deepEqual([...tags?.perLabel.keys() ?? []], ["B-NAME", "B-PHONE", "I-NAME", "I-PHONE"]);
});

Deno.test("scoreSpans() and scoreTags() refuse what they can't score, and name it", () => {
  throws(() => scoreSpans([pair([], []), pair([], [])], ["seqeval"]), /letter id a comes twice/);
  throws(() => scoreSpans([pair(["A 3 3"], [])], ["seqeval"]), /letter a: gold span \[3, 3\) "A" is empty/);
  throws(
    () => scoreSpans([{ ...pair([], ["A 0 3"]), text: "ab" }], ["seqeval"]),
    /predicted span \[0, 3\) "A".* outside the letter/,
  );
  throws(() => scoreSpans([pair([], [])], ["token"]), /letter a comes without its text/);
  throws(() => scoreSpans([], ["seqeval", "nervaluate-ent_type"]), /Did you mean nervaluate-type\?/);
  const tagged = (gold: string[], predicted: string[]) => [{ id: "a", sentences: [{ gold, predicted }] }];
  throws(() => scoreTags(tagged(["O"], []), ["seqeval"]), /sentence 1: 1 gold tags for 0 predicted/);
  throws(() => scoreTags(tagged(["S-A"], ["O"]), ["seqeval-strict"]), /"S-A" is no tag of iob2/);
  throws(
    () => scoreTags(tagged(["B-A", "B-A"], ["O", "O"]), ["merged"]),
    /letter a comes without its tokens/,
  );
});

Deno.test("tags score as merged by their tokens", () => {
  const tokens = ["Ana", "-", "Ruiz", "and", "Bo"];
  const sentence = { tokens, gold: "B-A O B-A O B-A".split(" "), predicted: "B-A I-A I-A O O".split(" ") };
  const { counts } = only(scoreTags([{ id: "a", sentences: [sentence] }], ["merged"])).micro;
  deepEqual([counts.correct, counts.missed, counts.spurious], [1, 1, 0]);
});

Deno.test("every scheme takes a letter of a million code units, with emoji, CRLF and right-to-left text", () => {
  const line = "Ann 🙂 é (د. سلمى)\r\n";
  const gold: Span[] = [];
  const predicted: Span[] = [];
  for (let at = 0; at < 1e6; at += line.length) {
    gold.push({ start: at, end: at + 3, label: "NAME" }, { start: at + 10, end: at + 17, label: "NAME" });
    predicted.push({ start: at, end: at + 3, label: "NAME" }, { start: at + 9, end: at + 18, label: "NAME" });
  }
  const text = line.repeat(Math.ceil(1e6 / line.length));
  const found = scoreSpans([{ id: "long", text, gold, predicted }], SPAN_SCHEMES.map(({ name }) => name));
  for (const { scheme, micro } of found) ok(micro.f1 > 0 && micro.f1 <= 1, scheme);
});
