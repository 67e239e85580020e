/** What of a letter's annotated spans still stands in the letter made from it. @module */

import type { Letter } from "../corpus/letter.ts";
import { phiKindOf } from "../phi/labels.ts";
import type { LetterValues, Metric, Pair } from "./metric.ts";
import { PhraseFinder, searchable } from "./privacy/phrase_finder.ts";
import { checkSpans, isBlank } from "./spans/source.ts";

/** No word goes on for longer than this. */
const LONGEST = 64;

/** A letter with its spans. */
type Annotated = Pick<Letter, "text" | "spans">;

/**
 * The share of spans whose text still stands in another text. It is looked for anywhere, as whole words and whatever the case,
 * kind of dash or line break between its words (see `PhraseFinder`). Of `k` spans with one text as many are counted as it stands there,
 * `k` at most: a drug named three times and written once is kept once. Where a span's text is common, as an age or "pain" is, it may
 * stand there for another reason, which counts too. A span that ends within a word ("62" in "62M") is looked for as the whole word,
 * since words are what is masked. Spans without a letter or digit are left out.
 *
 * @returns `undefined` where there is no span to look for
 *
 * @example
 * ```ts
 * import { spansLeft } from "./spans_left.ts";
 * import { equal } from "node:assert/strict";
 * const text = "Aspirin for angina. Stop aspirin.";
 * const spans = [[0, 7], [12, 18], [25, 32]].map(([start = 0, end = 0]) => ({ start, end, label: "" }));
 * equal(spansLeft({ text, spans }, "Angina: aspirin was stopped."), 2 / 3);
 * ```
 */
export function spansLeft({ text, spans }: Annotated, candidate: string): number | undefined {
  const wanted = new Map<string, number>();
  const places = new Set<string>();
  for (const { start, end } of spans) {
    const [from, to] = [borderBefore(text, start), borderAfter(text, end)];
    const phrase = searchable(text.slice(from, to));
    if (isBlank(phrase) || places.size === places.add(`${from} ${to}`).size) continue;
    wanted.set(phrase, (wanted.get(phrase) ?? 0) + 1);
  }
  if (wanted.size === 0) return undefined;
  const counts = new PhraseFinder([...wanted.keys()]).counts(candidate);
  let [left, all] = [0, 0];
  for (const [i, number] of [...wanted.values()].entries()) {
    left += Math.min(number, counts[i] ?? 0);
    all += number;
  }
  return left / all;
}

/** Of words that have borders: in scripts without blanks, and before Korean particles, a span's edge is where it says. */
const unbordered = String
  .raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const inWord = String.raw`[[\p{L}\p{M}\p{N}]--[${unbordered}]]+`;
const lastOfWord = new RegExp(`${inWord}$`, "v");
const firstOfWord = new RegExp(`^${inWord}`, "v");

/** Where the word begins that a place is within; the place itself between words. */
function borderBefore(text: string, at: number): number {
  if (!firstOfWord.test(text.slice(at, at + 2))) return at;
  return at - (lastOfWord.exec(text.slice(Math.max(0, at - LONGEST), at))?.[0].length ?? 0);
}

function borderAfter(text: string, at: number): number {
  if (!lastOfWord.test(text.slice(Math.max(0, at - 2), at))) return at;
  return at + (firstOfWord.exec(text.slice(at, at + LONGEST))?.[0].length ?? 0);
}

/**
 * The share of a letter's clinical entities that still stand in the synthetic letter, as {@linkcode spansLeft} counts them. What
 * identifies no one is clinical, as in masking.
 *
 * @example
 * ```ts
 * import { entitiesKeptMetric } from "./spans_left.ts";
 * import { equal } from "node:assert/strict";
 * const spans = [{ start: 0, end: 4, label: "PROBLEM" }, { start: 8, end: 11, label: "PATIENT" }];
 * const pair = { id: "1", reference: "Pain of Ann", candidate: "Pain of Eve", spans };
 * equal((await entitiesKeptMetric.score([pair], {})).values[0], 1);
 * ```
 */
export const entitiesKeptMetric: Metric = {
  name: "entities-kept",
  title: "Entities kept",
  higherIsBetter: true,
  range: [0, 1],
  signature: () => "entities-kept|text:folded|borders:words|v1",
  score: (pairs) => shares(pairs, "entities-kept", (label) => phiKindOf(label) === undefined, "no entity"),
};

/**
 * The share of a letter's identifying data that still stand in the synthetic letter, as {@linkcode spansLeft} counts them: a
 * disclosure where the letters are real. Lower is better.
 *
 * @example
 * ```ts
 * import { phiLeftMetric } from "./spans_left.ts";
 * import { equal } from "node:assert/strict";
 * const spans = [{ start: 0, end: 4, label: "PROBLEM" }, { start: 8, end: 11, label: "PATIENT" }];
 * const pair = { id: "1", reference: "Pain of Ann", candidate: "Pain of Eve", spans };
 * equal((await phiLeftMetric.score([pair], {})).values[0], 0);
 * ```
 */
export const phiLeftMetric: Metric = {
  name: "phi-left",
  title: "Identifying data left",
  higherIsBetter: false,
  range: [0, 1],
  signature: () => "phi-left|text:folded|borders:words|v1",
  score: (pairs) =>
    shares(pairs, "phi-left", (label) => phiKindOf(label) !== undefined, "no identifying data"),
};

function shares(
  pairs: readonly Pair[],
  metric: string,
  isMeant: (label: string) => boolean,
  reason: string,
): LetterValues {
  const values = new Float64Array(pairs.length).fill(NaN);
  const unscored = new Map<number, string>();
  pairs.forEach((pair, i) => {
    const { text, spans } = annotated(pair, metric);
    const share = spansLeft({ text, spans: spans.filter(({ label }) => isMeant(label)) }, pair.candidate);
    if (share === undefined) unscored.set(i, reason);
    else values[i] = share;
  });
  return { values, unscored };
}

function annotated({ id, reference, spans }: Pair, metric: string): Annotated {
  if (spans === undefined) {
    throw new Error(`${metric}: letter ${id} comes without its spans. Give "spans", or drop the metric.`);
  }
  if (typeof reference !== "string") {
    throw new Error(`${metric}: letter ${id} has several references. Give the one that the spans are of.`);
  }
  checkSpans({ id, text: reference, gold: spans, predicted: [] });
  return { text: reference, spans };
}
