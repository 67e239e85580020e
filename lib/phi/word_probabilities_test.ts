import { deepEqual, ok } from "node:assert/strict";
import { words } from "../text/words.ts";
import { identifying, spansAt, type TagKinds, withRules } from "./word_probabilities.ts";

const kinds: TagKinds = {
  tags: ["O", "B-AGE", "I-AGE", "B-DATE", "I-DATE", "B-SEX", "I-SEX"],
  kinds: [undefined, "AGE", "AGE", "DATE", "DATE", undefined, undefined],
};
/** Rows in which the tag has a probability and O the rest. */
const rows = (...said: readonly (readonly [tag: string, p: number])[]) =>
  Float32Array.from(
    said.flatMap(([tag, p]) => kinds.tags.map((one) => one === tag ? p : one === "O" ? 1 - p : 0)),
  );
const close = (a: Iterable<number>, b: readonly number[]) =>
  [...a].every((x, i) => Math.abs(x - (b[i] ?? NaN)) < 1e-6);

Deno.test("identifying() counts tags of kinds that identify, not O and not those without a kind", () => {
  const read = { words: words("a b"), rows: rows(["B-DATE", 0.7], ["B-SEX", 0.9]) };
  ok(close(identifying(read, kinds), [0.7, 0]));
});

Deno.test("withRules() makes a word harmless only where rule and tagger are both wrong", () => {
  const text = "May 2020 x";
  const read = { words: words(text), rows: rows(["B-DATE", 0.5], ["I-DATE", 0.1], ["B-AGE", 0.2]) };
  const found = [{ start: 0, end: 8, label: "DATE", by: "date" }] as const;
  const mixed = withRules(read, found, new Map([["date", 0.9]]), kinds);
  ok(close(identifying(mixed, kinds), [1 - 0.5 * 0.1, 1 - 0.9 * 0.1, 0.2]));
  deepEqual(spansAt(text, mixed, kinds, "m").map(({ start, end, label }) => [start, end, label]), [[
    0,
    8,
    "DATE",
  ]]);
  ok(close(identifying(read, kinds), [0.5, 0.1, 0.2])); // what was read stays
  const unknown = withRules(read, [{ start: 9, end: 10, label: "URL", by: "u" }], new Map(), kinds);
  ok(close(identifying(unknown, kinds), [0.5, 0.1, 1])); // a rule without trust is certain, a kind without a tag counts
});

Deno.test("spansAt() takes just the words from the threshold on, cut as the scheme allows", () => {
  const text = "on 3 May (";
  const read = {
    words: words(text),
    rows: rows(["B-DATE", 0.1], ["B-DATE", 0.4], ["I-DATE", 0.3], ["B-DATE", 0.9]),
  };
  const at = (threshold?: number) =>
    spansAt(text, read, kinds, "m", threshold).map(({ start, end }) => text.slice(start, end));
  deepEqual(at(), []); // the likeliest reading; "(" alone is no date
  deepEqual(at(0.35), ["3"]);
  deepEqual(at(0.3), ["3 May"]);
  deepEqual(at(0.05), ["on", "3 May"]);
  deepEqual(spansAt("", { words: [], rows: new Float32Array() }, kinds, "m", 0.5), []);
});

Deno.test("spansAt() marks the number of an age that its unit or sex is grown together with", () => {
  for (const [text, age] of [["53yoM", "53"], ["F68", "68"], ["sixty", "sixty"]] as const) {
    const [span] = spansAt(text, { words: words(text), rows: rows(["B-AGE", 0.9]) }, kinds, "m");
    deepEqual(text.slice(span?.start, span?.end), age);
  }
});
