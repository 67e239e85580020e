import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../random.ts";
import { metricNamed } from "./registry.ts";
import { spansLeft } from "./spans_left.ts";

const isWord = (character: string | undefined) => /^[\p{L}\p{N}]$/u.test(character ?? "");

/** How often a phrase stands in a text as whole words: every place tried. */
function times(phrase: string, text: string): number {
  let count = 0;
  for (let at = 0; at + phrase.length <= text.length; at++) {
    if (text.slice(at, at + phrase.length) !== phrase) continue;
    if (isWord(text[at - 1]) && isWord(phrase[0])) continue;
    if (isWord(text[at + phrase.length]) && isWord(phrase.at(-1))) continue;
    count++;
    at += phrase.length - 1;
  }
  return count;
}

Deno.test("spansLeft() is what trying every place gives", () => {
  const stream = random("spans left");
  const letters = ["a", "b", "ab", "a b", "ba", "b-a", "12"];
  const draw = (count: number) =>
    Array.from({ length: count }, () => letters[stream.below(letters.length)] ?? "");
  let between = 0;
  for (let round = 0; round < 500; round++) {
    const words = draw(1 + stream.below(8));
    const text = words.join(" ");
    let at = 0;
    const all = words.map((word) => {
      const span = { start: at, end: at + word.length, label: "" };
      at += word.length + 1;
      return span;
    });
    const spans = all.filter(() => stream.below(2) === 0);
    const candidate = draw(stream.below(10)).join([" ", "", ", "][stream.below(3)]);
    const wanted = Map.groupBy(spans, ({ start, end }) => text.slice(start, end));
    let left = 0;
    for (const [phrase, group] of wanted) left += Math.min(group.length, times(phrase, candidate));
    const share = spansLeft({ text, spans }, candidate);
    equal(share, spans.length === 0 ? undefined : left / spans.length, `${text} → ${candidate}`);
    if (share !== undefined && share > 0 && share < 1) between++;
  }
  ok(between > 100); // the rounds are not all trivial
});

const reference = "Ann Lee, 62, has asthma. Asthma of Ann LEE.";
const spans = [
  { start: 0, end: 7, label: "PATIENT" },
  { start: 9, end: 11, label: "AGE" },
  { start: 17, end: 23, label: "PROBLEM" },
  { start: 25, end: 31, label: "PROBLEM" },
  { start: 35, end: 42, label: "PATIENT" },
];

const valueOf = async (name: string, candidate: string) =>
  (await metricNamed(name).score([{ id: "a", reference, candidate, spans }], {})).values[0];

Deno.test("entities-kept and phi-left each count their own kind, whole words, each as often as it stands", async () => {
  const both = async (candidate: string) => [
    await valueOf("entities-kept", candidate),
    await valueOf("phi-left", candidate),
  ];
  deepEqual(await both(reference), [1, 1]);
  deepEqual(await both(""), [0, 0]);
  deepEqual(await both("ann\nlee has ASTHMA"), [0.5, 1 / 3]);
  deepEqual(await both("Ann Leeds, 620, asthmatic"), [0, 0]);
  deepEqual(await both("asthma, asthma, asthma; Lee Ann is 62."), [1, 1 / 3]);
});

Deno.test("spansLeft() finds all in the letter itself, spans within words as the words", () => {
  const text = "62M, 5mg aspirin, non-smoker. É\u0301tienne";
  const span = (part: string, label = "AGE") => {
    const start = text.indexOf(part);
    return { start, end: start + part.length, label };
  };
  const parts = ["62", "M", "mg", "smoker", "spirin,", "\u0301tien"].map((part) => span(part));
  equal(spansLeft({ text, spans: parts }, text), 1);
  equal(spansLeft({ text, spans: [span("62"), span("M")] }, "62 M"), 0);
  equal(spansLeft({ text: "患者は田中です", spans: [{ start: 3, end: 5, label: "" }] }, "田中様"), 1);
  equal(spansLeft({ text, spans: [span("smoker"), span("mg")] }, "A smoker took 5 mg"), 0.5);
});

Deno.test("entities-kept and phi-left say why a letter has no value, and what a pair lacks", async () => {
  const none = {
    id: "a",
    reference: "Ann ___",
    candidate: "Eve",
    spans: [{ start: 4, end: 7, label: "DATE" }],
  };
  for (
    const [name, reason] of [["entities-kept", "no entity"], ["phi-left", "no identifying data"]] as const
  ) {
    const metric = metricNamed(name);
    const { values, unscored } = await metric.score([none], {});
    deepEqual([values[0], unscored?.get(0)], [NaN, reason]);
    throws(
      () => metric.score([{ id: "a", reference, candidate: "" }], {}),
      /letter a comes without its spans/,
    );
    throws(
      () => metric.score([{ id: "a", reference: ["", ""], candidate: "", spans }], {}),
      /several references/,
    );
    const outside = [{ start: 0, end: 99, label: "AGE" }];
    throws(
      () => metric.score([{ id: "a", reference, candidate: "", spans: outside }], {}),
      /letter a: gold span/,
    );
  }
});
